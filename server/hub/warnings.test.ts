import fc from "fast-check";
import { expect, it } from "vitest";
import type { Warning, WarningView } from "../../contract/warning.ts";
import { HOUR } from "../../contract/time.ts";
import { createCityShape } from "./city-shape.ts";
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
const city = createCityShape([district], "3301");

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

/** A message and the feed that brings it. */
type Told = Warning & { feed?: string };

/** Plays messages in their order. @returns what is kept of each, by id. */
function kept(messages: readonly Told[], now = EIGHT) {
  const known = new Map<string, WarningView>();
  const awaited = new Map<string, string[]>();
  for (const { feed = "weather", ...message } of messages) {
    const id = warningId(feed, message);
    if (known.has(id)) continue;
    const { view, changed, awaits } = judgeWarning(message, {
      feed,
      now,
      ours: city.meets(message.areas).next().value === true,
      known: (id) => known.get(id),
      early: (awaited.get(id) ?? []).map((by) => known.get(by)!),
    });
    for (const one of changed)
      known.set(one.id, { ...known.get(one.id)!, ...one });
    known.set(id, view);
    awaited.delete(id);
    for (const one of awaits)
      awaited.set(one, [...(awaited.get(one) ?? []), id]);
  }
  return known;
}

/** Ids in force at the time, drills marked. */
function shown(messages: readonly Told[], now = EIGHT): string[] {
  return [...kept(messages, now).values()]
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
    ours: true,
    known: () => undefined,
    early: [],
  });
  expect(view).toMatchObject({
    id: warningId("weather", update({})),
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

it("only the feed that brought a warning may update or cancel it", () => {
  const cancel = update({ msgType: "Cancel" });
  expect(shown([warning(), { ...cancel, feed: "water" }])).toEqual(["rain-1"]);
  expect(shown([{ ...cancel, feed: "water" }, warning()])).toEqual(["rain-1"]);
});

it("the same identifier from two feeds is two warnings", () => {
  const both = [{ ...warning(), feed: "water" }, warning()];
  expect(shown(both)).toEqual(["rain-1", "rain-1"]);
  expect([...kept(both).keys()]).toEqual([
    `water/weather,rain-1,${EIGHT}`,
    `weather/weather,rain-1,${EIGHT}`,
  ]);
});

it("a cancel that comes before its warning ends it all the same", () => {
  const cancel = update({ msgType: "Cancel" });
  expect(shown([cancel, warning()])).toEqual([]);
  expect(kept([cancel, warning()])).toEqual(kept([warning(), cancel]));
});

it("messages end in the same state in whatever order they come", () => {
  const names = ["a", "b", "c", "d", "e"];
  const nameOf = (identifier: string) => ({
    sender: "weather",
    identifier,
    sent: EIGHT + names.indexOf(identifier),
  });
  // References may go both ways and in rings: a hostile sender's too.
  const messages = fc.record({
    said: fc.tuple(
      ...names.map((name) =>
        fc
          .record({
            msgType: fc.constantFrom("Alert", "Update", "Cancel"),
            references: fc
              .uniqueArray(fc.constantFrom(...names))
              .map((some) => some.map(nameOf)),
          })
          .map((said): Told => warning({ ...nameOf(name), ...said })),
      ),
    ),
    order: fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
    again: fc.integer({ min: 0, max: 4 }),
  });
  fc.assert(
    fc.property(messages, ({ said, order, again }) => {
      const played = [...order, again].map((i) => said[i]!);
      expect(sorted(kept(played))).toEqual(sorted(kept(said)));
    }),
    { numRuns: 2_000, seed: 20261120 },
  );
});

it("an alert, its two updates and the cancel: every order of the four", () => {
  const says = (n: number, msgType: Warning["msgType"], about: number[]) =>
    warning({
      identifier: `rain-${n}`,
      sent: EIGHT + n,
      msgType,
      references: about.map((m) => ({
        sender: "weather",
        identifier: `rain-${m}`,
        sent: EIGHT + m,
      })),
    });
  const story = [
    says(1, "Alert", []),
    says(2, "Update", [1]),
    says(3, "Update", [1, 2]),
    says(4, "Cancel", [3]),
  ];
  const orders = permutations(story);
  expect(orders).toHaveLength(24);
  for (const order of orders) {
    expect(shown(order)).toEqual([]);
    expect(sorted(kept(order))).toEqual(sorted(kept(story)));
  }
});

const sorted = (known: Map<string, WarningView>) =>
  [...known.values()].sort((a, b) => (a.id < b.id ? -1 : 1));

function permutations<T>(all: readonly T[]): T[][] {
  if (all.length === 0) return [[]];
  return all.flatMap((one, i) =>
    permutations(all.toSpliced(i, 1)).map((rest) => [one, ...rest]),
  );
}

it.each(["Exercise", "Test", "Draft"] as const)(
  "a cancel of status %s ends nothing real, whichever comes first",
  (status) => {
    const drill = update({ status, msgType: "Cancel" });
    expect(shown([warning(), drill])).toEqual(["rain-1"]);
    expect(shown([drill, warning()])).toEqual(["rain-1"]);
  },
);
