import { describe, expect, it } from "vitest";
import type { Indicator } from "../../../contract/indicator.ts";
import { State } from "../../../contract/level.ts";
import { MINUTE } from "../../../contract/time.ts";
import { createTestCity, EIGHT, indicator } from "../../../test/kit/engine.ts";
import { limitsOf, stateOf } from "./levels.ts";

const ponding = indicator({
  scopes: ["city"],
  staleAfter: 10 * MINUTE,
  thresholds: { blue: 5, yellow: 15, orange: 25, red: 40 },
  source: {
    aggregate: "max",
    window: { kind: "latest", length: 0, step: 0 },
  },
});

/** Plays one value a minute. @returns the state after each. */
function states(of: Indicator, values: readonly (number | null)[]): string[] {
  const city = createTestCity([of]);
  return values.map((value, minute) => {
    const now = EIGHT + minute * MINUTE;
    if (value !== null) city.read([{ sensor: "e1", at: now, value }], now);
    city.engine.evaluate(now);
    return city.engine.view("water.depth@city")!.state;
  });
}

describe("a level", () => {
  it("rises at once, over several steps too", () => {
    expect(states(ponding, [0, 5, 45])).toEqual(["normal", "blue", "red"]);
  });

  it("falls only after two periods beyond its margin", () => {
    // Margin: 2 % of 40 − 5, so blue clears at 4.3.
    expect(states(ponding, [6, 4.2, 4.2, 4.2])).toEqual([
      "blue",
      "blue",
      "blue",
      "normal",
    ]);
  });

  it("stays where the value only dips below its limit", () => {
    expect(states(ponding, [6, 4.9, 4.9, 4.9, 4.9])).toEqual(
      Array(5).fill("blue"),
    );
  });

  it("counts its two periods anew when the value comes back", () => {
    expect(states(ponding, [6, 4, 4.5, 4, 4, 4])).toEqual([
      "blue",
      "blue",
      "blue",
      "blue",
      "blue",
      "normal",
    ]);
  });

  it("falls to the level that still holds", () => {
    expect(states(ponding, [45, 16, 16, 16]).at(-1)).toBe("yellow");
  });

  it("turns stale in silence, never normal, and is the same when data come back", () => {
    const silent = Array<null>(11).fill(null);
    expect(states(ponding, [45, ...silent, 39.9]).slice(-2)).toEqual([
      "stale",
      "red",
    ]);
  });

  it("is taken by low values where higher is better", () => {
    const pressure = indicator({
      ...ponding,
      direction: "H",
      thresholds: { blue: 0.2, red: 0.1 },
      source: { ...ponding.source, aggregate: "min" } as Indicator["source"],
    });
    expect(states(pressure, [0.3, 0.2, 0.1, 0.21, 0.21, 0.21])).toEqual([
      "normal",
      "blue",
      "red",
      "red",
      "red",
      "normal",
    ]);
  });

  it("is none where nothing is to be judged", () => {
    expect(states({ ...ponding, direction: "N", thresholds: {} }, [9])).toEqual(
      ["none"],
    );
  });

  it("says since when, and tells each change once", () => {
    const city = createTestCity([ponding]);
    const changes = [9, 9, 45].flatMap((value, minute) => {
      const now = EIGHT + minute * MINUTE;
      city.read([{ sensor: "e1", at: now, value }], now);
      return city.engine.evaluate(now).changes;
    });
    expect(changes.map(({ from, to, at }) => [from, to, at])).toEqual([
      ["stale", "blue", EIGHT],
      ["blue", "red", EIGHT + 2 * MINUTE],
    ]);
    expect(city.engine.view("water.depth@city")?.since).toBe(
      EIGHT + 2 * MINUTE,
    );
  });
});

describe("a deviation from the usual", () => {
  const calls = {
    direction: "L",
    thresholds: { blue: { deviation: 20 }, red: { deviation: 100 } },
    hysteresis: null,
  } as const;
  const state = (value: number, baseline: number | null) =>
    State.options[stateOf(limitsOf(calls, baseline), value)];

  it("is measured from the mean of the same weekday", () => {
    expect([119, 120, 200].map((value) => state(value, 100))).toEqual([
      "normal",
      "blue",
      "red",
    ]);
  });

  it("cannot be judged without that mean, or from a mean of nothing", () => {
    expect([state(500, null), state(500, 0)]).toEqual(["none", "none"]);
  });
});

it("an indicator without a stated margin has 2 % of the way from blue to red", () => {
  const limits = limitsOf(ponding, null)!;
  expect(limits.margin).toBeCloseTo(0.7);
});
