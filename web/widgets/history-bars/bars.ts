/** Folds a line into bars of equal width. Pure. */
import type { Line } from "../../live/history.ts";

export type Fold = "mean" | "max" | "last";

/** Bars of `width` ms that end with the one holding `to`; `at` is a bar's middle, silent bars are null. */
export function barsOf(
  line: Line,
  to: number,
  count: number,
  width: number,
  fold: Fold,
): Line {
  const end = (Math.floor(to / width) + 1) * width;
  const start = end - count * width;
  const bins: number[][] = Array.from({ length: count }, () => []);
  for (const [i, at] of line.at.entries()) {
    const value = line.value[i];
    if (value === null || value === undefined) continue;
    bins[Math.floor((at - start) / width)]?.push(value);
  }
  return {
    at: bins.map((_, i) => start + (i + 0.5) * width),
    value: bins.map((bin) => {
      if (bin.length === 0) return null;
      if (fold === "last") return bin.at(-1)!;
      if (fold === "max") return Math.max(...bin);
      return bin.reduce((a, b) => a + b, 0) / bin.length;
    }),
  };
}
