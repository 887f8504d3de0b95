import { describe, expect, it } from "vitest";
import type { Indicator } from "../../../contract/indicator.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../../contract/time.ts";
import {
  createTestCity,
  EIGHT,
  indicator,
  type TestCity,
} from "../../../test/kit/engine.ts";

const latest = { kind: "latest", length: 0, step: 0 } as const;
const value = (city: TestCity, id: string) => city.engine.view(id)?.value;
const state = (city: TestCity, id: string) => city.engine.view(id)?.state;

describe("a formula over other indicators", () => {
  const city = () =>
    createTestCity([
      indicator({
        id: "water.load",
        precision: 1,
        source: { from: "formula", formula: 'ind["water.use"] / 8 * 100' },
      }),
      indicator({
        id: "water.half",
        scopes: ["city"],
        source: { from: "formula", formula: 'ind["water.load"] / 2' },
      }),
      indicator({ id: "water.use", source: { aggregate: "sum" } }),
    ]);

  it("follows at once, in every district, through other formulas", () => {
    const test = city();
    test.register("e1");
    test.register("w1");
    test.engine.evaluate(EIGHT);
    test.read(
      [
        { sensor: "e1", at: EIGHT, value: 4 },
        { sensor: "w1", at: EIGHT, value: 2 },
      ],
      EIGHT,
    );
    const { views } = test.engine.evaluateDirty(EIGHT);
    const shown = Object.fromEntries(views.map((v) => [v.id, v.value]));
    expect(shown).toMatchObject({
      "water.load@city": 75,
      "water.load@east": 50,
      "water.load@west": 25,
      "water.half@city": 37.5,
    });
  });

  it("is stale, never normal, where what it reads is stale", () => {
    const test = city();
    test.read([{ sensor: "e1", at: EIGHT, value: 4 }], EIGHT);
    test.engine.evaluate(EIGHT);
    test.engine.evaluate(EIGHT + 10 * MINUTE);
    expect(state(test, "water.half@city")).toBe("stale");
  });

  it("is published at the end of its slot, as it stood", () => {
    const test = city();
    test.read([{ sensor: "e1", at: EIGHT, value: 4 }], EIGHT);
    test.engine.evaluate(EIGHT);
    const { points } = test.engine.evaluate(EIGHT + MINUTE);
    expect(points.find((p) => p.indicator === "water.half")).toMatchObject({
      scope: "city",
      at: EIGHT,
      value: 25,
    });
  });
});

describe("a value that a department reports", () => {
  const gdp = indicator({
    id: "econ.growth",
    owner: "STAT",
    every: 30 * DAY,
    staleAfter: 90 * DAY,
    source: { from: "reported" },
  });
  const item = { indicator: "econ.growth", scope: "city", at: EIGHT, value: 5 };

  it("is shown and published under its own time", () => {
    const city = createTestCity([gdp]);
    city.engine.report(item, EIGHT + HOUR);
    const found = city.engine.evaluate(EIGHT + HOUR);
    expect(found.points).toMatchObject([{ at: EIGHT, value: 5 }]);
    expect(city.engine.view("econ.growth@city")).toMatchObject({
      value: 5,
      at: EIGHT,
      receivedAt: EIGHT + HOUR,
      freshness: "live",
    });
  });

  it("never gives way to an older one, and does to a correction", () => {
    const city = createTestCity([gdp]);
    city.engine.report(item, EIGHT);
    city.engine.report({ ...item, at: EIGHT - DAY, value: 1 }, EIGHT);
    city.engine.evaluate(EIGHT);
    expect(value(city, "econ.growth@city")).toBe(5);
    city.engine.report({ ...item, value: 6 }, EIGHT);
    city.engine.evaluate(EIGHT);
    expect(value(city, "econ.growth@city")).toBe(6);
  });

  it.each([
    [{}, "TAX", "/indicator", "econ.growth has one source, STAT"],
    [{ indicator: "no.such" }, "STAT", "/indicator", "no indicator no.such"],
    [{ scope: "north" }, "STAT", "/scope", "is not kept for north"],
  ])("is refused: %o by %s", (change, department, path, message) => {
    const { engine } = createTestCity([gdp]);
    const refused = engine.refusal({ ...item, ...change }, department, EIGHT);
    expect(refused?.path).toBe(path);
    expect(refused?.message).toContain(message);
  });

  it("may fill in the past of what the hub computes, and not its present", () => {
    const city = createTestCity([indicator({ scopes: ["city"] })]);
    const past = { ...item, indicator: "water.depth", at: EIGHT - 2 * HOUR };
    expect(city.engine.refusal(past, "WATER", EIGHT)).toBeNull();
    expect(
      city.engine.refusal({ ...past, at: EIGHT }, "WATER", EIGHT)?.message,
    ).toContain("computed by the hub");
    city.engine.report(past, EIGHT);
    const { points } = city.engine.evaluate(EIGHT);
    expect(points).toMatchObject([{ at: EIGHT - 2 * HOUR, value: 5 }]);
    expect(value(city, "water.depth@city")).toBeNull();
  });
});

describe("what the hub measures of itself", () => {
  const open = indicator({
    id: "city.open",
    source: { from: "internal", measure: "openIncidents" },
  });

  it("is an indicator like any other, by district too", () => {
    const city = createTestCity([open]);
    city.engine.measure({ openIncidents: 7, "openIncidents@east": 2 }, EIGHT);
    city.engine.evaluate(EIGHT);
    expect(value(city, "city.open@city")).toBe(7);
    expect(value(city, "city.open@east")).toBe(2);
    expect(state(city, "city.open@west")).toBe("stale");
  });

  it("says nothing of a rate over too few matters, so that it is no colour and no alarm", () => {
    const city = createTestCity([
      indicator({
        ...{ id: "city.onTime", direction: "H", thresholds: { red: 80 } },
        source: { from: "internal", measure: "onTimeRate", least: 20 },
      }),
    ]);
    const onTime = (n: number, of: number) => {
      city.engine.measure(
        { onTimeRate: { n, of }, "onTimeRate@east": { n: 0, of: 19 } },
        EIGHT,
      );
      city.engine.evaluate(EIGHT);
    };
    onTime(0, 19);
    expect(value(city, "city.onTime@city")).toBeNull();
    expect(state(city, "city.onTime@city")).toBe("stale");
    onTime(19, 20);
    expect(value(city, "city.onTime@city")).toBe(95);
    expect(state(city, "city.onTime@city")).toBe("normal");
    expect(state(city, "city.onTime@east")).toBe("stale");
  });

  it("includes how many of its sensors speak", () => {
    const city = createTestCity([
      indicator({
        id: "city.online",
        source: { from: "internal", measure: "iotOnlineRate" },
      }),
    ]);
    for (const sensor of ["e1", "e2", "w1", "w2"]) city.register(sensor);
    city.read(
      [
        { sensor: "e1", at: EIGHT, value: 1 },
        { sensor: "e2", at: EIGHT, value: 1 },
        { sensor: "w1", at: EIGHT, value: 1 },
        { sensor: "unregistered", at: EIGHT, value: 1 },
      ],
      EIGHT,
    );
    city.engine.measure({}, EIGHT);
    city.engine.evaluate(EIGHT);
    expect(value(city, "city.online@city")).toBe(75);
    expect(value(city, "city.online@east")).toBe(100);
    expect(value(city, "city.online@west")).toBe(50);
  });

  it("includes its health: the mean of the themes, grey ones left out", () => {
    const judged = (id: string, theme: string, red: number) =>
      indicator({
        ...{ id, theme, scopes: ["city"], thresholds: { red } },
        source: { aggregate: "max", window: latest },
      });
    const city = createTestCity([
      judged("water.a", "水务", 50),
      judged("water.b", "水务", 500),
      judged("air.a", "环境", 500),
      indicator({ id: "econ.a", theme: "经济", source: { from: "reported" } }),
      indicator({
        ...{ id: "city.health", theme: "城市", scopes: ["city"] },
        source: { from: "internal", measure: "healthIndex" },
      }),
    ]);
    city.read([{ sensor: "e1", at: EIGHT, value: 60 }], EIGHT);
    city.engine.evaluate(EIGHT);
    city.engine.measure({}, EIGHT);
    city.engine.evaluate(EIGHT);
    // 水务: one red, one normal; 环境: normal.
    expect(value(city, "city.health@city")).toBe((50 + 100) / 2);
  });

  it("does not take the silence after a start for an outage", () => {
    const city = createTestCity([
      indicator({
        id: "city.online",
        direction: "H",
        thresholds: { red: 80 },
        source: { from: "internal", measure: "iotOnlineRate" },
      }),
    ]);
    city.register("e1");
    city.engine.measure({}, EIGHT, false);
    city.engine.evaluate(EIGHT);
    expect(state(city, "city.online@city")).toBe("stale");
  });

  it("is stale while it cannot be measured", () => {
    const city = createTestCity([open]);
    city.engine.measure({ openIncidents: null }, EIGHT);
    city.engine.evaluate(EIGHT);
    expect(state(city, "city.open@city")).toBe("stale");
  });
});

describe("an indicator of each object", () => {
  const methane = indicator({
    id: "util.gas",
    scopes: ["city", "object"],
    thresholds: { blue: 0.25, red: 2.5 },
    source: { aggregate: "max", window: latest, kind: "gas" },
  });

  it("colours its sensor, and turns it grey in silence", () => {
    const city = createTestCity([methane]);
    city.register("e1", { kind: "gas", period: 10 * SECOND });
    city.register("e2", { kind: "gauge" });
    city.read(
      [
        { sensor: "e1", at: EIGHT, value: 3 },
        { sensor: "e2", at: EIGHT, value: 3 },
      ],
      EIGHT,
    );
    city.engine.evaluate(EIGHT);
    const sensorState = (name: string) =>
      city.sensors.state(city.sensors.find("s", name));
    expect(city.engine.view("util.gas@s/e1")).toMatchObject({
      value: 3,
      state: "red",
    });
    expect([sensorState("e1"), sensorState("e2")]).toEqual(["red", "none"]);
    // Ten seconds is the metric's own period: after three of them it is stale.
    city.engine.evaluate(EIGHT + 31 * SECOND);
    expect(sensorState("e1")).toBe("stale");
    expect(city.engine.view("util.gas@s/e2")).toBeNull();
  });

  it("is shown again after a restart, before anything is heard", () => {
    const before = createTestCity([methane]);
    before.register("e1", { kind: "gas" });
    before.read([{ sensor: "e1", at: EIGHT, value: 3 }], EIGHT);
    before.engine.evaluate(EIGHT);
    const parts = new Map(
      [...before.sensors.save(), ...before.engine.save()].map(
        ({ name, blob }) => [name, blob],
      ),
    );
    const after = createTestCity([methane]);
    after.register("e1", { kind: "gas" });
    after.sensors.load(parts);
    after.engine.load(parts);
    const { views, changes } = after.engine.evaluate(EIGHT + SECOND);
    expect(views.map((v) => [v.id, v.value, v.state, v.since])).toEqual([
      ["util.gas@city", 3, "red", EIGHT],
      ["util.gas@s/e1", 3, "red", EIGHT],
    ]);
    expect(changes).toEqual([]);
    expect(after.sensors.state(0)).toBe("red");
  });
});

it("an indicator that was never heard is shown in grey from the start", () => {
  const { engine } = createTestCity([indicator()]);
  const { views } = engine.evaluate(EIGHT);
  expect(views.map((v) => [v.scope, v.value, v.state, v.freshness])).toEqual([
    ["city", null, "stale", "lost"],
    ["east", null, "stale", "lost"],
    ["west", null, "stale", "lost"],
  ]);
});

it("windows of a system on its source's clock move with what it sends (B3)", () => {
  const city = createTestCity([
    indicator({ scopes: ["city"], source: { aggregate: "sum" } }),
  ]);
  city.sensors.followSource("s");
  const in2013 = Date.parse("2013-03-01T00:00:00+08:00");
  city.read([{ sensor: "e1", at: in2013, value: 3 }], EIGHT);
  city.engine.evaluate(EIGHT);
  expect(city.engine.view("water.depth@city")).toMatchObject({
    value: 3,
    freshness: "live",
  });
  city.read([{ sensor: "e1", at: in2013 + HOUR, value: 4 }], EIGHT);
  const { points } = city.engine.evaluate(EIGHT);
  expect(points).toMatchObject([{ at: in2013, value: 3 }]);
  expect(value(city, "water.depth@city")).toBe(4);
});

describe("what the store is asked of the past", () => {
  const asked = (of: Partial<Indicator>, now = EIGHT) => {
    const city = createTestCity([indicator({ scopes: ["city"], ...of })]);
    city.read([{ sensor: "e1", at: now, value: 120 }], now);
    city.engine.evaluate(now);
    return { city, questions: city.engine.pendingQuestions(now) };
  };

  it("is the value a day ago, and asked once in five minutes", () => {
    const { city, questions } = asked({});
    expect(questions.map(({ what, at }) => [what, at])).toEqual([
      ["dayAgo", EIGHT - DAY],
    ]);
    city.engine.answer(questions[0]!, 90);
    expect(city.engine.view("water.depth@city")?.dayAgo).toBe(90);
    expect(city.engine.pendingQuestions(EIGHT + 4 * MINUTE)).toEqual([]);
    expect(city.engine.pendingQuestions(EIGHT + 5 * MINUTE)).toHaveLength(1);
  });

  it("is the mean of the weekday where limits are deviations", () => {
    const { city, questions } = asked({
      thresholds: { blue: { deviation: 20 } },
    });
    expect(state(city, "water.depth@city")).toBe("none");
    city.engine.answer(
      questions.find((q) => q.what === "weekdayMean")!,
      100,
    );
    const { changes } = city.engine.evaluateDirty(EIGHT);
    expect(changes).toMatchObject([{ from: "none", to: "blue" }]);
    expect(city.engine.view("water.depth@city")?.baseline).toBe(100);
  });

  it("is the mean a year ago, by the calendar, for growth in %", () => {
    const hour = { kind: "sliding", length: HOUR, step: MINUTE } as const;
    const { city, questions } = asked({
      source: {
        ...(indicator().source as object),
        aggregate: "yoy",
        window: hour,
      } as Indicator["source"],
    });
    const question = questions.find((q) => q.what === "yearAgo")!;
    const year = Date.parse("2025-11-20T08:00:00+08:00");
    expect([question.from, question.to]).toEqual([year - HOUR, year]);
    expect([...question.series()]).toEqual([0]);
    expect(state(city, "water.depth@city")).toBe("stale");
    city.engine.answer(question, 96);
    city.engine.evaluateDirty(EIGHT);
    expect(value(city, "water.depth@city")).toBe(25);
  });
});

it("the last sixty published values stand in the view, oldest first", () => {
  const city = createTestCity([indicator({ scopes: ["city"] })]);
  for (let minute = 0; minute <= 70; minute++) {
    const now = EIGHT + minute * MINUTE;
    city.read([{ sensor: "e1", at: now, value: minute }], now);
    city.engine.evaluate(now);
  }
  const recent = city.engine.view("water.depth@city")!.recent;
  expect(recent).toHaveLength(60);
  expect([recent[0], recent.at(-1)]).toEqual([
    [EIGHT + 10 * MINUTE, 10],
    [EIGHT + 69 * MINUTE, 69],
  ]);
});
