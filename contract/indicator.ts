import { z } from "zod";
import { defineDoor } from "./door.ts";
import { Freshness, Level, Priority, State } from "./level.ts";
import { defineTopic } from "./live.ts";
import { Scope } from "./place.ts";
import { Measured } from "./reading.ts";
import { Duration, Instant, InstantAsked, InstantIn } from "./time.ts";
import { text } from "./text.ts";

/** H: higher is better (a level triggers at or below its limit). L: lower is better. N: neutral, never coloured. */
export const Direction = z.enum(["H", "L", "N"]);
export type Direction = z.infer<typeof Direction>;

export const Aggregate = z.enum([
  "mean",
  "sum",
  "min",
  "max",
  "last",
  "count",
  "distinct",
  "ratio",
  "rate",
  "percentile",
  "energyMean",
  "weightedMean",
  "yoy",
]);
export type Aggregate = z.infer<typeof Aggregate>;

/**
 * `tumbling`: [k·length, (k+1)·length) in city time. `sliding`: (now − length, now], moved every `step`.
 * `latest`: over the newest non-stale value of every matching sensor.
 */
export const Window = z.object({
  kind: z.enum(["tumbling", "sliding", "latest"]),
  length: Duration,
  step: Duration,
});
export type Window = z.infer<typeof Window>;

/** A limit: a number in the indicator's unit, or a deviation in % from the same-weekday 4-week mean. */
export const Threshold = z.union([
  z.number(),
  z.object({ deviation: z.number() }),
]);
export type Threshold = z.infer<typeof Threshold>;

/** Row of the catalogue (F11, decisions D1). Data: editable, versioned by `rev`. */
export const Indicator = z.object({
  id: z
    .string()
    .regex(/^[a-z]+\.[A-Za-z0-9]+$/)
    .max(80),
  theme: text(80),
  themeEn: text(80),
  nameZh: text(200),
  nameEn: text(200),
  unit: text(24),
  direction: Direction,
  thresholds: z.partialRecord(Level, Threshold),
  /** Distance beyond the limit, in the indicator's unit, before a level falls. Null = 2 % of |red − blue|. */
  hysteresis: z.number().nonnegative().nullable(),
  /** The one department whose feeds may report it, or whose systems' sensors feed it (一数一源). */
  owner: text(40),
  every: Duration,
  staleAfter: Duration,
  precision: z.number().int().min(0).max(6),
  source: z.discriminatedUnion("from", [
    z.object({
      from: z.literal("sensors"),
      metric: text(64),
      kind: text(64).nullable(),
      /** Null = every system that feeds of the owner speak for; one that is named counts whoever it belongs to. */
      system: text(64).nullable(),
      aggregate: Aggregate,
      window: Window,
      /** For weightedMean: the sensor attribute that weighs. */
      weightBy: text(64).nullable(),
      /** For percentile: 0–100. */
      percentile: z.number().min(0).max(100).nullable(),
      /** For ratio and count: CEL over `value`. */
      where: text(2000).nullable(),
    }),
    z.object({ from: z.literal("reported") }),
    z.object({
      from: z.literal("formula"),
      /** CEL over other indicators: `ind["water.supply"]`. */
      formula: text(20_000),
    }),
    z.object({
      from: z.literal("internal"),
      /** A measure the hub takes of itself. */
      measure: text(80),
      /** Of a rate: over fewer matters than these it says nothing. Absent: over none. */
      least: z.number().int().positive().optional(),
    }),
  ]),
  scopes: z.array(z.enum(["city", "district", "object"])),
  target: z.number().nullable(),
  opensIncident: z
    .object({
      /** From this level on; worse ones too. */
      level: Level.default("blue"),
      /** At that level: each worse one counts one more, up to 1. */
      priority: Priority,
      category: text(64),
      department: text(40),
    })
    .nullable(),
  note: text(2000),
  rev: z.number().int().default(1),
});
export type Indicator = z.infer<typeof Indicator>;

/** One item of `indicators/1`: a value a department reports itself. */
export const IndicatorValue = z.object({
  indicator: text(80).min(1),
  scope: Scope.default("city"),
  at: InstantIn,
  value: Measured,
});
export type IndicatorValue = z.infer<typeof IndicatorValue>;

/** An indicator at one scope as a wall shows it. `id` is `indicator@scope`. */
export const IndicatorView = z.object({
  id: z.string(),
  indicator: z.string(),
  /** `city`, a district code, or `system/sensor`. */
  scope: z.string(),
  value: z.number().nullable(),
  state: State,
  /** Time of the newest observation the value stands on. */
  at: Instant.nullable(),
  receivedAt: Instant.nullable(),
  freshness: Freshness,
  /** Since when `state` holds. */
  since: Instant.nullable(),
  /** Value at the same time yesterday, where known. */
  dayAgo: z.number().nullable(),
  /** Same-weekday 4-week mean, where the thresholds are deviations. */
  baseline: z.number().nullable(),
  /** How many observations stand behind the value. */
  count: z.number().int(),
  /** The last values, oldest first, one per `every`, at most 60: enough for a spark line. */
  recent: z.array(z.tuple([Instant, z.number()])),
});
export type IndicatorView = z.infer<typeof IndicatorView>;

/** Indicators of one scope (default `city`), of some ids, or of one id over all districts (`scope: "*"`). */
export const indicatorsTopic = defineTopic({
  name: "indicators",
  params: z.object({
    scope: text(200).default("city"),
    ids: z.array(text(80)).max(200).optional(),
  }),
  item: IndicatorView,
  hot: true,
});

export const indicatorDoors = {
  listIndicators: defineDoor({
    method: "GET",
    path: "/api/indicators",
    summary: "The catalogue of indicators",
    permission: "watch",
    reply: z.object({ items: z.array(Indicator) }),
  }),
  editIndicator: defineDoor({
    method: "PATCH",
    path: "/api/indicators/{id}",
    summary:
      "Edit thresholds, hysteresis, target or names; keeps the old version",
    permission: "configureIndicators",
    body: z.object({
      rev: z.number().int(),
      change: Indicator.pick({
        nameZh: true,
        nameEn: true,
        thresholds: true,
        hysteresis: true,
        target: true,
        staleAfter: true,
        opensIncident: true,
      }).partial(),
    }),
    reply: Indicator,
  }),
  indicatorHistory: defineDoor({
    method: "GET",
    path: "/api/indicators/{id}/history",
    summary: "Values of an indicator at one scope over time",
    permission: "watch",
    query: z.object({
      scope: text(200).default("city"),
      from: InstantAsked,
      to: InstantAsked,
      points: z.coerce.number().int().min(1).max(5000).default(500),
    }),
    reply: z.object({
      at: z.array(Instant),
      value: z.array(z.number().nullable()).describe("null marks a gap"),
      state: z.array(State),
    }),
  }),
};
