/** How long stages took, by nearest rank (docs/statistics.md S7). Pure. */
import quickselect from "quickselect";
import type { Percentiles } from "../../../contract/statistics.ts";

export interface Times {
  key: string;
  n: number;
  natural: Percentiles;
  /** Null where no working time is known of any. */
  worked: Percentiles | null;
}

/** Columns: a place of each for every row. */
interface Rows {
  /** What rows are ranked together by: a place among the keys. */
  by: Uint8Array | Uint32Array;
  /** ms. */
  natural: Float64Array;
  /** ms; NaN where none is known. */
  worked: Float64Array;
}

/** Rows looked at before others get their turn. */
const AT_ONCE = 100_000;

/** Gives way again and again: ranking a million takes some ten ms. @param keyOf of a place; null = not asked for */
export function* timesOf(
  { by, natural, worked }: Rows,
  keyOf: (place: number) => string | null,
): Generator<void, Times[]> {
  const keys = new Map<string, Lists>();
  /** Of each place, found once. */
  const lists: (Lists | null | undefined)[] = [];
  const listsAt = (place: number): Lists | null => {
    const key = keyOf(place);
    if (key === null) return null;
    const known = keys.get(key) ?? { natural: [], worked: [] };
    keys.set(key, known);
    return known;
  };
  for (let row = 0; row < by.length; row++) {
    const place = by[row]!;
    const its =
      lists[place] === undefined
        ? (lists[place] = listsAt(place))
        : lists[place];
    if (its) {
      its.natural.push(natural[row]!);
      if (!Number.isNaN(worked[row]!)) its.worked.push(worked[row]!);
    }
    if (row % AT_ONCE === 0) yield;
  }
  const times: Times[] = [];
  for (const [key, its] of keys) {
    const n = its.natural.length;
    const all = ranked(its.natural)!;
    yield;
    times.push({ key, n, natural: all, worked: ranked(its.worked) });
    yield;
  }
  return times;
}

interface Lists {
  natural: number[];
  worked: number[];
}

/** The first of which so many per cent are no greater; null of none. Moves the list's places. */
function ranked(list: number[]): Percentiles | null {
  const n = list.length;
  if (n === 0) return null;
  const place = (p: number) => Math.ceil((n * p) / 100) - 1;
  const [half, most] = [place(50), place(90)];
  quickselect(list, half);
  // What comes behind it is no less.
  quickselect(list, most, Math.min(half + 1, most));
  return { p50: list[half]!, p90: list[most]! };
}
