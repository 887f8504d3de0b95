/** Alarms of vehicles: once while they last, over when they are. */
import { beforeEach, expect, it } from "vitest";
import type { PositionView } from "../../../contract/position.ts";
import { reportOf, toldBy } from "./object-matter.ts";
import {
  CALM,
  createObjectSpells,
  REFRESH,
  SILENT,
  spellSince,
  type ObjectSpells,
} from "./object-spells.ts";

const SPEEDING = {
  ...{ kind: "hazmat", alarm: "超速", kindZh: "危化品车", alarmZh: "超速" },
  ...{ category: "S0108", priority: 2 as const },
};
const TIRED = { ...SPEEDING, alarm: "疲劳驾驶", alarmZh: "疲劳驾驶" };
const MOST = 2;
const NOW = 1_800_000_000_000;

let spells: ObjectSpells;
beforeEach(() => {
  spells = createObjectSpells([SPEEDING, TIRED], MOST);
});

const at = (
  after: number,
  alarms: string[],
  more: Partial<PositionView> = {},
): PositionView => ({
  ...{ id: "keys/A1", kind: "hazmat", lng: 120, lat: 30, speed: 96 },
  ...{ heading: 0, at: NOW + after, alarms },
  ...more,
});
const hear = (view: PositionView) => spells.heard(view, view.at);

it("begins once, however often the terminal says it", () => {
  expect(hear(at(0, ["超速"]))?.begun).toHaveLength(1);
  const again = hear(at(1_000, ["超速", "超速"]));
  expect(again).toEqual({ begun: [], refreshed: [], over: [], refused: 0 });
});

it("each alarm of a vehicle is a matter of its own", () => {
  const begun = hear(at(0, ["超速", "疲劳驾驶"]))!.begun;
  expect(begun.map(({ row }) => row.alarm)).toEqual(["超速", "疲劳驾驶"]);
});

it("is nothing where the city's table does not name alarm and kind", () => {
  expect(hear(at(0, ["胎压异常"]))?.begun).toEqual([]);
  expect(hear(at(1, ["超速"], { id: "keys/B", kind: "bus" }))).toBeNull();
});

it("is not over by one position that forgets it, but after a while without", () => {
  hear(at(0, ["超速"]));
  expect(hear(at(CALM - 1, []))?.over).toEqual([]);
  expect(hear(at(CALM, []))?.over).toHaveLength(1);
  expect(hear(at(CALM + 1, []))).toBeNull();
});

it("is over where nothing is heard of the vehicle any more", () => {
  hear(at(0, ["超速"]));
  expect(spells.silent(NOW + SILENT)).toEqual([]);
  expect(spells.silent(NOW + SILENT + 1)).toHaveLength(1);
  expect(hear(at(SILENT + 2, ["超速"]))?.begun).toHaveLength(1);
});

it("a long one is told where its vehicle is now, every few minutes", () => {
  hear(at(0, ["超速"]));
  expect(hear(at(REFRESH - 1, ["超速"]))?.refreshed).toEqual([]);
  const [spell] = hear(at(REFRESH, ["超速"], { lng: 121 }))!.refreshed;
  expect(reportOf(spell!)).toMatchObject({ lng: 121, reportedAt: NOW });
});

it("no more of one system stand at once than may, and one's end makes room", () => {
  const car = (id: string, after: number, alarms: string[]) =>
    hear(at(after, alarms, { id: `keys/${id}` }))!;
  car("A", 0, ["超速"]);
  car("B", 0, ["超速"]);
  expect(car("C", 0, ["超速"])).toMatchObject({ begun: [], refused: 1 });
  expect(hear(at(0, ["超速"], { id: "other/C" }))!.begun).toHaveLength(1);
  car("A", CALM, []);
  expect(car("C", CALM, ["超速"]).begun).toHaveLength(1);
});

it("is found again in its incident, and stands on", () => {
  const [spell] = hear(at(0, ["超速"]))!.begun;
  const { externalId, sensor } = reportOf(spell!);
  const told = toldBy({ externalId, sensor: sensor! }, [TIRED, SPEEDING]);
  expect(told).toEqual({ object: "keys/A1", row: SPEEDING, since: NOW });
  spells.clear();
  const { row, since } = told!;
  const back = spellSince(since, { row, view: at(0, []), heardAt: NOW });
  expect(spells.resume(back)).toBe(true);
  expect(spells.resume(back)).toBe(false);
  expect(hear(at(5_000, ["超速"]))?.begun).toEqual([]);
});
