import { expect, it } from "vitest";
import { MINUTE, SECOND } from "../../../contract/time.ts";
import {
  createTestCity,
  EIGHT,
  indicator,
  rowsOf,
  type TestCity,
} from "../../../test/kit/engine.ts";

const highest = {
  aggregate: "max",
  window: { kind: "latest", length: 0, step: 0 },
} as const;

/** A reading of any system's sensor at the wall's time `now`, as the flow applies it. */
function read(
  { sensors, engine }: TestCity,
  system: string,
  at: number,
  value: number,
  now: number,
): void {
  const { no } = sensors.add(system, "X", "depth");
  const isNew = sensors.judge(no, at, value, 0) === "new";
  sensors.apply(no, at, value, 0, now);
  const rows = rowsOf([{ series: no, at, value }]);
  if (isNew) engine.apply(rows, now);
  else engine.applyLate(rows, [], now);
}

const shown = (city: TestCity, now: number, id = "water.depth@city") => {
  city.engine.evaluate(now);
  const { value, freshness } = city.engine.view(id)!;
  return [value, freshness];
};

const water = { system: "s", department: "WATER" };
const other = { system: "b", department: "TEST" };

it("an indicator is fed by its owner's systems alone, however another's sensors call themselves", () => {
  const city = createTestCity([
    indicator({ source: highest }),
    indicator({ id: "water.sum", source: { aggregate: "sum" } }),
    indicator({ id: "water.b", source: { ...highest, system: "b" } }),
  ]);
  city.sensors.setOwners([water, other]);
  read(city, "s", EIGHT, 35, EIGHT);
  read(city, "b", EIGHT, 1e15, EIGHT);
  expect(shown(city, EIGHT)).toEqual([35, "live"]);
  expect(shown(city, EIGHT, "water.sum@city")).toEqual([35, "live"]);
  // A row that names a system takes that one, whoever it belongs to.
  expect(shown(city, EIGHT, "water.b@city")).toEqual([1e15, "live"]);
});

it("a system counts for every department whose feeds speak for it, from the moment they do", () => {
  const city = createTestCity([indicator({ source: highest })]);
  city.sensors.setOwners([water, other]);
  read(city, "s", EIGHT, 35, EIGHT);
  read(city, "b", EIGHT, 50, EIGHT);
  expect(shown(city, EIGHT)).toEqual([35, "live"]);
  city.sensors.setOwners([water, other, { ...other, department: "WATER" }]);
  expect(shown(city, EIGHT)).toEqual([50, "live"]);
  city.sensors.setOwners([water, other]);
  expect(shown(city, EIGHT)).toEqual([35, "live"]);
  // What nobody speaks for any more does not fall to others.
  city.sensors.setOwners([water]);
  expect(shown(city, EIGHT)).toEqual([35, "live"]);
});

it("an indicator that another department owns now is fed by that one's systems", () => {
  const row = indicator({ source: highest });
  const city = createTestCity([row]);
  city.sensors.setOwners([water, other]);
  read(city, "s", EIGHT, 35, EIGHT);
  read(city, "b", EIGHT, 50, EIGHT);
  city.engine.setCatalogue([{ ...row, owner: "TEST" }]);
  expect(shown(city, EIGHT)).toEqual([50, "live"]);
});

const IN_2090 = Date.parse("2090-01-01T00:00:00Z");

it.each([
  ["the newest values", highest, [35, "live"]],
  ["a window", { aggregate: "mean" } as const, [35, "live"]],
])(
  "%s of systems of both clocks runs by the wall: nothing counts from the future",
  (_name, source, before) => {
    const city = createTestCity([indicator({ source })]);
    city.sensors.followSource("drill");
    read(city, "s", EIGHT, 35, EIGHT);
    expect(shown(city, EIGHT)).toEqual(before);
    read(city, "drill", IN_2090, 7e6, EIGHT);
    expect(shown(city, EIGHT + SECOND)).toEqual(before);
    expect(shown(city, EIGHT + 30 * MINUTE)).toEqual([35, "lost"]);
    // What it says by the wall's time counts, though it said later things before.
    const now = EIGHT + 30 * MINUTE;
    read(city, "drill", now, 70, now);
    city.recompute(now);
    expect(shown(city, now)).toEqual([70, "live"]);
  },
);

it("what was heard from the future counts no more when a system on the wall's clock joins", () => {
  const city = createTestCity([indicator({ source: highest })]);
  city.sensors.followSource("drill");
  read(city, "drill", IN_2090, 7e6, EIGHT);
  expect(shown(city, EIGHT)).toEqual([7e6, "live"]);
  read(city, "s", EIGHT, 35, EIGHT);
  expect(shown(city, EIGHT)).toEqual([35, "live"]);
  expect(shown(city, EIGHT + 30 * MINUTE)).toEqual([35, "lost"]);
});

it("sources that all keep their own time are ahead of the wall as they like", () => {
  const city = createTestCity([indicator({ source: highest })]);
  city.sensors.followSource("drill");
  read(city, "drill", IN_2090, 7, EIGHT);
  expect(shown(city, EIGHT + 30 * MINUTE)).toEqual([7, "live"]);
});
