/** Questions about rows, wherever they lie: in memory or in chunks. */
import type { KnownReadings } from "../store.ts";
import { decodeChunk, GROUP_SIZE, groupOf } from "./chunk.ts";
import { wantedOf, type Chunks } from "./chunks.ts";
import type { Levels } from "./levels.ts";
import type { Log } from "./log.ts";
import { sortedRows } from "./order.ts";
import { RowList } from "./rows.ts";
import { Stretch } from "./tail.ts";

/** Known readings whose buffers can be handed to another thread. */
export interface Known extends KnownReadings {
  value: Float64Array<ArrayBuffer>;
  quality: Uint8Array<ArrayBuffer>;
}

/** (group, hour) places asked for in one query. */
const PLACES = 32;

/** The last reading kept at each (series, at). */
export async function existing(
  log: Log,
  chunks: Chunks,
  levels: Levels,
  series: Int32Array,
  at: Float64Array,
): Promise<Known> {
  const known: Known = {
    value: new Float64Array(series.length).fill(NaN),
    quality: new Uint8Array(series.length),
  };
  /** Indexes that memory does not answer, by place. */
  const open = new Map<number, number[]>();
  for (let i = 0; i < series.length; i++) {
    if (log.find(series[i]!, at[i]!, known, i)) continue;
    const key = groupOf(series[i]!) * 0x400000 + levels.hourOf(at[i]!);
    const same = open.get(key);
    if (same) same.push(i);
    else open.set(key, [i]);
  }
  const places = [...open].map(([key, indexes]) => ({
    group: Math.floor(key / 0x400000),
    hour: key % 0x400000,
    indexes,
  }));
  for (let from = 0; from < places.length; from += PLACES) {
    const some = places.slice(from, from + PLACES);
    const found = await chunks.at(some);
    for (const { group, hour, indexes } of some) {
      const wanted = wantedOf(indexes.map((i) => series[i]!));
      const rows = new RowList();
      for (const chunk of found)
        if (chunk.grp === group && chunk.hour === hour)
          decodeChunk(
            chunk.data,
            group,
            levels.startOfHour(hour),
            wanted,
            rows,
          );
      const stretch = new Stretch(0);
      stretch.add(0, rows, 0);
      for (const i of indexes) {
        const row = stretch.find(series[i]!, at[i]!);
        if (row < 0) continue;
        known.value[i] = rows.value[row]!;
        known.quality[i] = rows.quality[row]!;
      }
    }
  }
  return known;
}

/** Rows of some series in [from, to) by (series, at). */
export async function range(
  log: Log,
  chunks: Chunks,
  levels: Levels,
  series: Int32Array,
  from: number,
  to: number,
  corrections: boolean,
): Promise<RowList> {
  const found = new RowList();
  if (!(from < to)) return found;
  const groups = new Map<number, { wanted: Uint8Array; unfolded: number[] }>();
  for (const each of series) {
    const known = groups.get(groupOf(each));
    if (known) known.wanted[each & (GROUP_SIZE - 1)] = 1;
    else groups.set(groupOf(each), { wanted: wantedOf([each]), unfolded: [] });
  }
  const unfolded = log.unfoldedRows(new Set(series), from, to);
  for (let i = 0; i < unfolded.count; i++)
    groups.get(groupOf(unfolded.series[i]!))!.unfolded.push(i);
  const [first, last] = [levels.hourOf(from), levels.hourOf(to - 1)];
  for (const group of [...groups.keys()].sort((a, b) => a - b)) {
    const asked = groups.get(group)!;
    const rows = await chunks.rows(group, asked.wanted, first, last);
    for (const i of asked.unfolded)
      rows.push(
        unfolded.series[i]!,
        unfolded.at[i]!,
        unfolded.value[i]!,
        unfolded.quality[i]!,
      );
    const sorted = sortedRows(rows, corrections);
    for (let i = 0; i < sorted.count; i++)
      if (sorted.at[i]! >= from && sorted.at[i]! < to)
        found.push(
          sorted.series[i]!,
          sorted.at[i]!,
          sorted.value[i]!,
          sorted.quality[i]!,
        );
  }
  return found;
}
