/** Where axes put their marks. Pure. */
import { DAY, HOUR, MINUTE } from "../../contract/time.ts";
import { midnight } from "../i18n/times.ts";

const STEPS = [
  MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  4 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
  30 * DAY,
];

/** At most `most` instants in [from, to] on whole steps of the city's day. */
export function timeTicks(
  from: number,
  to: number,
  zone: string,
  most: number,
): number[] {
  const step =
    STEPS.find((s) => (to - from) / s <= most) ??
    Math.ceil((to - from) / most / DAY) * DAY;
  const start = midnight(from, zone);
  const first = start + Math.ceil((from - start) / step) * step;
  const ticks: number[] = [];
  for (let at = first; at <= to; at += step) ticks.push(at);
  return ticks;
}

/** The round number at or above `raw`: 1, 2, 2.5 or 5 times a power of ten. */
function roundStep(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  const part = raw / power;
  const round = [1, 2, 2.5, 5, 10].find((n) => part <= n + 1e-9) ?? 10;
  return round * power;
}

export interface Range {
  min: number;
  max: number;
}

/**
 * A range that holds the values with air above and below, starting at zero
 * where nothing is below it and the values are not a narrow band far away;
 * `near` (limits) join where they are close enough to matter.
 */
export function valueRange(
  values: readonly (number | null)[],
  near: readonly number[] = [],
): Range {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high)
    return { min: 0, max: near.length > 0 ? Math.max(...near) : 1 };
  // The next limit on either side is context; the ones beyond it are not. A
  // nearly flat line has no scale of its own: the nearest limit gives it one.
  const spread = high - low;
  const flat = spread < Math.max(Math.abs(high), Math.abs(low), 1e-9) * 0.25;
  const reach = flat ? Infinity : spread * 0.8;
  const distance = (limit: number) => Math.max(limit - high, low - limit);
  const next = near
    .filter((limit) => limit > high || limit < low)
    .sort((a, b) => distance(a) - distance(b))[0];
  if (next !== undefined && distance(next) <= reach) {
    low = Math.min(low, next);
    high = Math.max(high, next);
  }
  const span = high - low || Math.abs(high) || 1;
  const fromZero = low >= 0 && low < span * 1.5;
  const step = roundStep(((fromZero ? high : span) || 1) / 4);
  const air = span * 0.06;
  const clean = (value: number) => Number(value.toPrecision(12));
  return {
    min: fromZero ? 0 : clean(Math.floor((low - air) / step) * step),
    max: clean(Math.ceil((high + air) / step) * step),
  };
}

/** Round values in the range: at least two, about `most`. */
export function valueTicks({ min, max }: Range, most = 5): number[] {
  let step = roundStep((max - min) / Math.max(1, most - 1));
  while (Math.floor(max / step + 1e-9) - Math.ceil(min / step - 1e-9) < 1)
    step = roundStep(step / 2.1);
  const ticks: number[] = [];
  for (let k = Math.ceil(min / step - 1e-9); k * step <= max + step * 1e-9; k++)
    ticks.push(Number((k * step).toPrecision(12)));
  return ticks;
}
