/** Sensors as lists show them. Pure. */
import { State } from "../../contract/level.ts";
import type { SensorView } from "../../contract/sensor.ts";

/** `stale` wherever the newest value is too old: never normal (row 25). */
export function stateOfSensor(sensor: SensorView): State {
  if (sensor.freshness === "stale" || sensor.freshness === "lost")
    return "stale";
  return sensor.state;
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
const rank = (sensor: SensorView) => ORDER.indexOf(stateOfSensor(sensor));

/** In alarm or without fresh data. */
export const notable = (sensor: SensorView) => rank(sensor) < 5;

/** Worst level first, then those without data, then by name. */
export const worstFirst = (a: SensorView, b: SensorView) =>
  rank(a) - rank(b) ||
  a.name.localeCompare(b.name, "zh") ||
  (a.id < b.id ? -1 : 1);

/** The reading of a metric, or of the first one. */
export const metricOf = (sensor: SensorView, metric: string | undefined) =>
  metric === undefined
    ? sensor.values[0]
    : sensor.values.find((reading) => reading.metric === metric);
