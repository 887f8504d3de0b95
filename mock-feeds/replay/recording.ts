import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { parse } from "csv-parse";

/** One row of a recorded file, or one file where a file is one message. */
export interface Row {
  /** The row's own time, epoch ms; null where it has none. */
  at: number | null;
  /** What it becomes in the feed's format. */
  items: unknown[];
}

/** What one feed sends: recorded rows in the order of their time. */
export interface Recording {
  feed: string;
  /** Catalogues go before what refers to them. */
  catalogue: boolean;
  mediaType: "application/json" | "application/cap+xml";
  /** Items in one request. */
  perRequest: number;
  /** Requests in flight at a time at `--speed max`. */
  lanes: number;
  /** Items of one key stay in order: which lane does this one take? */
  laneOf(item: unknown): number;
  /**
   * Longest wait between two rows at a paced speed, real ms; alerts years
   * apart would never end.
   */
  longestWait: number;
  rows(limit: number): AsyncIterable<Row>;
}

/** A JSON feed with one request in flight; change what differs. */
export const oneLane = {
  catalogue: false,
  mediaType: "application/json",
  perRequest: 1000,
  lanes: 1,
  laneOf: () => 0,
  longestWait: Infinity,
} as const;

/** Cells of a (gzipped) CSV file by column name, at most `limit` rows. */
export async function* readCsv(
  file: string,
  limit: number,
): AsyncGenerator<Record<string, string>> {
  const raw = createReadStream(file);
  const rows = parse({ columns: true, bom: true });
  const text = file.endsWith(".gz") ? raw.pipe(createGunzip()) : raw;
  text.on("error", (error: Error) => rows.destroy(error));
  raw.on("error", (error) => rows.destroy(error));
  text.pipe(rows);
  let count = 0;
  try {
    if (limit <= 0) return;
    for await (const row of rows) {
      yield row as Record<string, string>;
      if (++count >= limit) return;
    }
  } finally {
    raw.destroy();
  }
}

/** Several files at once, in the order of their rows' times. */
export async function* mergeByTime(
  files: readonly AsyncIterable<Row>[],
): AsyncGenerator<Row> {
  const heads: { row: Row; rest: AsyncIterator<Row> }[] = [];
  for (const file of files) {
    const rest = file[Symbol.asyncIterator]();
    const first = await rest.next();
    if (!first.done) heads.push({ row: first.value, rest });
  }
  const time = (row: Row) => row.at ?? -Infinity;
  try {
    while (heads.length > 0) {
      let least = 0;
      for (let i = 1; i < heads.length; i++)
        if (time(heads[i]!.row) < time(heads[least]!.row)) least = i;
      const head = heads[least]!;
      yield head.row;
      const next = await head.rest.next();
      if (next.done) heads.splice(least, 1);
      else head.row = next.value;
    }
  } finally {
    for (const head of heads) await head.rest.return?.();
  }
}

/** A lane for every key in turn, so that each key keeps to one lane. */
export function lanesByKey<T>(
  lanes: number,
  keyOf: (item: T) => string,
): (item: unknown) => number {
  const laneOf = new Map<string, number>();
  return (item) => {
    const key = keyOf(item as T);
    let lane = laneOf.get(key);
    if (lane === undefined) {
      lane = laneOf.size % lanes;
      laneOf.set(key, lane);
    }
    return lane;
  };
}

/** The cell of a row that must have it. */
export function cell(row: Record<string, string>, column: string): string {
  const value = row[column];
  if (value === undefined)
    throw new Error(`column ${column} is missing from the file`);
  return value;
}
