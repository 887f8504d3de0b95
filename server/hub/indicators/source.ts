import type { Indicator } from "../../../contract/indicator.ts";
import { Quality } from "../../../contract/reading.ts";

export type SensorSource = Extract<Indicator["source"], { from: "sensors" }>;

/** Readings of bad quality are stored and shown; indicators leave them out. */
export const BAD = Quality.options.indexOf("bad");

/** The accumulator of the city; districts follow from 1, then objects. */
export const CITY = 0;

/** @throws Error where the indicator is not computed from sensors. */
export function sourceOf(indicator: Indicator): SensorSource {
  if (indicator.source.from !== "sensors")
    throw new Error(`${indicator.id} is not computed from sensors`);
  return indicator.source;
}

/** The accumulators that one series feeds besides the city's; −1 where the indicator has no such scope. */
export interface Feeds {
  district: number;
  object: number;
}
