/**
 * Levels with hysteresis (domain.md §8): a level rises at once and falls only
 * after the value was back beyond its limit by a margin for two periods.
 */
import type { Direction, Indicator } from "../../../contract/indicator.ts";
import { Level, State } from "../../../contract/level.ts";

/** Index into `State.options`; levels come first, worst first. */
export type StateIndex = number;
export const NORMAL = State.options.indexOf("normal");
export const NONE = State.options.indexOf("none");
export const STALE = State.options.indexOf("stale");
export const LEVELS = Level.options.length;

/** An indicator's limits as numbers, per level, NaN where there is none. */
export interface Limits {
  direction: Direction;
  limit: readonly number[];
  /** Distance beyond a limit before its level falls. */
  margin: number;
}

/**
 * `baseline` is what deviations are measured from.
 * @returns null where the indicator cannot be judged: no limits, or a
 * deviation without a positive baseline.
 */
export function limitsOf(
  indicator: Pick<Indicator, "direction" | "thresholds" | "hysteresis">,
  baseline: number | null,
): Limits | null {
  if (indicator.direction === "N") return null;
  const limit: number[] = [];
  for (const level of Level.options) {
    const threshold = indicator.thresholds[level];
    if (threshold === undefined) limit.push(NaN);
    else if (typeof threshold === "number") limit.push(threshold);
    else if (baseline === null || baseline <= 0) return null;
    else limit.push(baseline * (1 + threshold.deviation / 100));
  }
  const given = limit.filter((number) => !Number.isNaN(number));
  if (given.length === 0) return null;
  const spread =
    given.length > 1
      ? Math.abs(given[0]! - given.at(-1)!)
      : Math.abs(given[0]!);
  return {
    direction: indicator.direction,
    limit,
    margin: indicator.hysteresis ?? 0.02 * spread,
  };
}

/** Does the value trigger the limit? H: at or below it; L: at or above it. */
const triggers = (direction: Direction, value: number, limit: number) =>
  direction === "H" ? value <= limit : value >= limit;

/** What a value alone says, without hysteresis. */
export function stateOf(limits: Limits | null, value: number): StateIndex {
  if (limits === null) return NONE;
  for (let level = 0; level < LEVELS; level++)
    if (triggers(limits.direction, value, limits.limit[level]!)) return level;
  return NORMAL;
}

/**
 * The memory of one level at one scope: on, and since when the value is back
 * beyond the limit (NaN while it is not).
 */
export interface Latches {
  /** A bit per level. */
  on: number;
  /** `LEVELS` entries from `first`. */
  clearSince: Float64Array;
  first: number;
}

/**
 * Judges a fresh value and moves the latches.
 * @param hold ms that a value must be back beyond a limit.
 * @returns the worst level that is on, else normal.
 */
export function judge(
  limits: Limits,
  latches: Latches,
  value: number,
  now: number,
  hold: number,
): StateIndex {
  let worst = NORMAL;
  for (let level = LEVELS - 1; level >= 0; level--) {
    const bit = 1 << level;
    const i = latches.first + level;
    const limit = limits.limit[level]!;
    const beyond =
      limits.direction === "H" ? limit + limits.margin : limit - limits.margin;
    if (triggers(limits.direction, value, limit)) {
      latches.on |= bit;
      latches.clearSince[i] = NaN;
    } else if (Number.isNaN(limit)) {
      latches.on &= ~bit;
    } else if (latches.on & bit) {
      // A value at the margin itself is back.
      const back = limits.direction === "H" ? value >= beyond : value <= beyond;
      if (!back) latches.clearSince[i] = NaN;
      else if (Number.isNaN(latches.clearSince[i]!))
        latches.clearSince[i] = now;
      else if (now - latches.clearSince[i]! >= hold) {
        latches.on &= ~bit;
        latches.clearSince[i] = NaN;
      }
    }
    if (latches.on & bit) worst = level;
  }
  return worst;
}

/** When a level will fall by itself if the value stays; Infinity for never. */
export function nextFall(latches: Latches, hold: number): number {
  let next = Infinity;
  for (let level = 0; level < LEVELS; level++) {
    const since = latches.clearSince[latches.first + level]!;
    if (latches.on & (1 << level) && !Number.isNaN(since))
      next = Math.min(next, since + hold);
  }
  return next;
}

/** Silence is no evidence: what was counting down begins anew. */
export function silence(latches: Latches): void {
  for (let level = 0; level < LEVELS; level++)
    latches.clearSince[latches.first + level] = NaN;
}
