import { draw, wander } from "./chance.ts";
import { hashOf } from "./city/random.ts";
import type { Sensor } from "./city/types.ts";
import type { Duty, Scene } from "./department.ts";
import type { World } from "./world.ts";

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

/** Values by metric; null says that the sensor has none. */
export type Values = Record<string, number | null>;
export type Simulation = (sight: Sight) => Values;

/** Share of sensors that are silent at any time, and how long they are. */
const SILENT = 0.004;
const SILENT_FOR = 5 * 3_600_000;
/** Share of reports that say `NA`. */
const NOT_AVAILABLE = 0.0004;

/**
 * Duties of the sensors of one system: each kind has a simulation, each reports
 * its metrics with their own periods.
 * @throws where the city has a kind that nobody simulates
 */
export function sensorDuties(
  { city, world, seed }: Scene,
  system: string,
  simulations: Record<string, Simulation>,
): Duty[] {
  const feed = readingsFeed(city.feeds, system);
  const kinds = groupBy(
    city.sensors.filter((sensor) => sensor.system === system),
    ({ kind }) => kind,
  );
  return [...kinds].flatMap(([kind, sensors]) => {
    const simulate = simulations[kind];
    if (!simulate) throw new Error(`nobody simulates a ${kind}`);
    const salts = sensors.map(({ id }) => hashOf(`${seed}/${system}/${id}`));
    const sight = createSight(world);
    const { metrics } = sensors[0]!;
    const periods = groupBy(metrics, ({ period }) => period);
    return [...periods].map(([every, group]): Duty => {
      const reported = group.map((metric) => ({
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
            for (const { metric, min, max, scale } of reported) {
              const value = values[metric];
              if (value === undefined)
                throw new Error(`${kind} has no value of ${metric}`);
              items.push({
                sensor: sensor.id,
                metric,
                at,
                value:
                  na || value === null
                    ? "NA"
                    : Math.round(Math.min(max, Math.max(min, value)) * scale) /
                      scale,
              });
            }
          }
          return items;
        },
      };
    });
  });
}

function groupBy<K, T>(of: readonly T[], keyOf: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const one of of) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}

/** The feed through which a system's readings go. */
export function readingsFeed(
  feeds: Scene["city"]["feeds"],
  system: string,
): string {
  const feed = feeds.find(
    (one) =>
      one.system === system &&
      (one.format === "readings/1" || one.yields === "readings/1"),
  );
  if (!feed) throw new Error(`the system ${system} has no feed of readings`);
  return feed.id;
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
