import { draw, wander } from "../world/chance.ts";
import { hashOf } from "../city/random.ts";
import type { Sensor } from "../city/types.ts";
import type { Duty, Scene } from "../department.ts";
import type { World } from "../world/world.ts";

/** What a simulated sensor stands in. Valid only during the call it is given to. */
export interface Sight {
  world: World;
  sensor: Sensor;
  /** City time, epoch ms. */
  time: number;
  /** A number of the sensor's own attributes. */
  own(attribute: string): number;
  /** Its own slow noise, −1 … 1, that swings once in `period` ms; `nth` tells several apart. */
  slow(period: number, nth?: number): number;
  /** Its own luck, 0 … 1, that stays the same for `period` ms. */
  luck(period: number, nth?: number): number;
  /** 0 … 1, its own for good. */
  trait(nth?: number): number;
}

/** Values by metric. */
export type Values = Record<string, number>;
export type Simulation = (sight: Sight) => Values;

/** Share of sensors that are silent at any time, and how long they are. */
const SILENT = 0.004;
const SILENT_FOR = 5 * 3_600_000;
/** Share of reports that say `NA`. */
const NOT_AVAILABLE = 0.0004;

export interface SensorFeed {
  feed: string;
  /** By kind. */
  simulations: Record<string, Simulation>;
  /** In the bureau's own words; `readings/1` where it has none. */
  write?: Write;
}

/** Writes what one sensor told at `at` (real time). */
export type Write = (
  sensor: Sensor,
  values: readonly { metric: string; value: number | "NA" }[],
  at: number,
) => unknown[];

export const valueOf = (
  values: Parameters<Write>[1],
  metric: string,
): number | "NA" => values.find((one) => one.metric === metric)?.value ?? "NA";

const asReadings: Write = (sensor, values, at) =>
  values.map(({ metric, value }) => ({ sensor: sensor.id, metric, at, value }));

/** Duties of a feed's sensors: each metric is reported with its own period. */
export function sensorDuties(
  { city, world, seed }: Scene,
  { feed, simulations, write = asReadings }: SensorFeed,
): Duty[] {
  return Object.entries(simulations).flatMap(([kind, simulate]) => {
    const sensors = city.sensors.filter(
      (sensor) => sensor.feed === feed && sensor.kind === kind,
    );
    const [first] = sensors;
    if (!first) return [];
    const salts = sensors.map(({ id, system }) =>
      hashOf(`${seed}/${system}/${id}`),
    );
    const sight = createSight(world);
    const periods = new Set(first.metrics.map(({ period }) => period));
    return [...periods].map((every): Duty => {
      const reported = first.metrics
        .filter(({ period }) => period === every)
        .map((metric) => ({
          ...metric,
          scale: 10 ** digitsOf(metric.unit, metric.max),
        }));
      return {
        feed,
        every,
        count: sensors.length,
        report({ at, time }, from, to) {
          const items: unknown[] = [];
          for (let i = from; i < to; i++) {
            const salt = salts[i]!;
            if (silent(salt, time)) continue;
            const sensor = sensors[i]!;
            const values = simulate(sight.of(sensor, salt, time));
            const na = draw(salt + 7, Math.floor(at / 1000)) < NOT_AVAILABLE;
            const told = reported.map(({ metric, min, max, scale }) => {
              const value = values[metric];
              if (value === undefined)
                throw new Error(`${kind} has no value of ${metric}`);
              if (na) return { metric, value: "NA" as const };
              const within = Math.min(max, Math.max(min, value));
              return { metric, value: Math.round(within * scale) / scale };
            });
            for (const item of write(sensor, told, at)) items.push(item);
          }
          return items;
        },
      };
    });
  });
}

/** A sensor's spells of silence begin at a time of its own. */
const silent = (salt: number, time: number): boolean =>
  draw(salt, Math.floor(time / SILENT_FOR + draw(salt, 1))) < SILENT;

/** Digits after the point that such an instrument shows. */
function digitsOf(unit: string, max: number): number {
  if (unit === "m" || unit === "%VOL" || unit === "MPa") return 3;
  if (max <= 5) return 3;
  return max <= 100 ? 2 : 1;
}

function createSight(world: World) {
  let salt = 0;
  const sight: Sight = {
    world,
    sensor: undefined as unknown as Sensor,
    time: 0,
    own(attribute) {
      const value = sight.sensor.attributes[attribute];
      if (typeof value !== "number")
        throw new Error(`${sight.sensor.id} has no number ${attribute}`);
      return value;
    },
    slow: (period, nth = 0) =>
      wander(salt + nth, sight.time / period + (salt & 0xff) / 256),
    luck: (period, nth = 0) =>
      draw(salt + nth, Math.floor(sight.time / period + (salt & 0xff) / 256)),
    trait: (nth = 0) => draw(salt, 1000 + nth),
  };
  return {
    of(sensor: Sensor, its: number, time: number): Sight {
      salt = its;
      sight.sensor = sensor;
      sight.time = time;
      return sight;
    },
  };
}
