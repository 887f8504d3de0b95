import { describe, expect, it } from "vitest";
import { HOUR, MINUTE, SECOND } from "../../../contract/time.ts";
import {
  createTestCity,
  EIGHT,
  indicator,
  type TestCity,
} from "../../../test/kit/engine.ts";
import type { Findings } from "./engine.ts";

const shown = (found: Findings) =>
  Object.fromEntries(found.views.map(({ id, value }) => [id, value]));

describe("a window of a minute", () => {
  it("shows the mean of the city and of each district at once", () => {
    const city = createTestCity([indicator()]);
    city.register("e1");
    city.register("w1");
    city.read(
      [
        { sensor: "e1", at: EIGHT + 1000, value: 10 },
        { sensor: "w1", at: EIGHT + 2000, value: 20 },
      ],
      EIGHT + 2000,
    );
    expect(shown(city.engine.evaluateDirty(EIGHT + 2000))).toEqual({
      "water.depth@city": 15,
      "water.depth@east": 10,
      "water.depth@west": 20,
    });
  });

  it("is published when it is over, under the time it began", () => {
    const city = createTestCity([indicator({ scopes: ["city"] })]);
    city.read([{ sensor: "e1", at: EIGHT + 5000, value: 8 }], EIGHT + 5000);
    expect(city.engine.evaluate(EIGHT + 59_999).points).toEqual([]);
    expect(city.engine.evaluate(EIGHT + MINUTE).points).toMatchObject([
      { scope: "city", at: EIGHT, value: 8 },
    ]);
  });

  it("takes a late reading into its own minute and publishes that minute again", () => {
    const city = createTestCity([
      indicator({ scopes: ["city"], source: { aggregate: "sum" } }),
    ]);
    city.read([{ sensor: "e1", at: EIGHT + 5000, value: 8 }], EIGHT + 5000);
    city.read([{ sensor: "e1", at: EIGHT + 65_000, value: 1 }], EIGHT + 65_000);
    city.engine.evaluate(EIGHT + 70_000);
    city.read([{ sensor: "e1", at: EIGHT + 6000, value: 4 }], EIGHT + 71_000);
    const found = city.engine.evaluate(EIGHT + 80_000);
    expect(found.points).toMatchObject([{ at: EIGHT, value: 12 }]);
    expect(shown(found)).toEqual({ "water.depth@city": 1 });
  });

  it("is computed anew from the store when its highest value is corrected", () => {
    const city = createTestCity([
      indicator({ scopes: ["city"], source: { aggregate: "max" } }),
    ]);
    city.read(
      [
        { sensor: "e1", at: EIGHT + 1000, value: 7 },
        { sensor: "e2", at: EIGHT + 1000, value: 90 },
        { sensor: "e2", at: EIGHT + 1000, value: 9 },
      ],
      EIGHT + 1000,
    );
    city.engine.evaluate(EIGHT + 1000);
    expect(city.recompute(EIGHT + 1000)).toBe(1);
    expect(shown(city.engine.evaluate(EIGHT + 1100))).toEqual({
      "water.depth@city": 9,
    });
  });

  it("keeps what arrives while the store is being asked", () => {
    const city = createTestCity([
      indicator({ scopes: ["city"], source: { aggregate: "sum" } }),
    ]);
    city.read([{ sensor: "e1", at: EIGHT, value: 1 }], EIGHT);
    city.read([{ sensor: "e1", at: EIGHT, value: 2 }], EIGHT);
    const [request] = city.engine.pendingRecomputes(EIGHT + 1000);
    city.read([{ sensor: "e2", at: EIGHT + 1, value: 40 }], EIGHT + 1000);
    city.engine.recomputed(request!, {
      count: 1,
      series: Int32Array.of(0),
      at: Float64Array.of(EIGHT),
      value: Float64Array.of(2),
      quality: Uint8Array.of(0),
    });
    expect(shown(city.engine.evaluate(EIGHT + 1000))).toEqual({
      "water.depth@city": 42,
    });
  });
});

describe("a day's running total", () => {
  const total = indicator({
    scopes: ["city"],
    every: 15 * MINUTE,
    staleAfter: HOUR,
    source: {
      aggregate: "sum",
      window: { kind: "tumbling", length: 24 * HOUR, step: 0 },
    },
  });

  it("grows from midnight and is published every quarter of an hour", () => {
    const city = createTestCity([total]);
    const midnight = EIGHT - 8 * HOUR;
    city.read([{ sensor: "e1", at: midnight - 1, value: 100 }], midnight);
    city.read([{ sensor: "e1", at: midnight, value: 1 }], midnight);
    city.read([{ sensor: "e1", at: midnight + HOUR, value: 2 }], midnight);
    const found = city.engine.evaluate(midnight + HOUR + 1);
    expect(shown(found)).toEqual({ "water.depth@city": 3 });
    expect(found.points.map(({ value }) => value)).toEqual([100, 1, 1, 1, 1]);
  });
});

describe("a sliding window", () => {
  it("forgets what is older than its length, step by step", () => {
    const city = createTestCity([
      indicator({
        scopes: ["city"],
        every: 5 * MINUTE,
        staleAfter: HOUR,
        source: {
          aggregate: "sum",
          window: { kind: "sliding", length: 15 * MINUTE, step: 5 * MINUTE },
        },
      }),
    ]);
    const value = (minutes: number) => {
      city.engine.evaluate(EIGHT + minutes * MINUTE);
      return city.engine.view("water.depth@city")?.value;
    };
    city.read([{ sensor: "e1", at: EIGHT, value: 1 }], EIGHT);
    city.read([{ sensor: "e1", at: EIGHT + 6 * MINUTE, value: 2 }], EIGHT);
    expect([value(6), value(14), value(15), value(20)]).toEqual([3, 3, 2, 0]);
  });
});

describe("the newest values of all sensors", () => {
  const highest = indicator({
    every: 10 * SECOND,
    staleAfter: 30 * SECOND,
    source: {
      aggregate: "max",
      window: { kind: "latest", length: 0, step: 0 },
    },
  });

  it("leave out a sensor that fell silent, and turn stale with the last", () => {
    const city = createTestCity([highest]);
    city.read([{ sensor: "e1", at: EIGHT, value: 90 }], EIGHT);
    city.read([{ sensor: "e2", at: EIGHT + 20_000, value: 5 }], EIGHT + 20_000);
    const at = (seconds: number) => {
      city.engine.evaluate(EIGHT + seconds * SECOND);
      const view = city.engine.view("water.depth@city")!;
      return [view.value, view.state, view.freshness];
    };
    expect(at(30)).toEqual([90, "none", "live"]);
    expect(at(31)).toEqual([5, "none", "live"]);
    expect(at(51)).toEqual([5, "stale", "stale"]);
  });

  it("follow a correction of the highest without asking the store", () => {
    const city = createTestCity([highest]);
    city.read([{ sensor: "e1", at: EIGHT, value: 90 }], EIGHT);
    city.read([{ sensor: "e2", at: EIGHT, value: 5 }], EIGHT);
    city.read([{ sensor: "e1", at: EIGHT, value: 2 }], EIGHT);
    expect(shown(city.engine.evaluate(EIGHT))).toMatchObject({
      "water.depth@city": 5,
    });
    expect(city.recompute(EIGHT)).toBe(0);
  });
});

describe("a sensor that is entered again in another district", () => {
  const sum = indicator({ source: { aggregate: "sum" } });
  const totals = ({ engine }: TestCity) =>
    ["city", "east", "west"].map(
      (scope) => engine.view(`water.depth@${scope}`)?.value,
    );

  it("takes its readings of the present window along", () => {
    const city = createTestCity([sum]);
    city.register("e1");
    city.register("w1");
    city.read([{ sensor: "e1", at: EIGHT, value: 4 }], EIGHT);
    city.read([{ sensor: "w1", at: EIGHT, value: 1 }], EIGHT);
    city.engine.evaluate(EIGHT);
    expect(totals(city)).toEqual([5, 4, 1]);
    city.register("e1", { district: "west" });
    city.recompute(EIGHT + 1000);
    city.engine.evaluate(EIGHT + 1000);
    expect(totals(city)).toEqual([5, 0, 5]);
  });

  it("does so too where the hub restarts before the store was asked", () => {
    const city = createTestCity([sum]);
    city.register("e1");
    city.read([{ sensor: "e1", at: EIGHT, value: 4 }], EIGHT);
    city.engine.evaluate(EIGHT);
    const parts = [...city.sensors.save(), ...city.engine.save()];
    const after = createTestCity([sum]);
    after.register("e1", { district: "west" });
    after.log.push(...city.log);
    const saved = new Map(parts.map(({ name, blob }) => [name, blob]));
    after.sensors.load(saved);
    after.engine.load(saved);
    after.recompute(EIGHT + 1000);
    after.engine.evaluate(EIGHT + 1000);
    expect(totals(after)).toEqual([4, 0, 4]);
  });
});

describe("an edit of the catalogue", () => {
  it("keeps the value where only limits change, and judges it anew", () => {
    const before = indicator({ thresholds: { red: 50 } });
    const city = createTestCity([before]);
    city.read([{ sensor: "e1", at: EIGHT, value: 40 }], EIGHT);
    city.engine.evaluate(EIGHT);
    city.engine.setCatalogue([{ ...before, thresholds: { red: 30 } }]);
    const { changes } = city.engine.evaluateDirty(EIGHT);
    expect(changes).toMatchObject([
      { scope: "city", from: "normal", to: "red", value: 40 },
    ]);
  });

  it("computes a new indicator from what the store has", () => {
    const city = createTestCity([indicator()]);
    city.read([{ sensor: "e1", at: EIGHT, value: 40 }], EIGHT);
    city.engine.setCatalogue([
      indicator(),
      indicator({ id: "water.highest", source: { aggregate: "max" } }),
    ]);
    city.recompute(EIGHT);
    city.engine.evaluate(EIGHT);
    expect(city.engine.view("water.highest@city")?.value).toBe(40);
  });

  it("is refused with sentences where an indicator cannot run", () => {
    const city = createTestCity([]);
    expect(() =>
      city.engine.setCatalogue([
        indicator({ source: { from: "formula", formula: 'ind["no.such"]' } }),
      ]),
    ).toThrow("water.depth reads no.such, which the catalogue does not have");
  });
});
