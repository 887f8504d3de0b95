import { chmod, mkdir, readdir, rm, rmdir, stat } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

/**
 * How a story is told to departments that are already running. Each running
 * process listens on a local socket in a folder that only its owner may enter,
 * one folder per hub; `npm run mock -- --story storm` writes one line to each:
 * `{"story":"storm","at":<epoch ms>}`. No network port, so nothing on a web
 * page or another machine can reach it.
 */
export interface StoryLine {
  story: "storm";
  /** Real time at which it begins, epoch ms. */
  at: number;
}

/** The folder of the departments that run against this hub. */
export function controlFolder(hub: string): string {
  const { hostname, port, protocol } = new URL(hub);
  const where = `${hostname}-${port || (protocol === "https:" ? "443" : "80")}`;
  return join(tmpdir(), `chengshu-mock-${where.replace(/[^\w.-]/g, "_")}`);
}

/**
 * Makes a folder that only its owner may enter.
 * @throws where it is there and someone else's
 */
export async function ownFolder(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { uid } = await stat(folder);
  if (process.getuid && uid !== process.getuid())
    throw new Error(`${folder} belongs to someone else; remove it`);
  await chmod(folder, 0o700);
  return folder;
}

/** Listens for stories until closed. */
export async function openControl(
  folder: string,
  onStory: (line: StoryLine) => void,
): Promise<{ close(): Promise<void> }> {
  await ownFolder(folder);
  const path = join(folder, `${process.pid}.sock`);
  await rm(path, { force: true });

  const server: Server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    text(socket)
      .then((line) => {
        onStory(readLine(line));
        socket.end();
      })
      .catch(() => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, resolve);
  });
  return {
    async close() {
      await new Promise((resolve) => server.close(resolve));
      await rm(path, { force: true });
      // Others that run against the same hub may still need it.
      await rmdir(folder).catch(() => undefined);
    },
  };
}

/** Tells the story to every process that listens. @returns how many heard it */
export async function tellStory(
  folder: string,
  line: StoryLine,
): Promise<number> {
  let heard = 0;
  for (const name of await readdir(folder).catch(() => [] as string[])) {
    const path = join(folder, name);
    if (await tell(path, JSON.stringify(line))) heard++;
    // Left behind by a process that was killed.
    else await rm(path, { force: true });
  }
  return heard;
}

function tell(path: string, line: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => socket.end(line));
    socket.on("error", () => resolve(false));
    socket.on("close", () => resolve(true));
    socket.resume();
  });
}

function readLine(line: string): StoryLine {
  const { story, at } = JSON.parse(line) as Partial<StoryLine>;
  if (story !== "storm" || typeof at !== "number" || !Number.isFinite(at))
    throw new Error("no such story");
  return { story, at };
}
