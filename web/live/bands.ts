/** Thresholds as bands of the value axis. Pure. */
import type { Indicator, IndicatorView } from "../../contract/indicator.ts";
import { Level, type State } from "../../contract/level.ts";

export interface Band {
  level: Level;
  /** In the indicator's unit; ±Infinity where the band is open. */
  from: number;
  to: number;
}

export interface Limit {
  level: Level;
  value: number;
}

/**
 * Limits in the indicator's unit, worst first. A deviation (`+20 %`) needs the
 * baseline it deviates from; without one there is no limit to draw.
 */
export function limitsOf(
  thresholds: Indicator["thresholds"],
  baseline: number | null,
): Limit[] {
  const limits: Limit[] = [];
  for (const level of Level.options) {
    const threshold = thresholds[level];
    if (threshold === undefined) continue;
    if (typeof threshold === "number") limits.push({ level, value: threshold });
    else if (baseline !== null)
      limits.push({ level, value: baseline * (1 + threshold.deviation / 100) });
  }
  return limits;
}

/** L: a band reaches from its limit up to the next worse one; H: downwards; N: none. */
export function bandsOf(
  limits: readonly Limit[],
  direction: Indicator["direction"],
): Band[] {
  if (direction === "N") return [];
  const up = direction === "L";
  const sorted = [...limits].sort((a, b) =>
    up ? a.value - b.value : b.value - a.value,
  );
  return sorted.map(({ level, value }, i) => {
    const next = sorted[i + 1]?.value ?? (up ? Infinity : -Infinity);
    return up
      ? { level, from: value, to: next }
      : { level, from: next, to: value };
  });
}

/** Level that a value has by these limits, without hysteresis; null is normal. */
export function levelAt(value: number, bands: readonly Band[]): Level | null {
  let found: Level | null = null;
  for (const band of bands)
    if (value >= band.from && value <= band.to) found = band.level;
  return found;
}

/**
 * Is the value back beyond the limit of the level that it is shown with? The
 * hub lets a level fall only after the value stayed back (回差, hysteresis).
 */
export function isEasing(
  view: Pick<IndicatorView, "value" | "baseline"> | null,
  state: State,
  row: Pick<Indicator, "thresholds" | "direction"> | null,
): boolean {
  const shown = Level.options.findIndex((level) => level === state);
  if (shown < 0 || !row || !view || view.value === null) return false;
  const limits = limitsOf(row.thresholds, view.baseline);
  // Without the limit on the wire there is nothing to compare with.
  if (!limits.some(({ level }) => level === state)) return false;
  const alone = levelAt(view.value, bandsOf(limits, row.direction));
  return alone === null || Level.options.indexOf(alone) > shown;
}
