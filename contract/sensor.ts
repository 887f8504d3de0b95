import { z } from "zod";
import { defineDoor } from "./door.ts";
import { Freshness, State } from "./level.ts";
import { Scope } from "./place.ts";
import { defineTopic } from "./live.ts";
import { Instant, InstantAsked } from "./time.ts";
import { text } from "./text.ts";

export const Metric = z.object({
  metric: text(64).min(1),
  unit: text(24).default(""),
  min: z.number().optional(),
  max: z.number().optional(),
  /** Expected ms between readings; overrides the indicator's and the feed's. */
  period: z.number().positive().optional(),
});
export type Metric = z.infer<typeof Metric>;

const MOST_ATTRIBUTES = 64;
/** Characters of a sensor's attributes as JSON: a start reads those of every sensor. */
export const LONGEST_ATTRIBUTES = 16_384;

/** One item of `sensors/1`: a catalogue entry. Identity is (system, id) (decisions B1). */
export const Sensor = z.object({
  id: text(128).min(1),
  name: text(200).min(1),
  kind: text(64).min(1),
  lng: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
  district: text(40).optional(),
  grid: text(40).optional(),
  metrics: z.array(Metric).max(64),
  attributes: z
    .record(text(64), z.union([text(500), z.number(), z.boolean(), z.null()]))
    .refine((given) => Object.keys(given).length <= MOST_ATTRIBUTES, {
      message: `there are more than ${MOST_ATTRIBUTES} attributes`,
    })
    .refine((given) => JSON.stringify(given).length <= LONGEST_ATTRIBUTES, {
      message: `the attributes together are longer than ${LONGEST_ATTRIBUTES} characters`,
    })
    .default({}),
});
export type Sensor = z.infer<typeof Sensor>;

/** A sensor on a wall: who it is and what it last said. `id` is `system/sensor`. */
export const SensorView = z.object({
  id: z.string(),
  system: z.string(),
  sensor: z.string(),
  name: z.string(),
  kind: z.string(),
  /** Null where an unregistered sensor's place is unknown. */
  lng: z.number().nullable(),
  lat: z.number().nullable(),
  district: z.string().nullable(),
  registered: z.boolean(),
  values: z.array(
    z.object({
      metric: z.string(),
      unit: z.string(),
      value: z.number().nullable(),
      at: Instant.nullable(),
    }),
  ),
  /** Worst level of the indicators that read this sensor by object, else `none`. */
  state: State,
  freshness: Freshness,
});
export type SensorView = z.infer<typeof SensorView>;

/** Live sensors of one kind, district or list of ids (`system/sensor`). At least one filter is required. */
export const sensorsTopic = defineTopic({
  name: "sensors",
  params: z
    .object({
      kind: text(64).optional(),
      district: Scope.optional(),
      ids: z.array(text(200)).max(500).optional(),
    })
    .refine((p) => p.kind ?? p.district ?? p.ids, {
      message: "name a kind, a district or ids",
    }),
  item: SensorView,
  hot: true,
});

/**
 * A cheap picture of very many sensors for the map: changes of the value only.
 * Items carry the sensor's number; names and places come from the `sensorPoints` door.
 */
export const sensorStatesTopic = defineTopic({
  name: "sensorStates",
  params: z.object({ kinds: z.array(text(64)).max(64).optional() }),
  item: z.object({
    id: z.number().int(),
    state: State,
    freshness: Freshness,
  }),
  hot: true,
});

export const sensorDoors = {
  /** Columns of every registered sensor's place, for the map. `no[i]` is the number in `sensorStates`. */
  sensorPoints: defineDoor({
    method: "GET",
    path: "/api/sensors/points",
    summary: "Places of all registered sensors, as columns",
    permission: "watch",
    query: z.object({ kinds: text(5000).optional() }),
    reply: z.object({
      no: z.array(z.number()),
      kind: z.array(z.number()),
      kinds: z.array(z.string()),
      lng: z.array(z.number()),
      lat: z.array(z.number()),
      state: z.array(z.number()).describe("index into State"),
    }),
  }),
  listSensors: defineDoor({
    method: "GET",
    path: "/api/sensors",
    summary: "Sensors, a page at a time",
    permission: "watch",
    query: z.object({
      kind: text(64).optional(),
      district: text(40).optional(),
      system: text(64).optional(),
      no: z.coerce
        .number()
        .int()
        .nonnegative()
        .optional()
        .describe("one sensor by its number in `sensorPoints`"),
      registered: z.enum(["true", "false"]).optional(),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
      cursor: text(1000).optional(),
    }),
    reply: z.object({
      items: z.array(SensorView),
      cursor: z.string().nullable(),
    }),
  }),
  /** Values of one series, down-sampled to at most `points` buckets. */
  seriesHistory: defineDoor({
    method: "GET",
    path: "/api/series/history",
    summary: "History of one sensor's metric",
    permission: "watch",
    query: z.object({
      system: text(64),
      sensor: text(128),
      metric: text(64),
      from: InstantAsked,
      to: InstantAsked,
      points: z.coerce.number().int().min(1).max(5000).default(500),
    }),
    reply: z.object({
      level: z.enum(["raw", "minute", "hour", "day"]),
      at: z.array(Instant),
      value: z.array(z.number()),
      min: z.array(z.number()),
      max: z.array(z.number()),
    }),
  }),
};
