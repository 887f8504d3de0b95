/** Folds a line into bars of equal width. Pure. */
import { Level } from "../../../contract/level.ts";
import type { Line } from "../../live/history.ts";

export type Fold = "mean" | "max" | "last";

export interface Bars {
  /** The middle of each bar, epoch ms. */
  at: number[];
  /** Null where nothing was heard. */
  value: (number | null)[];
  /** Worst level of the bar's time, as it was judged then. */
  level: (Level | null)[];
}

/** `count` bars of `width` ms; the last one holds `to`. */
export function barsOf(
  line: Line,
  to: number,
  count: number,
  width: number,
  fold: Fold,
): Bars {
  const end = (Math.floor(to / width) + 1) * width;
  const start = end - count * width;
  const bins: number[][] = Array.from({ length: count }, () => []);
  const worst = new Array<number>(count).fill(Infinity);
  for (const [i, at] of line.at.entries()) {
    const value = line.value[i];
    const n = Math.floor((at - start) / width);
    if (value === null || value === undefined || !bins[n]) continue;
    bins[n].push(value);
    const rank = Level.options.indexOf(line.state[i] as Level);
    if (rank >= 0) worst[n] = Math.min(worst[n]!, rank);
  }
  return {
    at: bins.map((_, i) => start + (i + 0.5) * width),
    value: bins.map((bin) => {
      if (bin.length === 0) return null;
      if (fold === "last") return bin.at(-1)!;
      if (fold === "max") return Math.max(...bin);
      return bin.reduce((a, b) => a + b, 0) / bin.length;
    }),
    level: worst.map((rank) => Level.options[rank] ?? null),
  };
}
