import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { oneLane, type Recording, type Row } from "./recording.ts";

/**
 * CAP 1.1 and 1.2 files of two public test sets, sent byte by byte as they
 * are: valid ones, broken ones, one in Latin-1 and one attack by XML entities.
 * Nothing here parses them; only the `sent` time is looked for.
 */

const LONGEST_WAIT = 8_000;

export function cap(from: string): Recording[] {
  const feed = (id: string, folder: string): Recording => ({
    ...oneLane,
    feed: id,
    mediaType: "application/cap+xml",
    perRequest: 1,
    longestWait: LONGEST_WAIT,
    rows: (limit) => files(join(from, folder), limit),
  });
  return [
    feed("cap-google", "cap-google"),
    feed("cap-oasis", "cap-oasis-appendix"),
  ];
}

async function* files(folder: string, limit: number): AsyncGenerator<Row> {
  const rows: Row[] = [];
  for (const name of (await readdir(folder)).sort().slice(0, limit)) {
    const bytes = await readFile(join(folder, name));
    const sent = /<(?:\w+:)?sent>([^<]*)</.exec(bytes.toString("latin1"))?.[1];
    const at = Date.parse(sent ?? "");
    rows.push({ at: Number.isNaN(at) ? null : at, items: [bytes] });
  }
  yield* rows.sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
}
