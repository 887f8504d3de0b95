import { describe, expect, it } from "vitest";
import type { Indicator } from "../../contract/indicator.ts";
import type { SensorView } from "../../contract/sensor.ts";
import { aqiClass } from "./aqi.ts";
import { bandsOf, levelAt, limitsOf } from "./bands.ts";
import { judgeOf, judgeSensor, worstFirst } from "./judge.ts";

describe("thresholds", () => {
  const ponding = limitsOf({ blue: 5, yellow: 15, orange: 25, red: 40 }, null);

  it("make bands upwards where lower is better", () => {
    const bands = bandsOf(ponding, "L");
    expect(bands.at(0)).toEqual({ level: "blue", from: 5, to: 15 });
    expect(bands.at(-1)).toEqual({ level: "red", from: 40, to: Infinity });
    expect(levelAt(25, bands)).toBe("orange");
    expect(levelAt(4.9, bands)).toBeNull();
  });

  it("make bands downwards where higher is better", () => {
    const limits = limitsOf({ blue: 95, yellow: 90, red: 80 }, null);
    const bands = bandsOf(limits, "H");
    expect(bands.at(-1)).toEqual({ level: "red", from: -Infinity, to: 80 });
    expect(levelAt(90, bands)).toBe("yellow");
    expect(levelAt(99, bands)).toBeNull();
  });

  it("colour nothing that is neutral", () =>
    expect(bandsOf(ponding, "N")).toEqual([]));

  it("that deviate from the usual need to know what is usual", () => {
    const calls = { blue: { deviation: 20 }, red: { deviation: 150 } };
    expect(limitsOf(calls, null)).toEqual([]);
    expect(limitsOf(calls, 200)).toEqual([
      { level: "red", value: 500 },
      { level: "blue", value: 240 },
    ]);
  });
});

describe("air quality (HJ 633)", () => {
  it.each([
    [50, 1],
    [51, 2],
    [150, 3],
    [200, 4],
    [300, 5],
    [301, 6],
  ])("an AQI of %i is class %i", (aqi, expected) =>
    expect(aqiClass(aqi)).toBe(expected),
  );
});

describe("a single sensor", () => {
  const pier = (value: number, more: Partial<SensorView> = {}) =>
    ({
      id: `bridges/${value}`,
      system: "bridges",
      kind: "pier",
      name: `pier ${value}`,
      values: [{ metric: "stress", unit: "MPa", value, at: 1 }],
      state: "none",
      freshness: "live",
      ...more,
    }) as SensorView;
  const row = (scopes: Indicator["scopes"], aggregate: string) =>
    ({
      scopes,
      source: {
        from: "sensors",
        metric: "stress",
        kind: "pier",
        system: null,
        aggregate,
      },
    }) as Indicator;
  const own = { limits: { blue: 60, red: 90 }, direction: "L" as const };

  it("is judged by the indicator that judges each sensor, else by the worst of all", () => {
    const worst = row(["city"], "max");
    const each = row(["object"], "mean");
    const catalogue = [row(["city"], "mean"), worst, each];
    expect(judgeOf(catalogue, pier(1), "stress")).toBe(each);
    expect(judgeOf([catalogue[0]!, worst], pier(1), "stress")).toBe(worst);
    expect(judgeOf([catalogue[0]!], pier(1), "stress")).toBeNull();
  });

  it("is judged by the screen's own limits where the hub has no opinion", () => {
    const state = (value: number, more: Partial<SensorView> = {}) => {
      const sensor = pier(value, more);
      return judgeSensor(sensor, sensor.values[0], null, own).state;
    };
    expect(state(50)).toBe("normal");
    expect(state(95)).toBe("red");
    expect(state(50, { state: "orange" })).toBe("orange");
  });

  it("is never normal without fresh data", () => {
    const silent = pier(50, { freshness: "lost", state: "normal" });
    expect(judgeSensor(silent, silent.values[0], null, own).state).toBe(
      "stale",
    );
  });

  it("comes first when it is worse, or nearer to its limit", () => {
    const judged = [pier(10), pier(58), pier(70), pier(20)].map((sensor) => {
      const reading = sensor.values[0];
      return { sensor, reading, ...judgeSensor(sensor, reading, null, own) };
    });
    const order = judged.sort(worstFirst).map((one) => one.reading?.value);
    expect(order).toEqual([70, 58, 20, 10]);
  });
});
