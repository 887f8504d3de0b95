import { z } from "zod";
import { InstantIn } from "./time.ts";

export const Quality = z.enum(["good", "suspect", "bad"]);
export type Quality = z.infer<typeof Quality>;

/** No sensor measures more, and sums of a million such values are still exact enough to be finite. */
export const LARGEST_VALUE = 1e15;
const beyond = "is beyond ±1e15: no sensor measures that";
/** What a sensor or a department may say that it measured. */
export const Measured = z
  .number()
  .min(-LARGEST_VALUE, beyond)
  .max(LARGEST_VALUE, beyond);

/** One item of `readings/1`. Identity is (system, sensor, metric, at) (decisions B2). */
export const Reading = z.object({
  sensor: z.string().min(1).max(128),
  metric: z.string().min(1).max(64),
  at: InstantIn,
  value: Measured,
  quality: Quality.default("good"),
});
export type Reading = z.infer<typeof Reading>;

/** Texts that mean "the sensor had no value": counted as `missing`, never stored. */
export const MISSING = new Set([
  "NA",
  "N/A",
  "NaN",
  "null",
  "",
  "-",
  "—",
  "--",
]);

/**
 * Columnar form of `readings/1`, for gateways: `{"columns":{"sensor":[…],
 * "metric":[…],"at":[…],"value":[…],"quality"?:[…]}}`, columns of one length.
 * Row i is judged as a `Reading`.
 */
export interface ReadingBatch {
  columns: {
    sensor: unknown[];
    metric: unknown[];
    at: unknown[];
    value: unknown[];
    quality?: unknown[];
  };
}

/**
 * Readings as columns: the form in which they travel from a format to the hub.
 * `index[i]` is the item's place in the sender's payload.
 */
export interface ReadingColumns {
  sensor: string[];
  metric: string[];
  at: number[];
  value: number[];
  /** Index into `Quality.options`. */
  quality: number[];
  index: number[];
}

/**
 * Readings whose series (sensor × metric) is resolved to an integer: the form
 * in which they travel from the hub to the store and back. All arrays have
 * `count` entries; `at` is epoch ms; `quality` indexes `Quality.options`.
 */
export interface ReadingRows {
  count: number;
  series: Int32Array;
  at: Float64Array;
  value: Float64Array;
  quality: Uint8Array;
}

/** One bucket of a roll-up: [at, at + width). Readings of bad quality are left out. */
export interface RollupBucket {
  at: number;
  count: number;
  sum: number;
  min: number;
  max: number;
  last: number;
}
