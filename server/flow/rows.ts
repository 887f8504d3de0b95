/** Reading rows as they are filled: made large enough once, then cut to what was put in. */
import type { ReadingRows } from "../../contract/reading.ts";

export function emptyRows(count: number): ReadingRows {
  return {
    count: 0,
    series: new Int32Array(count),
    at: new Float64Array(count),
    value: new Float64Array(count),
    quality: new Uint8Array(count),
  };
}

export function push(
  rows: ReadingRows,
  series: number,
  at: number,
  value: number,
  quality: number,
): void {
  const i = rows.count++;
  rows.series[i] = series;
  rows.at[i] = at;
  rows.value[i] = value;
  rows.quality[i] = quality;
}

/** The same rows in arrays of their own length: they travel whole. */
export function trimmed(rows: ReadingRows): ReadingRows {
  const { count } = rows;
  if (count === rows.series.length) return rows;
  return {
    count,
    series: rows.series.slice(0, count),
    at: rows.at.slice(0, count),
    value: rows.value.slice(0, count),
    quality: rows.quality.slice(0, count),
  };
}
