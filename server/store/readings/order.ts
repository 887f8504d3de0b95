/** Sorting of rows by series and time; what came later stays behind what came before. */
import type { ReadingRows } from "../../../contract/reading.ts";
import { RowList } from "./rows.ts";

/**
 * Rows of one group of 256 series, by series and time, in the order they came
 * where both are equal. @param picked the rows, in the order they came
 */
export function orderRows(rows: ReadingRows, picked: Int32Array): Int32Array {
  starts.fill(0);
  for (const row of picked) starts[(rows.series[row]! & 255) + 1]!++;
  for (let no = 0; no < 256; no++) starts[no + 1]! += starts[no]!;
  next.set(starts);
  const order = new Int32Array(picked.length);
  for (const row of picked) order[next[rows.series[row]! & 255]!++] = row;
  for (let no = 0; no < 256; no++)
    sortByTime(rows.at, order, starts[no]!, starts[no + 1]!);
  return order;
}

const starts = new Int32Array(257);
const next = new Int32Array(257);

/** Mostly in order already, or a few runs: both are cheap. */
function sortByTime(
  at: Float64Array,
  order: Int32Array,
  from: number,
  to: number,
): void {
  for (let i = from + 1; i < to; i++)
    if (at[order[i]!]! < at[order[i - 1]!]!) {
      const sorted = Array.from(order.subarray(from, to)).sort(
        (a, b) => at[a]! - at[b]! || a - b,
      );
      order.set(sorted, from);
      return;
    }
}

/** Every row, in the order they came. */
export function allRows(count: number): Int32Array {
  const rows = new Int32Array(count);
  for (let row = 0; row < count; row++) rows[row] = row;
  return rows;
}

/**
 * Rows of one group by (series, at); of the same instant the last one, or all
 * in the order they came.
 */
export function sortedRows(rows: ReadingRows, corrections = false): RowList {
  const order = orderRows(rows, allRows(rows.count));
  const sorted = new RowList(rows.count);
  for (let i = 0; i < order.length; i++) {
    const row = order[i]!;
    const next = order[i + 1];
    const isCorrected =
      next !== undefined &&
      rows.series[next] === rows.series[row] &&
      rows.at[next] === rows.at[row];
    if (corrections || !isCorrected)
      sorted.push(
        rows.series[row]!,
        rows.at[row]!,
        rows.value[row]!,
        rows.quality[row]!,
      );
  }
  return sorted;
}
