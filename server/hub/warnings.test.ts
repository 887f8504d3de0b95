import { expect, it } from "vitest";
import type { Warning, WarningView } from "../../contract/warning.ts";
import { HOUR } from "../../contract/time.ts";
import { inForce, judgeWarning, warningId } from "./warnings.ts";

const EIGHT = Date.parse("2026-11-20T08:00:00+08:00");
const ring: [number, number][] = [
  [120, 30],
  [121, 30],
  [121, 31],
  [120, 31],
  [120, 30],
];
const district = {
  code: "330101",
  nameZh: "东区",
  nameEn: "East",
  polygons: [[ring]],
};

const warning = (change: Partial<Warning> = {}): Warning => ({
  sender: "weather",
  identifier: "rain-1",
  sent: EIGHT,
  status: "Actual",
  msgType: "Alert",
  references: [],
  event: "暴雨",
  eventCode: "11B03",
  level: "orange",
  levelAssumed: false,
  urgency: "Immediate",
  certainty: "Likely",
  headline: "暴雨橙色预警",
  description: "",
  instruction: "",
  language: "zh-CN",
  senderName: "市气象台",
  onset: null,
  expires: EIGHT + 3 * HOUR,
  areas: [{ description: "全市", polygons: [ring], circles: [], geocodes: [] }],
  ...change,
});

/** Plays messages in their order. @returns ids in force at the time, drills marked. */
function shown(messages: readonly Warning[], now = EIGHT): string[] {
  const known = new Map<string, WarningView>();
  for (const message of messages) {
    const { view, superseded } = judgeWarning(message, {
      feed: "weather",
      now,
      districts: [district],
      regionCode: "3301",
      known: (id) => known.get(id),
    });
    for (const one of [...superseded, view]) known.set(one.id, one);
  }
  return [...known.values()]
    .filter((view) => inForce(view, now))
    .map((view) => view.identifier + (view.drill ? " (drill)" : ""));
}

const update = (change: Partial<Warning>): Warning =>
  warning({
    identifier: "rain-2",
    sent: EIGHT + 1,
    msgType: "Update",
    references: [{ sender: "weather", identifier: "rain-1", sent: EIGHT }],
    ...change,
  });

it("a warning is in force until it expires", () => {
  expect(shown([warning()])).toEqual(["rain-1"]);
  expect(shown([warning()], EIGHT + 3 * HOUR)).toEqual([]);
});

it("an update takes the place of what it refers to", () => {
  expect(shown([warning(), update({})])).toEqual(["rain-2"]);
});

it("a cancel ends it and is not shown itself", () => {
  expect(shown([warning(), update({ msgType: "Cancel" })])).toEqual([]);
});

it("an update of what was never seen stands as new, and is marked", () => {
  const { view } = judgeWarning(update({}), {
    feed: "weather",
    now: EIGHT,
    districts: [district],
    regionCode: "3301",
    known: () => undefined,
  });
  expect(view).toMatchObject({
    id: warningId(update({})),
    orphan: true,
    ours: true,
  });
  expect(shown([update({})])).toEqual(["rain-2"]);
});

it("the same identifier sent at another time is another message", () => {
  const references = [
    { sender: "weather", identifier: "rain-1", sent: EIGHT - 1 },
  ];
  expect(shown([warning(), update({ references })])).toEqual([
    "rain-1",
    "rain-2",
  ]);
});

it("an exercise is a drill; drafts and system messages are never shown", () => {
  expect(shown([warning({ status: "Exercise" })])).toEqual(["rain-1 (drill)"]);
  expect(shown([warning({ status: "Test" })])).toEqual(["rain-1 (drill)"]);
  expect(shown([warning({ status: "Draft" })])).toEqual([]);
  expect(shown([warning({ status: "System" })])).toEqual([]);
});

it("a warning for another city is kept and not shown", () => {
  const far = ring.map(([lng, lat]): [number, number] => [lng + 10, lat]);
  const areas = [
    { description: "", polygons: [far], circles: [], geocodes: [] },
  ];
  expect(shown([warning({ areas })])).toEqual([]);
});
