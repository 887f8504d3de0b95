/** What a single sensor is judged by: its state, limits and bands. */
import type { Indicator } from "../../contract/indicator.ts";
import type { Level, State } from "../../contract/level.ts";
import type { SensorView } from "../../contract/sensor.ts";
import { bandsOf, levelAt, limitsOf, type Band, type Limit } from "./bands.ts";

/** Of the indicators that read a sensor's metric, the one whose limits hold for the sensor itself. */
export function judgeOf(
  catalogue: Iterable<Indicator>,
  sensor: Pick<SensorView, "kind" | "system">,
  metric: string,
): Indicator | null {
  let found: Indicator | null = null;
  for (const row of catalogue) {
    const { source } = row;
    if (source.from !== "sensors" || source.metric !== metric) continue;
    if (source.kind !== null && source.kind !== sensor.kind) continue;
    if (source.system !== null && source.system !== sensor.system) continue;
    if (row.scopes.includes("object")) return row;
    // The worst of all sensors has the same limits as each of them.
    if (["max", "min", "last"].includes(source.aggregate)) found ??= row;
  }
  return found;
}

export interface Verdict {
  state: State;
  limits: Limit[];
  bands: Band[];
  precision: number | undefined;
}

/** Limits that a screen itself names, for metrics that no indicator judges. */
export interface OwnLimits {
  limits: Partial<Record<Level, number>>;
  direction: "H" | "L";
}

/** `stale` wherever the newest value is too old: never normal (row 25). */
export function stateOfSensor(sensor: SensorView): State {
  if (sensor.freshness === "stale" || sensor.freshness === "lost")
    return "stale";
  return sensor.state;
}

/** The hub's judgement where there is one; else by the screen's own limits. */
export function judgeSensor(
  sensor: SensorView,
  reading: SensorView["values"][number] | undefined,
  judge: Indicator | null,
  own: OwnLimits = { limits: {}, direction: "L" },
): Verdict {
  const named = Object.keys(own.limits).length > 0;
  const limits = limitsOf(named ? own.limits : (judge?.thresholds ?? {}), null);
  const bands = bandsOf(
    limits,
    named ? own.direction : (judge?.direction ?? "N"),
  );
  const value = reading?.value ?? null;
  let state = stateOfSensor(sensor);
  if (state === "none" && bands.length > 0 && value !== null)
    state = levelAt(value, bands) ?? "normal";
  return { state, limits, bands, precision: judge?.precision };
}

const ORDER: State[] = [
  "red",
  "orange",
  "yellow",
  "blue",
  "stale",
  "normal",
  "none",
];
const rank = (state: State) => ORDER.indexOf(state);

interface Judged {
  sensor: SensorView;
  state: State;
  reading?: SensorView["values"][number] | undefined;
  bands: readonly Band[];
}

/** Distance to the nearest band in the metric's unit; without bands or value, endless. */
function margin({ reading, bands }: Judged): number {
  const value = reading?.value ?? null;
  if (value === null) return Infinity;
  const edges = bands.flatMap((band) => [band.from, band.to]);
  return Math.min(Infinity, ...edges.map((edge) => Math.abs(edge - value)));
}

/** In alarm or without fresh data. */
export const notable = (state: State) => rank(state) < 5;

/** Worst level first, then those without data, then the nearest to a limit, then by name. */
export const worstFirst = (a: Judged, b: Judged) =>
  rank(a.state) - rank(b.state) ||
  (margin(a) === margin(b) ? 0 : margin(a) - margin(b)) ||
  a.sensor.name.localeCompare(b.sensor.name, "zh") ||
  (a.sensor.id < b.sensor.id ? -1 : 1);

/** The reading of a metric, or of the first one. */
export const metricOf = (sensor: SensorView, metric: string | undefined) =>
  metric === undefined
    ? sensor.values[0]
    : sensor.values.find((reading) => reading.metric === metric);
