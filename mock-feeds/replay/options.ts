/** What `npm run replay` is asked for, checked before anything is sent. */
import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { numberIn, oneOf, readKeys, urlOf } from "../options.ts";
import {
  FOLDERS,
  SOURCE_IDS,
  type ReplayOptions,
  type SourceId,
} from "./run.ts";

export const REPLAY_USAGE = `npm run replay -- --from DIR [--speed max|3600] [--only ${SOURCE_IDS.join(",")}] [--limit ROWS]
                  [--hub http://127.0.0.1:8080] [--keys FILE] [--fresh]`;

/**
 * @returns null where `--check` asked only whether the arguments will do: a
 * launcher asks so before it starts a hub and makes the keys
 * @throws Error with one sentence, where an argument is missing, unknown or has a bad value
 */
export async function readReplayOptions(
  args: string[],
): Promise<ReplayOptions | null> {
  const { values } = parseArgs({
    args,
    options: {
      from: { type: "string" },
      speed: { type: "string", default: "max" },
      only: { type: "string" },
      limit: { type: "string" },
      hub: { type: "string", default: "http://127.0.0.1:8080" },
      keys: { type: "string" },
      check: { type: "boolean", default: false },
    },
  });
  if (values.from === undefined)
    throw new Error("--from names the folder of recorded data; it is missing");
  const only = values.only?.split(",").map((word) => word.trim());
  for (const word of only ?? []) oneOf("--only", word, SOURCE_IDS);
  const sources = (only as SourceId[] | undefined) ?? SOURCE_IDS;
  const from = resolve(values.from);
  const told = {
    from,
    hub: urlOf("--hub", values.hub, ["http:", "https:"]),
    speed: speedOf(values.speed),
    only: sources,
    ...(values.limit !== undefined && {
      limit: numberIn("--limit", values.limit, 1, 1e9),
    }),
  };
  await checkFolders(values.from, sources);
  if (values.check) return null;
  if (values.keys === undefined)
    throw new Error("--keys names the file of feed keys; it is missing");
  return { ...told, keys: await readKeys(values.keys) };
}

function speedOf(text: string): number | "max" {
  if (text === "max") return text;
  try {
    return numberIn("--speed", text, 0.01, 1e6);
  } catch {
    throw new Error(
      `--speed ${text} is neither max nor a number from 0.01 to 1000000`,
    );
  }
}

/** A long recording that ends in the middle for want of a folder helps nobody. */
async function checkFolders(
  from: string,
  sources: readonly SourceId[],
): Promise<void> {
  if (!(await isFolder(from)))
    throw new Error(`--from ${from} is not a folder that can be read`);
  for (const source of sources)
    for (const folder of FOLDERS[source])
      if (!(await isFolder(join(from, folder))))
        throw new Error(
          `--from ${from} has no folder ${folder}; leave ${source} out with --only`,
        );
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
