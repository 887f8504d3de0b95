/** The log of readings over one engine, judged against a plain reference. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { RollupBucket } from "../../contract/reading.ts";
import { DAY, HOUR, MINUTE } from "../../contract/time.ts";
import { openStore } from "../../server/store/open.ts";
import type { Retention, Store } from "../../server/store/store.ts";
import { createChance, type Chance } from "../kit/chance.ts";
import { at, CITY_ZONE, rows, tuples } from "./city.ts";
import type { Engine, Room } from "./engines.ts";
import {
  createReference,
  LEVELS,
  type Reference,
  type Told,
} from "./reference.ts";

const SEED = Number(process.env["SEED"] ?? 20261120);
const EVER = Date.UTC(2099, 0);
const FOREVER: Retention = {
  raw: EVER,
  minute: EVER,
  hour: EVER,
  day: EVER,
  positions: EVER,
  quarantine: EVER,
  awaited: EVER,
  alarms: EVER,
};

export function readingsOver(engine: Engine): void {
  describe(
    `the log of readings on ${engine.name}, seed ${SEED}`,
    { timeout: 120_000 },
    () => {
      let room: Room;
      let url: string;
      let store: Store;
      beforeAll(async () => {
        room = await engine.start();
      }, 120_000);
      afterAll(() => room.stop(), 60_000);
      afterEach(() => store.close(), 60_000);

      const open = async (where?: string, timeZone = CITY_ZONE) => {
        url = where ?? (await room.empty());
        store = await openStore({ url, timeZone });
      };
      const all = (series: number) =>
        store.readings.range(Int32Array.of(series), 0, EVER).then(tuples);
      const value = async (series: number, when: number) =>
        (
          await store.readings.existing(
            Int32Array.of(series),
            Float64Array.of(when),
          )
        ).value[0];

      it("gives back every reading, late ones in their place, before and after a fold", async () => {
        await open();
        const noon = at("2026-11-20 12:00");
        await store.readings.append(
          rows([
            [3, noon, 1.5],
            [3, noon + 2 * MINUTE, 2.5, 1],
            [700, noon, -40],
          ]),
        );
        await store.readings.settle();
        await store.readings.append(
          rows([
            [3, noon + MINUTE, 1e-9, 2],
            [3, noon - DAY, 0.1 + 0.2],
          ]),
        );
        const expected = [
          [3, noon - DAY, 0.1 + 0.2, 0],
          [3, noon, 1.5, 0],
          [3, noon + MINUTE, 1e-9, 2],
          [3, noon + 2 * MINUTE, 2.5, 1],
        ];
        expect(await all(3)).toEqual(expected);
        await store.readings.settle();
        expect(await all(3)).toEqual(expected);
        const both = await store.readings.range(
          Int32Array.of(700, 3),
          noon,
          noon + MINUTE + 1,
        );
        expect(tuples(both).map(([series]) => series)).toEqual([3, 3, 700]);
        expect(await all(4)).toEqual([]);
      });

      it("tells what is known at an instant, of corrections the last", async () => {
        await open();
        const noon = at("2026-11-20 12:00");
        const corrected = async (to: number) => {
          await store.readings.append(rows([[9, noon, to]]));
          expect(await value(9, noon)).toBe(to);
        };
        expect(await value(9, noon)).toBeNaN();
        await corrected(10);
        await corrected(11);
        await store.readings.settle();
        expect(await value(9, noon)).toBe(11);
        await corrected(10);
        await store.readings.settle();
        expect(await value(9, noon)).toBe(10);
        expect(await value(9, noon + 1)).toBeNaN();
        expect(await value(10, noon)).toBeNaN();
        expect(await value(265, noon)).toBeNaN();
      });

      it("finds a reading among instants that were chosen to lie on one slot", async () => {
        await open();
        const chosen = Float64Array.from(colliding());
        const { length } = chosen;
        const value = new Float64Array(length).fill(7);
        await store.readings.append({
          ...{ count: length, series: new Int32Array(length).fill(9) },
          ...{ at: chosen.slice(), value, quality: new Uint8Array(length) },
        });
        const known = await store.readings.existing(
          new Int32Array(3).fill(9),
          Float64Array.of(chosen[0]!, chosen[length - 1]!, chosen[0]! + 1),
        );
        expect([...known.value]).toEqual([7, 7, NaN]);
      });

      it("keeps what a correction replaced, and counts a repeat once", async () => {
        await open();
        const noon = at("2026-11-20 12:00");
        for (const [told, fold] of [
          [10, false],
          [10, true],
          [12, true],
          [10, false],
        ] as const) {
          await store.readings.append(rows([[9, noon, told]]));
          if (fold) await store.readings.settle();
        }
        await store.readings.settle();
        const history = await store.readings.range(
          Int32Array.of(9),
          noon,
          noon + 1,
          true,
        );
        expect(Array.from(history.value.subarray(0, history.count))).toEqual([
          10, 12, 10,
        ]);
        expect((await store.readings.stats()).rows).toBe(3);
        const [minute] = await store.readings.rollup(
          9,
          "minute",
          noon,
          noon + MINUTE,
        );
        expect(minute).toEqual({
          ...{ at: noon, count: 1, sum: 10, min: 10, max: 10, last: 10 },
        });
      });

      it("rolls up over the turn of the year by the city's days", async () => {
        await open();
        const midnight = at("2027-01-01 00:00");
        await store.readings.append(
          rows([
            [1, midnight - 1, 1],
            [1, midnight, 2],
            [1, midnight + DAY - 1, 4],
            [1, midnight + DAY, 8],
          ]),
        );
        const days = () =>
          store.readings
            .rollup(1, "day", midnight - DAY, midnight + 2 * DAY)
            .then((buckets) => buckets.map(({ at, sum }) => [at, sum]));
        const expected = [
          [midnight - DAY, 1],
          [midnight, 6],
          [midnight + DAY, 8],
        ];
        expect(await days()).toEqual(expected);
        await store.readings.settle();
        expect(await days()).toEqual(expected);
      });

      it("gives the days of a city that changes its clocks 23 and 25 hours", async () => {
        await open(undefined, "America/New_York");
        const [spring, autumn] = [
          Date.parse("2026-03-08T00:00:00-05:00"),
          Date.parse("2026-11-01T00:00:00-04:00"),
        ];
        const hourly = (from: number) =>
          Array.from(
            { length: 50 },
            (_, i) => [5, from + i * HOUR, 1] as [number, number, number],
          );
        await store.readings.append(
          rows([...hourly(spring), ...hourly(autumn)]),
        );
        const days = () =>
          store.readings
            .rollup(5, "day", spring, EVER)
            .then((buckets) => buckets.map(({ at, count }) => [at, count]));
        const expected = [
          [spring, 23],
          [spring + 23 * HOUR, 24],
          [spring + 47 * HOUR, 3],
          [autumn, 25],
          [autumn + 25 * HOUR, 24],
          [autumn + 49 * HOUR, 1],
        ];
        expect(await days()).toEqual(expected);
        await store.readings.settle();
        expect(await days()).toEqual(expected);
      });

      it("counts hours by the city's clocks where they are half an hour off", async () => {
        await open(undefined, "Asia/Kolkata");
        const eight = Date.parse("2026-11-20T08:00:00+05:30");
        await store.readings.append(
          rows([
            [5, eight - 1, 1],
            [5, eight, 2],
            [5, eight + HOUR - 1, 3],
          ]),
        );
        await store.readings.settle();
        const hours = await store.readings.rollup(5, "hour", 0, EVER);
        expect(hours.map(({ at, sum }) => [at, sum])).toEqual([
          [eight - HOUR, 1],
          [eight, 5],
        ]);
        const days = await store.readings.rollup(5, "day", 0, EVER);
        expect(days.map(({ at, count }) => [at, count])).toEqual([
          [Date.parse("2026-11-20T00:00:00+05:30"), 3],
        ]);
      });

      it("adds up hours of many series together, bad readings left out, when the readings are pruned too", async () => {
        await open();
        const now = at("2026-11-20 12:00");
        const old = at("2026-09-10 10:00");
        await store.readings.append(
          rows([
            [2, old - 1, 64],
            [2, old, 1],
            [2, old + MINUTE, 1e6, 2],
            [700, old + HOUR, 2, 1],
            [700, old + 2 * HOUR, 4],
            [701, old, 8],
            [3, old, 5, 2],
          ]),
        );
        const told = async () => [
          await store.readings.total(
            Int32Array.of(2, 700, 3),
            "hour",
            old,
            old + 2 * HOUR,
          ),
          await store.readings.rollup(3, "hour", 0, EVER),
        ];
        const expected = [{ count: 2, sum: 3 }, []];
        expect(await told()).toEqual(expected);
        await store.readings.settle();
        expect(await told()).toEqual(expected);
        await store.prune(now, { ...FOREVER, raw: 2 * DAY });
        expect(await told()).toEqual(expected);
        await store.readings.append(rows([[2, old + 1, 7, 2]]));
        await store.readings.settle();
        expect(await told()).toEqual(expected);
      });

      it("is right at any moment of a random fortnight: late, corrected, repeated, folded, rolled up, opened again", async () => {
        await open();
        const chance = createChance(SEED);
        const reference = createReference(CITY_ZONE);
        const begin = at("2026-12-25 00:00");
        const series = [0, 1, 255, 256, 1000];
        for (let round = 0; round < 16; round++) {
          const told = Array.from({ length: 120 }, () => {
            const known = reference.any(chance);
            return known && chance.next() < 0.2
              ? repeated(known)
              : madeUp(chance, chance.one(series), begin);
          });
          for (const row of told) reference.tell(...row);
          await store.readings.append(rows(told));
          if (chance.next() < 0.3) await store.readings.settle();
          if (chance.next() < 0.15) {
            await store.close();
            await open(url);
          }
          await compare(store, reference, chance.one(series), round % 6 === 5);
        }
        for (const each of series) await compare(store, reference, each, true);
        await store.readings.settle();
        for (const each of series) await compare(store, reference, each, true);
      });

      it("replays after a restart exactly what came after the saved state", async () => {
        await open();
        const when = (i: number) => at("2026-11-20 12:00") + i;
        await store.readings.append(rows([[1, when(1), 1]]));
        const saving = store.readings.saveCheckpoint([
          { name: "sensors", blob: new Uint8Array(700_000).fill(7) },
          { name: "windows", blob: Uint8Array.of(1) },
        ]);
        const later = store.readings.append(rows([[1, when(2), 2]]));
        await Promise.all([saving, later]);
        await store.readings.append(rows([[1, when(3), 3]]));
        await store.readings.settle();
        await store.readings.saveCheckpoint([]);
        await store.readings.append(rows([[1, when(4), 4]]));
        await store.readings.append(rows([[1, when(5), 5]]));
        await store.readings.settle();
        const replay = async () => {
          const values: number[] = [];
          await store.readings.tail((part) =>
            values.push(...part.value.subarray(0, part.count)),
          );
          return values;
        };
        expect(await replay()).toEqual([4, 5]);
        await store.readings.saveCheckpoint([
          { name: "windows", blob: Uint8Array.of(2, 3) },
        ]);
        await store.close();
        await open(url);
        expect(await replay()).toEqual([]);
        const parts = await store.readings.checkpoint();
        expect([...parts.keys()].sort()).toEqual(["sensors", "windows"]);
        const sensors = Buffer.from(parts.get("sensors")!);
        expect(sensors.equals(Buffer.alloc(700_000, 7))).toBe(true);
        expect(parts.get("windows")).toEqual(Uint8Array.of(2, 3));
        expect((await all(1)).map(([, , kept]) => kept)).toEqual([
          1, 2, 3, 4, 5,
        ]);
      });

      it("covers by a saved state no reading that came after it was asked for", async () => {
        await open();
        const when = at("2026-11-20 12:00");
        const before = store.readings.append(rows([[1, when, 1]]));
        const saving = store.readings.saveCheckpoint([]);
        const after = store.readings.append(rows([[1, when + 1, 2]]));
        await Promise.all([before, saving, after]);
        const replayed: number[] = [];
        await store.readings.tail((part) =>
          replayed.push(...part.value.subarray(0, part.count)),
        );
        expect(replayed).toEqual([2]);
      });

      it("makes an append wait for the series it speaks of, and fail with them", async () => {
        await open();
        const when = at("2026-11-20 12:00");
        const named = store.series.add([
          { no: 0, system: "air", sensor: "A", metric: "pm25" },
        ]);
        await Promise.all([named, store.readings.append(rows([[0, when, 1]]))]);
        const unnamed = store.series.add([
          {
            no: 1,
            system: null as unknown as string,
            sensor: "A",
            metric: "no2",
          },
        ]);
        const orphan = store.readings.append(rows([[1, when, 1]]));
        await expect(unnamed).rejects.toThrow();
        await expect(orphan).rejects.toThrow();
        expect(await value(1, when)).toBeNaN();
        await store.readings.append(rows([[0, when + 1, 2]]));
        expect(await all(0)).toHaveLength(2);
      });

      it("keeps what the roll-ups say when the readings are pruned, and adds what comes later", async () => {
        await open();
        const now = at("2026-11-20 12:00");
        const old = at("2026-09-10 10:00");
        await store.readings.append(
          rows([
            [2, old, 1],
            [2, old + 10_000, 2],
            [2, old + MINUTE, 3],
            [2, now, 9],
          ]),
        );
        const keep = { ...FOREVER, raw: 2 * DAY };
        await store.prune(now, keep);
        expect((await all(2)).map(([, , kept]) => kept)).toEqual([9]);
        expect((await store.readings.stats()).rows).toBe(1);
        const bucket = async (level: (typeof LEVELS)[number]) => {
          const [first] = await store.readings.rollup(2, level, 0, now - DAY);
          return first && { ...first, at: 0 };
        };
        const minute = { at: 0, count: 2, sum: 3, min: 1, max: 2, last: 2 };
        const sum = { at: 0, count: 3, sum: 6, min: 1, max: 3, last: 3 };
        const isAsBefore = async () => {
          expect(await bucket("minute")).toEqual(minute);
          expect(await bucket("hour")).toEqual(sum);
          expect(await bucket("day")).toEqual(sum);
        };
        await isAsBefore();

        // Minutes and hours go too; the day stays.
        await store.readings.append(rows([[2, old + 20_000, 7]]));
        const more = { at: 0, count: 4, sum: 13, min: 1, max: 7, last: 3 };
        expect(await bucket("day")).toEqual(more);
        await store.readings.settle();
        expect(await bucket("minute")).toEqual({
          ...{ at: 0, count: 3, sum: 10, min: 1, max: 7, last: 7 },
        });
        expect(await bucket("day")).toEqual(more);
        await store.prune(now, {
          ...keep,
          minute: 3 * DAY,
          hour: 4 * DAY,
        });
        expect(await bucket("minute")).toBeUndefined();
        expect(await bucket("hour")).toBeUndefined();
        expect(await bucket("day")).toEqual(more);
        await store.readings.append(rows([[2, old + 30_000, 7]]));
        expect(await bucket("day")).toMatchObject({ count: 5, sum: 20 });
        await store.readings.settle();
        await store.close();
        await open(url);
        expect(await bucket("day")).toMatchObject({ count: 5, sum: 20 });
        await store.prune(now, {
          ...keep,
          ...{ minute: 3 * DAY, hour: 4 * DAY, day: 5 * DAY },
        });
        expect(await bucket("day")).toBeUndefined();
      });

      it("counts rows and bytes, and takes few bytes for a reading", async () => {
        await open();
        const begin = at("2026-11-20 00:00");
        const minutes = 24 * 60;
        for (let minute = 0; minute < minutes; minute += 60)
          await store.readings.append(
            rows(
              Array.from({ length: 60 * 20 }, (_, i) => {
                const when = begin + (minute + (i % 60)) * MINUTE;
                return [Math.floor(i / 60), when, ((i * 37) % 400) / 10];
              }),
            ),
          );
        const before = await store.readings.stats();
        expect(before.rows).toBe(minutes * 20);
        await store.readings.settle();
        const after = await store.readings.stats();
        expect(after).toMatchObject({ rows: minutes * 20, unfolded: 0 });
        expect(after.bytes / after.rows).toBeLessThan(12);
      });
    },
  );
}

async function compare(
  store: Store,
  reference: Reference,
  series: number,
  deeply: boolean,
): Promise<void> {
  const told = await store.readings.range(Int32Array.of(series), 0, EVER);
  expect(tuples(told)).toEqual(reference.rows(series));
  const known = reference.rows(series);
  const { value, quality } = await store.readings.existing(
    new Int32Array(known.length + 1).fill(series),
    Float64Array.from([...known.map(([, when]) => when), 1]),
  );
  expect(Array.from(value)).toEqual([...known.map((row) => row[2]), NaN]);
  expect(Array.from(quality)).toEqual([...known.map((row) => row[3]), 0]);
  if (!deeply) return;
  for (const level of LEVELS) {
    const buckets = await store.readings.rollup(series, level, 0, EVER);
    expect(buckets.map(rounded)).toEqual(
      reference.buckets(series, level).map(rounded),
    );
  }
}

type Row = [series: number, at: number, value: number, quality: number];

const repeated = ({ series, at, value, quality }: Told): Row => [
  series,
  at,
  value,
  quality,
];

/** Half of them within three hours, so that they meet; half with few decimals. */
function madeUp(chance: Chance, series: number, begin: number): Row {
  const within = chance.next() < 0.5 ? 3 * HOUR : 12 * DAY;
  const value =
    chance.next() < 0.5 ? chance.between(-500, 500) / 10 : chance.next() * 1e6;
  return [
    series,
    begin + Math.floor(chance.next() * within),
    value,
    chance.between(0, 3),
  ];
}

/** Sums may differ in their last bits: they are added in another order. */
const rounded = (bucket: RollupBucket) => ({
  ...bucket,
  sum: Number(bucket.sum.toPrecision(12)),
});

/**
 * 430,000 instants that a hash of (series, at) without a secret once laid on
 * one slot: every answer then took minutes.
 */
function* colliding(): Generator<number> {
  const factor = 0x85ebca6b;
  let inverse = 1;
  for (let i = 0; i < 5; i++)
    inverse = Math.imul(inverse, 2 - Math.imul(factor, inverse));
  for (let top = 0; top < 1024; top++) {
    // Such that folding its upper bits on its lower ones leaves the slot alone.
    let mixed = top << 22;
    mixed |= mixed >>> 15;
    mixed |= mixed >>> 15;
    const low = Math.imul(mixed, inverse) >>> 0;
    for (let high = 0; high < 420; high++) yield low + high * 2 ** 32;
  }
}
