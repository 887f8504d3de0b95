/** Files that hold data or secrets are their user's alone. */
import { chmod, lstat, mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";

const OTHERS = 0o077;
const STICKY = 0o1000;

/** From here on, what this process and its children make can be read by its user only. */
export function makePrivately(): void {
  process.umask(OTHERS);
}

/**
 * Makes the folder, or closes one that is there, and what lies in it, to
 * everybody else. Nobody reaches further down through a closed folder.
 * @returns what is still open, because it belongs to somebody else
 * @throws Error with a sentence where the folder is everybody's, like /tmp
 */
export async function keepPrivate(folder: string): Promise<string[]> {
  makePrivately();
  await mkdir(folder, { recursive: true });
  const { mode } = await stat(folder);
  if (mode & STICKY)
    throw new Error(
      `${folder} is shared by everybody on this machine: name a folder of its own`,
    );
  const names = await readdir(folder);
  const open = [
    await leftOpen(folder, mode),
    ...(await Promise.all(
      names.map(async (name) => {
        const path = join(folder, name);
        const found = await lstat(path).catch(() => null);
        // A link has no rights of its own, and what it leads to is not ours.
        if (!found || found.isSymbolicLink()) return null;
        return leftOpen(path, found.mode);
      }),
    )),
  ];
  return open.filter((path) => path !== null);
}

/** Closes it. @returns its path where it stays open */
async function leftOpen(path: string, mode: number): Promise<string | null> {
  if ((mode & OTHERS) === 0) return null;
  return chmod(path, mode & 0o700).then(
    () => null,
    (error: NodeJS.ErrnoException) => (error.code === "ENOENT" ? null : path),
  );
}
