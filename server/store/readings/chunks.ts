/** The chunks that a log was folded into, as the store keeps them. */
import type { Db } from "../db.ts";
import { decodeChunk, GROUP_SIZE } from "./chunk.ts";
import type { LogState } from "./log.ts";
import { RowList } from "./rows.ts";

/** Chunks read at a time: some 150 KB each at most. */
const PAGE = 64;

export interface StoredChunk {
  hour: number;
  seq: number;
  count: number;
  data: Uint8Array;
}

export interface Chunks {
  /** Chunks of a group in hours `from` … `to`, by hour and age. */
  each(
    group: number,
    from: number,
    to: number,
    take: (chunk: StoredChunk) => void,
  ): Promise<void>;
  /** Rows of some series of a group in those hours, hour by hour, as they came. */
  rows(
    group: number,
    wanted: Uint8Array | null,
    from: number,
    to: number,
  ): Promise<RowList>;
  /** Chunks of several (group, hour) at once. */
  at(
    places: { group: number; hour: number }[],
  ): Promise<(StoredChunk & { grp: number })[]>;
}

export function createChunks(
  db: Db,
  name: string,
  state: LogState,
  startOfHour: (hour: number) => number,
): Chunks {
  // A fold under way is seen only when it is complete.
  const table = `${name}_chunk`;

  async function each(
    group: number,
    from: number,
    to: number,
    take: (chunk: StoredChunk) => void,
  ): Promise<void> {
    let [hour, seq] = [from, -1];
    for (;;) {
      const page = await db.all<StoredChunk>(
        `SELECT hour, seq, count, data FROM ${table} WHERE grp = ?
        AND (hour, seq) > (?, ?) AND hour <= ? AND seq <= ?
        ORDER BY hour, seq LIMIT ${PAGE}`,
        [group, hour, seq, to, state.folded],
      );
      page.forEach(take);
      if (page.length < PAGE) return;
      ({ hour, seq } = page.at(-1)!);
    }
  }

  return {
    each,
    async rows(group, wanted, from, to) {
      const rows = new RowList();
      await each(group, from, to, ({ hour, data }) =>
        decodeChunk(data, group, startOfHour(hour), wanted, rows),
      );
      return rows;
    },
    at: (places) =>
      db.all(
        `SELECT grp, hour, seq, count, data FROM ${table}
        WHERE (grp, hour) IN (VALUES ${places
          .map(() => "(CAST(? AS BIGINT), CAST(? AS BIGINT))")
          .join(", ")}) AND seq <= ? ORDER BY grp, hour, seq`,
        [...places.flatMap(({ group, hour }) => [group, hour]), state.folded],
      ),
  };
}

/** Marks numbers of a group for `decodeChunk`. */
export function wantedOf(series: Iterable<number>): Uint8Array {
  const wanted = new Uint8Array(GROUP_SIZE);
  for (const each of series) wanted[each & (GROUP_SIZE - 1)] = 1;
  return wanted;
}
