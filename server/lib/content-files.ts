/** Files named by what is in them (SHA-256, hex): the same bytes are one file. Whole and durable, or not there. */
import { createHash } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { createQueue } from "./queue.ts";

/** As many folders as two hex digits name, so that none grows too long to be listed. */
const SHARDS = Array.from({ length: 256 }, (_, i) =>
  i.toString(16).padStart(2, "0"),
);
const NAME = /^[0-9a-f]{64}$/;

export interface ContentFiles {
  readonly folder: string;
  /** Relative to the folder. */
  pathOf(name: string): string;
  /**
   * Keeps bytes; resolves when they are durable and `also` was done, during
   * which nothing is removed.
   */
  put<T>(bytes: Uint8Array, also: (name: string) => Promise<T>): Promise<T>;
  /**
   * Removes files that were written before an instant and are not known, and
   * what a crash left half written.
   * @returns how many
   */
  sweep(
    before: number,
    known: (names: string[]) => Promise<ReadonlySet<string>>,
  ): Promise<number>;
}

/** Makes the folder, for its user alone. */
export async function openContentFiles(folder: string): Promise<ContentFiles> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // A file that is taken for unknown must not become known meanwhile.
  const inTurn = createQueue();
  const pathOf = (name: string) => join(name.slice(0, 2), name);
  let writes = 0;

  return {
    folder,
    pathOf,

    async put(bytes, also) {
      const name = createHash("sha256").update(bytes).digest("hex");
      const path = join(folder, pathOf(name));
      const shard = join(folder, name.slice(0, 2));
      await mkdir(shard, { recursive: true, mode: 0o700 });
      const half = `${path}.${process.pid}-${++writes}.part`;
      try {
        await writeDurably(half, bytes);
        return await inTurn(async () => {
          // Over one that is there: its time begins anew.
          await rename(half, path);
          await syncFolder(shard);
          return also(name);
        });
      } catch (error) {
        await rm(half, { force: true });
        throw error;
      }
    },

    async sweep(before, known) {
      let removed = 0;
      for (const shard of SHARDS)
        await inTurn(async () => {
          const found = await readdir(join(folder, shard)).catch(ifThere);
          const wanted =
            found.length > 0
              ? await known(found.filter((name) => NAME.test(name)))
              : new Set();
          for (const name of found.filter((each) => !wanted.has(each))) {
            const path = join(folder, shard, name);
            const { mtimeMs } = await stat(path);
            if (mtimeMs >= before) continue;
            await rm(path, { force: true });
            removed++;
          }
        });
      return removed;
    },
  };
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function ifThere(error: NodeJS.ErrnoException): string[] {
  if (error.code === "ENOENT") return [];
  throw error;
}
