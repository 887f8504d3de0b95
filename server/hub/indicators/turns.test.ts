/** Work on the past is cut into turns, and what it holds in memory is bounded. */
import { describe, expect, it } from "vitest";
import { HOUR, MINUTE, SECOND } from "../../../contract/time.ts";
import {
  createTestCity,
  EIGHT,
  indicator,
  MIDNIGHT,
  rangeOf,
  rowsOf,
  type TestCity,
} from "../../../test/kit/engine.ts";
import type { Point } from "./findings.ts";
import type { RecomputeRequest } from "./requests.ts";

const sum = indicator({ source: { aggregate: "sum" } });
const citySum = { ...sum, scopes: ["city" as const] };
const day = indicator({
  scopes: ["city", "district"],
  source: {
    aggregate: "sum",
    window: { kind: "tumbling", length: 24 * HOUR, step: 0 },
  },
});

/** Asks and evaluates once a second until nothing is left. @returns what was asked and what each evaluation published */
function settle(city: TestCity, from: number) {
  const requests: RecomputeRequest[] = [];
  const turns: Point[][] = [];
  let now = from;
  do {
    const asked = city.engine.pendingRecomputes(now);
    for (const request of asked)
      city.engine.recomputed(request, rangeOf(city.log, request));
    requests.push(...asked);
    do turns.push(city.engine.evaluate(now).points);
    while (city.engine.busy);
    now += SECOND;
  } while (!city.engine.settled && now < from + HOUR);
  return { requests, turns };
}
const panesOf = ({ from, to }: RecomputeRequest) => (to - from) / MINUTE;

describe("an old history of one sensor", () => {
  const OLD = MIDNIGHT - 20 * 24 * HOUR;
  const MINUTES = 2500;
  function backfilled(): TestCity {
    const city = createTestCity([citySum], { effort: 1000 });
    city.read([{ sensor: "e1", at: EIGHT, value: 1 }], EIGHT);
    city.engine.evaluate(EIGHT);
    const series = city.sensors.add("s", "e1", "depth").no;
    const rows = Array.from({ length: MINUTES }, (_, i) => ({
      series,
      at: OLD + i * MINUTE,
      value: i,
    }));
    city.engine.applyLate(rowsOf(rows), [], EIGHT);
    city.log.push(...rows.map((row) => ({ ...row, sensor: "e1" })));
    return city;
  }

  it("is asked for a thousand panes at a time", () => {
    const { requests } = settle(backfilled(), EIGHT);
    expect(requests.map(panesOf)).toEqual([1000, 1000, 500]);
  });

  it("is published some slots at each evaluation, every slot once", () => {
    const { turns } = settle(backfilled(), EIGHT);
    expect(Math.max(...turns.map(({ length }) => length))).toBeLessThan(110);
    expect(turns.flat().map(({ at, value }) => [at, value])).toEqual(
      Array.from({ length: MINUTES }, (_, i) => [OLD + i * MINUTE, i]),
    );
  });

  it("publishes only slots whose windows changed", () => {
    const city = createTestCity([citySum]);
    city.read([{ sensor: "e1", at: EIGHT, value: 1 }], EIGHT);
    city.engine.evaluate(EIGHT);
    const ats = [OLD, OLD + 500 * MINUTE];
    for (const at of ats) city.read([{ sensor: "e1", at, value: 7 }], EIGHT);
    const { requests, turns } = settle(city, EIGHT);
    expect(requests).toHaveLength(1);
    expect(turns.flat().map(({ at }) => at)).toEqual(ats);
  });

  it("is not lost where the hub restarts before it is published", () => {
    const city = backfilled();
    const [request] = city.engine.pendingRecomputes(EIGHT);
    city.engine.recomputed(request!, rangeOf(city.log, request!));
    const before = city.engine.evaluate(EIGHT).points;
    const parts = [...city.sensors.save(), ...city.engine.save()];
    const after = createTestCity([citySum], { effort: 1000 });
    after.register("e1");
    const saved = new Map(parts.map(({ name, blob }) => [name, blob]));
    after.sensors.load(saved);
    after.engine.load(saved);
    after.log.push(...city.log);
    const { turns } = settle(after, EIGHT);
    const told = [...before, ...turns.flat()].map(({ at }) => at);
    expect(new Set(told).size).toBe(MINUTES);
  });
});

describe("readings that come late all the time", () => {
  const hourly = indicator({
    scopes: ["city"],
    source: {
      aggregate: "sum",
      window: { kind: "sliding", length: HOUR, step: MINUTE },
    },
  });
  const late = (i: number) => EIGHT - 30 * MINUTE + i * SECOND;

  it("pile up no slots where publishing takes longer than they need to come", () => {
    const city = createTestCity([hourly], { effort: 1 });
    city.read([{ sensor: "e1", at: late(0), value: 1 }], EIGHT);
    city.read([{ sensor: "e1", at: EIGHT, value: 1 }], EIGHT);
    city.engine.evaluate(EIGHT);
    while (city.engine.busy) city.engine.evaluate(EIGHT);
    for (let i = 1; i < 50; i++) {
      city.read([{ sensor: "e1", at: late(i), value: 1 }], EIGHT);
      city.engine.evaluate(EIGHT + 10 * i * SECOND);
    }
    const { turns } = settle(city, EIGHT + 500 * SECOND);
    const points = turns.flat();
    expect(points.findLast(({ at }) => at === late(0))?.value).toBe(50);
    expect(points.length).toBeLessThan(3 * 60);
  });
});

describe("what arrives while rows are counted in turns", () => {
  it("stands over rows that were counted already", () => {
    const city = createTestCity([citySum], { effort: 40 });
    const at = (i: number) => EIGHT + i * SECOND;
    for (let i = 0; i < 9; i++)
      city.read([{ sensor: "e1", at: at(i), value: 1 }], EIGHT);
    city.read([{ sensor: "e1", at: at(0), value: 2 }], EIGHT);
    const [request] = city.engine.pendingRecomputes(EIGHT);
    city.engine.recomputed(request!, rangeOf(city.log, request!));
    city.engine.evaluate(EIGHT);
    city.read([{ sensor: "e1", at: at(0), value: 100 }], EIGHT);
    city.read([{ sensor: "e1", at: at(8), value: 50 }], EIGHT);
    settle(city, EIGHT + SECOND);
    expect(city.engine.view("water.depth@city")?.value).toBe(157);
  });
});

describe("a sensor that changes its district all the time", () => {
  function moved(seconds: number) {
    const city = createTestCity([day]);
    city.register("e1");
    city.read([{ sensor: "e1", at: EIGHT, value: 4 }], EIGHT);
    city.engine.evaluate(EIGHT);
    const requests: RecomputeRequest[] = [];
    for (let s = 1; s <= seconds; s++) {
      const now = EIGHT + s * SECOND;
      city.register("e1", { district: s % 2 ? "west" : "east" });
      const asked = city.engine.pendingRecomputes(now);
      for (const request of asked)
        city.engine.recomputed(request, rangeOf(city.log, request));
      requests.push(...asked);
      city.engine.evaluate(now);
    }
    return { city, requests };
  }

  it("has what is kept counted anew in pieces, once in half a minute", () => {
    const { requests } = moved(29);
    expect(Math.max(...requests.map(panesOf))).toBeLessThanOrEqual(1000);
    const from = requests.map((request) => request.from);
    expect(from).toEqual([...new Set(from)].sort((a, b) => a - b));
  });

  it("is counted where it is in the end", () => {
    const { city } = moved(29);
    settle(city, EIGHT + 30 * SECOND);
    const of = (scope: string) =>
      city.engine.view(`water.depth@${scope}`)?.value;
    expect([of("city"), of("east"), of("west")]).toEqual([4, 0, 4]);
  });
});

describe("readings far ahead of an indicator's time", () => {
  const size = ({ engine }: TestCity) => engine.save()[0]!.blob.length;

  it("open no panes, however many they are", () => {
    const sizes = [2000, 4000].map((count) => {
      const city = createTestCity([citySum]);
      city.read([{ sensor: "e1", at: EIGHT, value: 1 }], EIGHT);
      city.engine.evaluate(EIGHT);
      const series = city.sensors.add("s", "e1", "depth").no;
      const rows = Array.from({ length: count }, (_, i) => ({
        series,
        at: EIGHT + HOUR + i * MINUTE,
        value: 1,
      }));
      city.engine.apply(rowsOf(rows), EIGHT);
      return size(city);
    });
    expect(sizes[1]).toBe(sizes[0]);
  });

  it("count when their time has come", () => {
    const city = createTestCity([citySum]);
    city.read([{ sensor: "e1", at: EIGHT + HOUR, value: 5 }], EIGHT);
    city.engine.evaluate(EIGHT);
    const now = EIGHT + HOUR + SECOND;
    city.read([{ sensor: "e2", at: now, value: 1 }], now);
    settle(city, now);
    expect(city.engine.view("water.depth@city")?.value).toBe(6);
  });
});

describe("a window whose only reading was corrected to a bad one", () => {
  it.each([
    ["kept", MINUTE],
    ["gone", HOUR],
  ])("is published as empty where its pane is %s", (_, later) => {
    const city = createTestCity([indicator()]);
    for (const sensor of ["e1", "w1"]) city.register(sensor);
    city.read([{ sensor: "w1", at: EIGHT - HOUR, value: 1 }], EIGHT);
    city.read([{ sensor: "e1", at: EIGHT, value: 9 }], EIGHT);
    city.engine.evaluate(EIGHT);
    const now = EIGHT + later;
    city.engine.evaluate(now);
    city.read([{ sensor: "e1", at: EIGHT, value: 8, quality: 2 }], now);
    const { turns } = settle(city, now + 10 * SECOND);
    // West never had a value then, and has none now.
    expect(turns.flat()).toMatchObject([
      { scope: "city", at: EIGHT, value: null },
      { scope: "east", at: EIGHT, value: null },
    ]);
  });
});
