import type { IndicatorRow } from "../types.ts";

const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** What is recomputed with every reading. */
export const REAL_TIME = 10 * SECOND;

/** Where an indicator's value comes from, as columns. */
export type Source = Pick<IndicatorRow, "source"> & Partial<IndicatorRow>;

/** Kind and metric of the sensors that are read. */
type What = readonly [system: string, kind: string, metric: string];

/** Over the newest value of every sensor that is not stale. */
export const latest = (
  [system, kind, metric]: What,
  aggregate: string,
  more: Partial<IndicatorRow> = {},
): Source => ({
  source: "sensors",
  system,
  kind,
  metric,
  aggregate,
  windowKind: "latest",
  ...more,
});

/** Over the values of the last `window` ms, moved on every `step` ms. */
export const sliding = (
  [system, kind, metric]: What,
  aggregate: string,
  window: number,
  step: number,
  more: Partial<IndicatorRow> = {},
): Source => ({
  source: "sensors",
  system,
  kind,
  metric,
  aggregate,
  windowKind: "sliding",
  window: String(window),
  step: String(step),
  ...more,
});

export const reported: Source = { source: "reported" };

/** CEL over other indicators. */
export const formula = (text: string): Source => ({
  source: "formula",
  formula: text,
});

/** A measure that the hub takes of itself. */
export const internal = (measure: string): Source => ({
  source: "internal",
  formula: measure,
});

/** Over fewer matters than these a rate would jump from level to level with each of them. */
const ENOUGH = 20;

/** A measure that is a share of matters. */
export const rate = (measure: string): Source => ({
  ...internal(measure),
  least: String(ENOUGH),
});

/** Blue, yellow, orange, red; numbers, `+20%`, or nothing. */
export type Limits = readonly [
  blue: number | string,
  yellow: number | string,
  orange: number | string,
  red: number | string,
];
export const NO_LIMITS: Limits = ["", "", "", ""];

export interface Plan {
  id: string;
  nameZh: string;
  nameEn: string;
  unit: string;
  direction: IndicatorRow["direction"];
  limits: Limits;
  owner: string;
  every: number;
  from: Source;
  precision?: number;
  /** Default: the city and its districts. */
  scopes?: string;
  target?: number;
  /** Opens an incident of this minor category (zh) with this priority. */
  opens?: readonly [category: string, priority: 1 | 2 | 3 | 4];
  note?: string;
}

export interface Theme {
  nameZh: string;
  nameEn: string;
  rows: readonly Plan[];
}

export const CITY_ONLY = "city";
export const DISTRICTS = "city;district";
/** Every sensor has a level of its own too. */
export const OBJECTS = "city;district;object";
