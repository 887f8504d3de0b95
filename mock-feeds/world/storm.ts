import { clamp, ramp } from "../city/plane.ts";

/**
 * The script of a summer rainstorm: twelve minutes that stand for four hours.
 * Every curve is a share, 0 … 1; what it means in millimetres, centimetres and
 * phone calls is each department's knowledge. Times are minutes after the start.
 */
export interface Storm {
  /** Rain at the storm's core, 1 = its peak. */
  rain: number;
  /** Squalls; they come before the rain. */
  wind: number;
  /** Water in pipes and manholes. */
  pipes: number;
  /** Water on the roads, where all pumps run. */
  streets: number;
  /** … and where the pump has failed: higher, and slower to go. */
  failedPump: number;
  /** The rivers' answer, later and longer. */
  river: number;
  /** How much people call, drive slowly and complain. */
  unrest: number;
  /** Lines and substations out of order. */
  outage: number;
}

/** Nothing happens. */
export const CALM: Storm = {
  rain: 0,
  wind: 0,
  pipes: 0,
  streets: 0,
  failedPump: 0,
  river: 0,
  unrest: 0,
  outage: 0,
};

const MINUTE = 60_000;

/** After this the city is as before. */
export const STORM_SPAN = 13 * MINUTE;

/** One minute of the storm brings the rain of this many minutes. */
export const TIME_LAPSE = 20;

/** Rain at the core at the storm's peak, mm/h: 暴雨 of the short, violent kind. */
export const PEAK_RAIN = 60;

/** The storm's core crosses the city from the first minute to this one. */
const PASSES_BY = 8;

export interface StormWarning {
  /** Minutes after the start. */
  at: number;
  level: "blue" | "yellow" | "orange";
  /** What the bureau does: first issue, raise, lower, lift. */
  act: "issue" | "raise" | "lower" | "lift";
}

export const STORM_WARNINGS: readonly StormWarning[] = [
  { at: 0.3, level: "blue", act: "issue" },
  { at: 1.5, level: "yellow", act: "raise" },
  { at: 2.75, level: "orange", act: "raise" },
  { at: 8, level: "blue", act: "lower" },
  { at: 10.5, level: "blue", act: "lift" },
];

/** Minutes at which the pump of the worst underpass fails and runs again. */
export const PUMP_FAILS = { from: 3.5, to: 8.5 };

/** Up between a and b, down between c and d, smoothly. */
const hill = (x: number, a: number, b: number, c: number, d: number) =>
  ramp(x, a, b) * (1 - ramp(x, c, d));

/** The storm so long after its start, ms. */
export function stormAt(elapsed: number): Storm {
  if (elapsed < 0 || elapsed >= STORM_SPAN) return CALM;
  const m = elapsed / MINUTE;
  return {
    rain: 0.25 * hill(m, 0.4, 1.2, 7, 9) + 0.75 * hill(m, 1.2, 3.2, 5.2, 7.5),
    wind: hill(m, 0, 1.5, 5, 9),
    pipes: hill(m, 1, 4, 6, 10),
    streets: hill(m, 1.8, 5.5, 6.2, 10.5),
    failedPump: hill(m, 1.8, 5.5, 7.8, 12),
    river: hill(m, 2.5, 7.5, 8, 13),
    unrest: hill(m, 1, 4.5, 6.5, 12),
    outage: hill(m, 2.8, 4.5, 6.5, 10),
  };
}

const STEP = 5_000;
/** Minutes of peak rain that have fallen by the end of each step. */
const fallen = (() => {
  const sums = new Float64Array(STORM_SPAN / STEP + 1);
  for (let i = 1; i < sums.length; i++)
    sums[i] = sums[i - 1]! + (stormAt((i - 0.5) * STEP).rain * STEP) / MINUTE;
  return sums;
})();

/**
 * Millimetres that the storm's core has brought in the last `hours` of its
 * time-lapse; they are forgotten as the storm ends.
 */
export function stormRainSum(elapsed: number, hours: number): number {
  const by = (ms: number) =>
    fallen[clamp(Math.round(ms / STEP), 0, fallen.length - 1)]!;
  const since = elapsed - (hours * 60 * MINUTE) / TIME_LAPSE;
  const minutes = by(elapsed) - by(since);
  const forgotten = ramp(elapsed, 0.75 * STORM_SPAN, STORM_SPAN);
  return (PEAK_RAIN / 60) * TIME_LAPSE * minutes * (1 - forgotten);
}

/** Where the core is: −1 at the west edge … 1 at the east edge of the city. */
export const stormPassage = (elapsed: number): number =>
  clamp(elapsed / MINUTE / PASSES_BY, 0, 1) * 1.2 - 0.6;
