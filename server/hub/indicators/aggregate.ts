/**
 * Aggregates that fit into four doubles per accumulator and pane, such that
 * panes can be added up: n, then what the aggregate needs. Sums are kept as
 * two doubles (the second holds what the first had to round away), so that
 * they do not depend on the order of arrival.
 *
 * Hot path: no allocation.
 */
import type { Aggregate } from "../../../contract/indicator.ts";

export const CELLS = 4;
const N = 0;
/** Sum, extreme, last value or number of hits. */
const A = 1;
/** What A's sum rounded away, or the time of the last value. */
const B = 2;
/** Sum of weights, or the series of the last value. */
const C = 3;

/** Is the result of nothing a number? */
export const countsNothing = (aggregate: Aggregate): boolean =>
  aggregate === "count" || aggregate === "sum" || aggregate === "distinct";

/** dB. Air carries no sound above 194: a broken meter must not drown a city's. */
const LOUDEST = 300;

/** Takes a value in. `hit`: did the condition of a ratio hold? */
export function add(
  aggregate: Aggregate,
  cells: Float64Array,
  i: number,
  series: number,
  at: number,
  value: number,
  weight: number,
  hit: boolean,
): void {
  if (aggregate === "energyMean" && value > LOUDEST) return;
  const first = cells[i + N]!++ === 0;
  switch (aggregate) {
    case "mean":
    case "sum":
    case "yoy":
      return addTo(cells, i, value);
    case "energyMean":
      return addTo(cells, i, 10 ** (value / 10));
    case "weightedMean":
      cells[i + C]! += weight;
      return addTo(cells, i, value * weight);
    case "ratio":
      if (hit) cells[i + A]!++;
      return;
    case "min":
      if (first || value < cells[i + A]!) cells[i + A] = value;
      return;
    case "max":
      if (first || value > cells[i + A]!) cells[i + A] = value;
      return;
    case "last":
      if (
        first ||
        at > cells[i + B]! ||
        (at === cells[i + B]! && series >= cells[i + C]!)
      ) {
        cells[i + A] = value;
        cells[i + B] = at;
        cells[i + C] = series;
      }
      return;
    case "count":
    case "distinct":
    case "rate":
    case "percentile":
      return;
  }
}

/** Adds the accumulator at `i` of `cells` to the one at `j` of `into`. */
export function merge(
  aggregate: Aggregate,
  into: Float64Array,
  j: number,
  cells: Float64Array,
  i: number,
): void {
  const n = cells[i + N]!;
  if (n === 0) return;
  const first = into[j + N] === 0;
  into[j + N]! += n;
  const a = cells[i + A]!;
  switch (aggregate) {
    case "mean":
    case "sum":
    case "yoy":
    case "energyMean":
    case "weightedMean":
      addTo(into, j, a);
      into[j + B]! += cells[i + B]!;
      into[j + C]! += cells[i + C]!;
      return;
    case "ratio":
      into[j + A]! += a;
      return;
    case "min":
      if (first || a < into[j + A]!) into[j + A] = a;
      return;
    case "max":
      if (first || a > into[j + A]!) into[j + A] = a;
      return;
    case "last":
      if (
        first ||
        cells[i + B]! > into[j + B]! ||
        (cells[i + B]! === into[j + B]! && cells[i + C]! > into[j + C]!)
      ) {
        into[j + A] = a;
        into[j + B] = cells[i + B]!;
        into[j + C] = cells[i + C]!;
      }
      return;
    case "count":
    case "distinct":
    case "rate":
    case "percentile":
      return;
  }
}

/** The aggregate's value; NaN where nothing was taken in and nothing is no answer. */
export function resultOf(
  aggregate: Aggregate,
  cells: Float64Array,
  i: number,
): number {
  const n = cells[i + N]!;
  const sum = cells[i + A]! + cells[i + B]!;
  switch (aggregate) {
    case "count":
      return n;
    case "sum":
      return sum;
    case "mean":
    case "yoy":
      return n === 0 ? NaN : sum / n;
    case "energyMean":
      return n === 0 ? NaN : 10 * Math.log10(sum / n);
    case "weightedMean":
      return cells[i + C]! > 0 ? sum / cells[i + C]! : NaN;
    case "ratio":
      return n === 0 ? NaN : (100 * cells[i + A]!) / n;
    case "min":
    case "max":
    case "last":
      return n === 0 ? NaN : cells[i + A]!;
    case "distinct":
    case "rate":
    case "percentile":
      return NaN; // bags.ts knows
  }
}

/** Knuth's two-sum: A + B is the sum to twice the digits of a double. */
function addTo(cells: Float64Array, i: number, x: number): void {
  const sum = cells[i + A]!;
  const total = sum + x;
  const part = total - sum;
  cells[i + A] = total;
  cells[i + B]! += sum - (total - part) + (x - part);
}
