/** How long stages took, by nearest rank (docs/statistics.md S7). Pure. */
import type { MeasuredStage } from "../../../contract/counted.ts";
import type { Percentiles } from "../../../contract/statistics.ts";

interface Done {
  stage: MeasuredStage;
  /** ms, in no order. */
  natural: Float64Array;
  worked: Float64Array;
}

export interface Times {
  key: string;
  n: number;
  natural: Percentiles;
  /** Null where no working time is known of any. */
  worked: Percentiles | null;
}

/** Gives way after each key: ranking a hundred thousand takes ten ms. @param keyOf what is ranked together */
export function* timesOf<C extends Done>(
  cells: readonly C[],
  keyOf: (cell: C) => string,
): Generator<void, Times[]> {
  const together = new Map<string, C[]>();
  for (const cell of cells) {
    const key = keyOf(cell);
    const its = together.get(key);
    if (its) its.push(cell);
    else together.set(key, [cell]);
  }
  const times: Times[] = [];
  for (const [key, its] of together) {
    const natural = ranked(its.map((cell) => cell.natural))!;
    yield;
    const worked = ranked(its.map((cell) => cell.worked));
    yield;
    const n = its.reduce((sum, cell) => sum + cell.natural.length, 0);
    times.push({ key, n, natural, worked });
  }
  return times;
}

/** The first of which so many per cent are no greater; null of none. */
function ranked(lists: readonly Float64Array[]): Percentiles | null {
  const n = lists.reduce((sum, { length }) => sum + length, 0);
  if (n === 0) return null;
  const all = new Float64Array(n);
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  all.sort();
  const rank = (p: number) => all[Math.ceil((n * p) / 100) - 1]!;
  return { p50: rank(50), p90: rank(90) };
}
