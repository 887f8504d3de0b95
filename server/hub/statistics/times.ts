/** How long stages took, by nearest rank (docs/statistics.md S7). Pure. */
import quickselect from "quickselect";
import { STAGES, type MeasuredStage } from "../../../contract/counted.ts";
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
  /** Place among STAGES. */
  stages: Uint8Array;
  /** ms. */
  natural: Float64Array;
  /** ms; NaN where none is known. */
  worked: Float64Array;
}

/**
 * Gives way again and again: ranking a million takes some ten ms.
 * @param by what rows are ranked together by, a number of each row
 * @param keyOf such a number
 * @param stage of which alone; null = of all
 */
export function* timesOf<R extends Rows>(
  some: readonly R[],
  by: (rows: R) => Uint8Array | Uint32Array,
  keyOf: (number: number) => string,
  stage: MeasuredStage | null = null,
): Generator<void, Times[]> {
  const only = stage === null ? null : STAGES.indexOf(stage);
  const keys = new Map<string, Lists>();
  /** Of each number, found once. */
  const known: Lists[] = [];
  const listsAt = (number: number): Lists => {
    const key = keyOf(number);
    const its = keys.get(key) ?? { natural: [], worked: [] };
    keys.set(key, its);
    return its;
  };
  for (const rows of some) {
    const numbers = by(rows);
    for (let row = 0; row < numbers.length; row++) {
      if (only !== null && rows.stages[row] !== only) continue;
      const number = numbers[row]!;
      const its = (known[number] ??= listsAt(number));
      its.natural.push(rows.natural[row]!);
      const worked = rows.worked[row]!;
      if (!Number.isNaN(worked)) its.worked.push(worked);
    }
    yield;
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
