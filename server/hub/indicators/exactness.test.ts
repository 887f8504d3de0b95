/**
 * What the engine shows and publishes, after any mixture of late readings,
 * duplicates, corrections, bad quality, recomputations and restarts from a
 * checkpoint and the tail, equals what a slow reference makes of all rows.
 * The reference shares nothing with the engine.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Indicator } from "../../../contract/indicator.ts";
import { HOUR, MINUTE, SECOND } from "../../../contract/time.ts";
import {
  createTestCity,
  EIGHT,
  indicator,
  type Reading,
  type TestCity,
} from "../../../test/kit/engine.ts";
import type { SensorSource } from "./source.ts";

// ---- The reference --------------------------------------------------------

interface Row {
  sensor: string;
  at: number;
  value: number;
  quality: number;
}

/** Of every (sensor, at) the last row. */
function standing(log: readonly Reading[]): Row[] {
  const rows = new Map<string, Row>();
  for (const row of log)
    rows.set(`${row.sensor} ${row.at}`, {
      ...row,
      quality: row.quality ?? 0,
    });
  return [...rows.values()];
}

const WEIGHTS: Record<string, number> = { e1: 1, e2: 2, w1: 4, w2: 8, x1: 16 };
const scopesOf = (sensor: string) =>
  sensor.startsWith("e")
    ? ["city", "east"]
    : sensor.startsWith("w")
      ? ["city", "west"]
      : ["city"];

const condition = (value: number) => value >= 50;

function aggregate(source: SensorSource, rows: readonly Row[]): number | null {
  const matching =
    source.where === null ? rows : rows.filter((row) => condition(row.value));
  const values = matching.map((row) => row.value);
  const sum = values.reduce((a, b) => a + b, 0);
  switch (source.aggregate) {
    case "sum":
      return sum;
    case "count":
      return values.length;
    case "distinct":
      return new Set(matching.map((row) => row.sensor)).size;
    case "ratio":
      return rows.length === 0 ? null : (100 * values.length) / rows.length;
    default:
  }
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  switch (source.aggregate) {
    case "mean":
      return sum / values.length;
    case "min":
      return sorted[0]!;
    case "max":
      return sorted.at(-1)!;
    case "percentile": {
      const rank = Math.ceil((source.percentile! / 100) * values.length);
      return sorted[Math.max(1, rank) - 1]!;
    }
    case "weightedMean": {
      const weight = (row: Row) => WEIGHTS[row.sensor]!;
      return (
        matching.reduce((a, row) => a + row.value * weight(row), 0) /
        matching.reduce((a, row) => a + weight(row), 0)
      );
    }
    case "energyMean":
      return (
        10 *
        Math.log10(
          values.reduce((a, value) => a + 10 ** (value / 10), 0) /
            values.length,
        )
      );
    case "last": {
      const newest = Math.max(...matching.map((row) => row.at));
      // Of equal times the sensor that was heard of last: the highest number.
      return matching
        .filter((row) => row.at === newest)
        .sort((a, b) => SENSORS.indexOf(a.sensor) - SENSORS.indexOf(b.sensor))
        .at(-1)!.value;
    }
    case "rate": {
      const rates = [...new Set(matching.map((row) => row.sensor))].flatMap(
        (sensor) => {
          const own = matching
            .filter((row) => row.sensor === sensor)
            .sort((a, b) => a.at - b.at);
          const [first, last] = [own[0]!, own.at(-1)!];
          return first.at === last.at
            ? []
            : [((last.value - first.value) / (last.at - first.at)) * HOUR];
        },
      );
      return rates.length === 0
        ? null
        : rates.reduce((a, b) => a + b, 0) / rates.length;
    }
    default:
      throw new Error(`the reference does not know ${source.aggregate}`);
  }
}

/** Rows of the window whose last slot begins at `slot`, [from, to). */
function windowAt(source: SensorSource, slot: number): [number, number] {
  const { kind, length, step } = source.window;
  if (kind === "sliding") return [slot + step - length, slot + step];
  const slots = length > MINUTE ? MINUTE : length;
  return [Math.floor(slot / length) * length, slot + slots];
}

const good = <R extends Reading>(rows: readonly R[], scope: string) =>
  rows.filter(
    ({ quality = 0, sensor }) =>
      quality < 2 && scopesOf(sensor).includes(scope),
  );

/** Undefined where a tumbling window shows what is older than the engine keeps: the last it saw, or nothing. */
function expected(
  of: Indicator,
  scope: string,
  rows: readonly Row[],
  now: number,
): number | null | undefined {
  const source = of.source as SensorSource;
  const own = good(rows, scope);
  if (source.window.kind === "latest") {
    // A newest value of bad quality hides the one before it.
    const newest = new Map<string, Row>();
    for (const row of rows)
      if (row.at >= (newest.get(row.sensor)?.at ?? -1))
        newest.set(row.sensor, row);
    const fresh = good([...newest.values()], scope).filter(
      (row) => now - row.at <= of.staleAfter,
    );
    return fresh.length === 0 ? null : aggregate(source, fresh);
  }
  const width = source.window.kind === "sliding" ? source.window.step : MINUTE;
  let slot = Math.floor(now / width) * width;
  for (;;) {
    const [from, to] = windowAt(source, slot);
    const value = aggregate(
      source,
      own.filter((row) => row.at >= from && row.at < to),
    );
    if (value !== null || source.window.kind === "sliding") return value;
    if (now - from > 15 * MINUTE) return undefined;
    slot = from - MINUTE; // an empty tumbling window shows the one before
  }
}

/** Time of the newest reading that the value stands on, or stood on before a correction. */
function newest(of: Indicator, scope: string, log: readonly Reading[]): number {
  const { aggregate: name, where } = of.source as SensorSource;
  const zeroTells = ["sum", "count", "distinct", "ratio"].includes(name);
  return Math.max(
    ...good(log, scope)
      .filter((row) => where === null || zeroTells || condition(row.value))
      .map((row) => row.at),
  );
}

// ---- The city under test ---------------------------------------------------

const SENSORS = ["e1", "e2", "w1", "w2", "x1"];
const tumbling = { kind: "tumbling", length: MINUTE, step: 0 } as const;
const total = { kind: "tumbling", length: 10 * MINUTE, step: 0 } as const;
const sliding = {
  kind: "sliding",
  length: 5 * MINUTE,
  step: MINUTE,
} as const;
const latest = { kind: "latest", length: 0, step: 0 } as const;
const where = "value >= 50";

const sources: Record<string, Partial<SensorSource>> = {
  mean: { aggregate: "mean", window: tumbling },
  sum: { aggregate: "sum", window: tumbling },
  total: { aggregate: "sum", window: total },
  min: { aggregate: "min", window: sliding },
  max: { aggregate: "max", window: tumbling },
  tallest: { aggregate: "max", window: tumbling, where },
  last: { aggregate: "last", window: total },
  count: { aggregate: "count", window: sliding, where },
  ratio: { aggregate: "ratio", window: tumbling, where },
  distinct: { aggregate: "distinct", window: sliding, where },
  rate: { aggregate: "rate", window: sliding },
  percentile: { aggregate: "percentile", window: sliding, percentile: 90 },
  weighted: { aggregate: "weightedMean", window: sliding, weightBy: "length" },
  energy: { aggregate: "energyMean", window: tumbling },
  newestMean: { aggregate: "mean", window: latest },
  newestMax: { aggregate: "max", window: latest, where },
  newestShare: { aggregate: "ratio", window: latest, where },
  newestMedian: { aggregate: "percentile", window: latest, percentile: 50 },
};
const catalogue = Object.entries(sources).map(([name, source]) =>
  indicator({
    id: `test.${name}`,
    staleAfter: 10 * MINUTE,
    precision: 6,
    source,
  }),
);

function found(effort?: number): TestCity {
  const city = createTestCity(
    catalogue,
    effort === undefined ? {} : { effort },
  );
  for (const sensor of SENSORS)
    city.register(sensor, { attributes: { length: WEIGHTS[sensor]! } });
  return city;
}

type Step =
  | { do: "read"; readings: Reading[] }
  | { do: "pass"; ms: number }
  | { do: "evaluate" }
  | { do: "ask" }
  | { do: "answer" }
  | { do: "save" }
  | { do: "crash" };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("read" as const),
      readings: fc.array(
        fc.record({
          sensor: fc.constantFrom(...SENSORS),
          // Seconds before now, on a grid, so that duplicates and corrections happen.
          at: fc.oneof(
            { weight: 6, arbitrary: fc.integer({ min: 0, max: 9 }) },
            { weight: 2, arbitrary: fc.integer({ min: 10, max: 60 }) },
            { weight: 1, arbitrary: fc.integer({ min: 60, max: 240 }) },
          ),
          value: fc.integer({ min: -8, max: 400 }).map((n) => n / 4),
          quality: fc.constantFrom(0, 0, 0, 0, 1, 2),
        }),
        { maxLength: 12 },
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("pass" as const),
      ms: fc.oneof(
        fc.integer({ min: 1, max: 200 }).map((n) => n * 1000),
        fc.constant(100),
      ),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("evaluate" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("ask" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("answer" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("save" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("crash" as const) }) },
);

/** Plays the steps, then settles. @returns the city, the time, and what was published last per point. */
function play(steps: readonly Step[], effort?: number) {
  let city = found(effort);
  let now = EIGHT;
  const parts = new Map<string, Uint8Array>();
  let saved = 0;
  const asked: { answer: () => void }[] = [];
  const points = new Map<string, number | null>();
  const evaluate = () => {
    for (const point of city.engine.evaluate(now).points)
      points.set(`${point.indicator}@${point.scope} ${point.at}`, point.value);
  };
  for (const next of steps)
    switch (next.do) {
      case "read":
        city.read(
          next.readings.map((reading) => ({
            ...reading,
            at: Math.floor(now / 10_000) * 10_000 - reading.at * 10 * SECOND,
          })),
          now,
        );
        break;
      case "pass":
        now += next.ms;
        break;
      case "evaluate":
        evaluate();
        break;
      case "ask":
        asked.push(...city.ask(now));
        break;
      case "answer":
        for (const { answer } of asked.splice(0)) answer();
        break;
      case "save":
        for (const { name, blob } of [
          ...city.sensors.save(),
          ...city.engine.save(),
        ])
          parts.set(name, blob);
        saved = city.log.length;
        break;
      case "crash": {
        const { log } = city;
        asked.length = 0;
        city = found(effort);
        city.sensors.load(parts);
        city.engine.load(parts);
        city.replay(log, saved, now);
        break;
      }
    }
  for (const { answer } of asked) answer();
  evaluate();
  for (let tries = 0; !city.engine.settled; tries++) {
    if (tries === 200) throw new Error("the engine never settles");
    now += 2 * SECOND;
    city.recompute(now);
    do evaluate();
    while (city.engine.busy);
  }
  return { city, now, points };
}

/** Enough for each planted fault that was tried to be found. */
const RUNS = 100;

const close = (value: number | null) =>
  value === null ? null : Number(value.toPrecision(9));

describe("whatever happens to readings on their way", () => {
  it.each([
    ["", undefined],
    [", counted and published in the smallest turns", 1],
  ])(
    "windows equal what all rows together say%s",
    (_, effort) => {
      fc.assert(
        fc.property(
          fc.array(step, { minLength: 5, maxLength: 60 }),
          (steps) => {
            const { city, now, points } = play(steps, effort);
            const rows = standing(city.log);
            if (rows.length === 0) return;
            for (const of of catalogue)
              for (const scope of ["city", "east", "west"]) {
                checkPoints(of, scope, rows, now, points);
                const view = city.engine.view(`${of.id}@${scope}`)!;
                const at = newest(of, scope, city.log);
                if (at === -Infinity) {
                  expect(view).toMatchObject({ value: null, state: "stale" });
                  continue;
                }
                const value = expected(of, scope, rows, now);
                if (value === undefined) continue;
                // Where nothing can be said the last value stays, in grey.
                const isStale = value === null || now - at > of.staleAfter;
                expect([view.id, view.state]).toEqual([
                  view.id,
                  isStale ? "stale" : "none",
                ]);
                if (value !== null)
                  expect([view.id, close(view.value)]).toEqual([
                    view.id,
                    close(Math.round(value * 1e6) / 1e6),
                  ]);
              }
          },
        ),
        { numRuns: RUNS, seed: 20261120 },
      );
    },
    120_000,
  );
});

/** Every slot that is over was published with what its window holds. */
function checkPoints(
  of: Indicator,
  scope: string,
  rows: readonly Row[],
  now: number,
  points: ReadonlyMap<string, number | null>,
): void {
  const source = of.source as SensorSource;
  if (source.window.kind === "latest") return;
  const first = Math.min(...rows.map((row) => row.at));
  const own = good(rows, scope);
  for (
    let slot = Math.floor(first / MINUTE) * MINUTE;
    slot + MINUTE <= now;
    slot += MINUTE
  ) {
    const [from, to] = windowAt(source, slot);
    const inside = own.filter((row) => row.at >= from && row.at < to);
    const value = aggregate(source, inside);
    // Nothing at all is not published by most, but what was corrected away is told.
    if (inside.length === 0 && value !== null) continue;
    const key = `${of.id}@${scope} ${slot}`;
    expect([key, close(points.get(key) ?? null)]).toEqual([key, close(value)]);
  }
}
