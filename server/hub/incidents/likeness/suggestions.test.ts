import fc from "fast-check";
import { expect, it } from "vitest";
import { WHOLE_CITY, type DataScope } from "../../../../contract/data-scope.ts";
import { DAY, HOUR } from "../../../../contract/time.ts";
import { createZone } from "../../../../contract/zone.ts";
import { createChance } from "../../../../test/kit/chance.ts";
import type { Reported } from "./reported.ts";
import {
  createSuggestions,
  SUGGESTION_RULES,
  type Suggestions,
} from "./suggestions.ts";

const zone = createZone("Asia/Shanghai");
const START = Date.parse("2026-11-02T00:00:00+08:00");

const report = (change: Partial<Reported> = {}): Reported => ({
  ...{ id: "new", title: "", description: "", address: "" },
  ...{ category: null, department: "CITYOPS", source: "hotline12345" },
  ...{ lng: null, lat: null, reportedAt: START + 60 * DAY },
  ...{ departments: ["CITYOPS"], district: null },
  ...change,
});

/** What happened in the city, said in a few words among many. */
const MATTERS = [
  ["waterlogging", "WATER", ["积水", "桥下", "排水", "没过小腿"]],
  ["lamp", "URBAN", ["路灯", "不亮", "灯杆", "黑漆漆"]],
  ["noise", "ECO", ["噪声", "夜间", "扰民", "施工"]],
] as const;
const FILLING = [
  "来电人",
  "反映",
  "附近",
  "希望",
  "尽快",
  "处理",
  "市民",
  "多次",
];

function history(count: number, seed = 1): Reported[] {
  const chance = createChance(seed);
  return Array.from({ length: count }, (_, n) => {
    const [category, department, words] = chance.one(MATTERS);
    const word = () => chance.one(FILLING);
    return report({
      ...{ id: `${seed}/${n}`, category, department },
      title: `${word()},${chance.one(words)}`,
      description: `${word()},${chance.one(words)},${word()}`,
      reportedAt: START + n * HOUR,
    });
  });
}
const learned = (closed: readonly Reported[], rules = SUGGESTION_RULES) => {
  const suggestions = createSuggestions(zone, rules);
  for (const one of closed) suggestions.learn(one);
  return suggestions;
};
const OUTSPOKEN = {
  ...SUGGESTION_RULES,
  least: { category: 0, department: 0 },
};
const CALL = report({ title: "桥下有积水", description: "市民希望排水" });

it("suggests category and department by the words they usually go with, and says which", () => {
  const { category, department } = learned(history(400)).suggest(
    CALL,
    WHOLE_CITY,
  );
  expect(category[0]!.value).toBe("waterlogging");
  expect(department[0]!.value).toBe("WATER");
  expect(category[0]!.confidence).toBeGreaterThan(0.8);
  const [reason] = category[0]!.reasons;
  expect(reason).toMatchObject({ kind: "words" });
  const { words } = reason as { words: string[] };
  expect(words).toEqual(expect.arrayContaining(["桥下", "积水"]));
  expect(words.join()).not.toMatch(/市民|希望/);
});

it("gives a reason where most words speak for nothing, and is never certain", () => {
  const suggestions = learned(history(2_000));
  const call = report({ title: "来电人反映附近市民多次希望尽快处理路灯" });
  const [first, second] = suggestions.suggest(call, WHOLE_CITY).category;
  expect(first!.value).toBe("lamp");
  expect(first!.reasons[0]).toEqual({ kind: "words", words: ["路灯"] });
  expect(first!.confidence).toBeLessThan(0.99);
  expect(second!.confidence).toBeGreaterThan(0.001);
});

it("says nothing of what it knows nothing about", () => {
  const silent = { category: [], department: [] };
  expect(learned([]).suggest(CALL, WHOLE_CITY)).toEqual(silent);
  const strange = report({ title: "咨询居住证", source: "cityApp" });
  expect(learned(history(400)).suggest(strange, WHOLE_CITY)).toEqual(silent);
});

it("a city without history goes by its catalogue's own words", () => {
  const suggestions = learned([]);
  const entries = ["道路积水 排水管道 下穿桥涵积水", "路灯 景观灯", "施工噪声"];
  entries.forEach((text, i) => {
    const [category] = MATTERS[i]!;
    for (let n = 0; n < 3; n++)
      suggestions.teach({ text, category, department: null });
  });
  const { category, department } = suggestions.suggest(CALL, WHOLE_CITY);
  expect(category[0]!.value).toBe("waterlogging");
  expect(department).toEqual([]);
});

it("says nothing against a category of the catalogue that it hardly saw close, and all against a sender's own code", () => {
  const suggestions = createSuggestions(zone);
  for (const category of ["waterlogging", "gas"])
    suggestions.teach({ text: category, category, department: null });
  for (const one of history(400)) suggestions.learn(one);
  const against = (category: string) =>
    suggestions
      .suggest({ ...CALL, category }, WHOLE_CITY)
      .category.map(({ value }) => value)[0];
  expect(against("gas")).toBeUndefined();
  expect(against("code-77")).toBe("waterlogging");
  const gas = Array.from({ length: 10 }, (_, n) =>
    report({ id: `gas-${n}`, title: "燃气味", category: "gas" }),
  );
  for (const one of gas) suggestions.learn(one);
  expect(against("gas")).toBe("waterlogging");
  suggestions.forget(gas[0]!);
  expect(against("gas")).toBeUndefined();
});

it("is about as sure as it is right, also of calls that say little", () => {
  const suggestions = learned(history(600), OUTSPOKEN);
  const asked = history(300, 2);
  const sure = { confidence: 0, right: 0 };
  asked.forEach(({ category, ...of }, n) => {
    // A third say nothing of the matter.
    const said = n % 3 === 0 ? { title: "来电人,希望", description: "" } : of;
    const call = report({ ...said, id: "new" });
    const [first] = suggestions.suggest(call, WHOLE_CITY).category;
    sure.confidence += first!.confidence / asked.length;
    sure.right += Number(first!.value === category) / asked.length;
  });
  expect(sure.right).toBeGreaterThan(0.7);
  expect(Math.abs(sure.confidence - sure.right)).toBeLessThan(0.1);
});

it("suggests what usually happens in a place, and names the nearest that did", () => {
  const here = { lng: 120.1, lat: 32.1 };
  const lamps = Array.from({ length: 40 }, (_, n) =>
    report({
      ...{ id: `lamp-${n}`, category: "lamp", department: "URBAN" },
      ...{ lng: 120.1 + n * 0.00002, lat: 32.1, reportedAt: START + n * HOUR },
    }),
  );
  const suggestions = learned([...history(200), ...lamps], OUTSPOKEN);
  const [first] = suggestions.suggest(report(here), WHOLE_CITY).category;
  expect(first!.value).toBe("lamp");
  expect(first!.reasons).toContainEqual({
    kind: "place",
    ...{ count: 40, of: 40, share: 1, radius: 300 },
    ids: ["lamp-0", "lamp-1", "lamp-2"],
  });
  // Far from there nothing of the place is said.
  const [far] = suggestions.suggest(
    report({ lng: 121, lat: 32 }),
    WHOLE_CITY,
  ).category;
  expect(far!.reasons.map(({ kind }) => kind)).not.toContain("place");
});

/** Ten lamps of the west and ten of the east, in one place. */
const lamp = (n: number) =>
  report({
    ...{ id: `lamp-${n}`, category: "lamp", department: "URBAN" },
    ...{ lng: 120.1 + n * 0.00002, lat: 32.1, reportedAt: START + n * HOUR },
    ...{ departments: ["URBAN"], district: n < 10 ? "west" : "east" },
  });
const LAMPS = Array.from({ length: 20 }, (_, n) => lamp(n));
const reasonsFor = (suggestions: Suggestions, within: DataScope) =>
  suggestions.suggest(report({ lng: 120.1, lat: 32.1 }), within).category[0]!
    .reasons;
const ofDistrict = (district: string) => ({
  ...{ departments: null, districts: [district] },
});

it("names and counts nothing but what whoever asks may see, and suggests the same to all", () => {
  const suggestions = learned([...history(200), ...LAMPS], OUTSPOKEN);
  const place = (within: DataScope) =>
    reasonsFor(suggestions, within).find(({ kind }) => kind === "place");
  expect(place(WHOLE_CITY)).toMatchObject({ count: 20, of: 20 });
  expect(place(ofDistrict("east"))).toMatchObject({
    ...{ count: 10, of: 10, ids: ["lamp-10", "lamp-11", "lamp-12"] },
  });
  expect(place(ofDistrict("north"))).toBeUndefined();
  expect(place({ departments: ["WATER"], districts: null })).toBeUndefined();
  const said = (within: DataScope) =>
    suggestions
      .suggest(report({ lng: 120.1, lat: 32.1 }), within)
      .category.map(({ value, confidence }) => [value, confidence]);
  expect(said(ofDistrict("north"))).toEqual(said(WHOLE_CITY));
});

it("counts the city's history for those alone who see the whole city", () => {
  const suggestions = learned([...history(200), ...LAMPS], OUTSPOKEN);
  const counted = (within: DataScope) =>
    reasonsFor(suggestions, within).flatMap((reason) =>
      reason.kind === "history" ? [reason.counted !== null] : [],
    );
  expect(counted(WHOLE_CITY)).toContain(true);
  expect(counted(ofDistrict("east"))).toContain(false);
  expect(counted(ofDistrict("east"))).not.toContain(true);
});

it("names what changed hands to its new ones, and what is open again to nobody of one district", () => {
  const suggestions = learned([...history(200), ...LAMPS], OUTSPOKEN);
  const named = (district: string) =>
    reasonsFor(suggestions, ofDistrict(district)).flatMap((reason) =>
      reason.kind === "place" ? reason.ids : [],
    );
  expect(named("west")[0]).toBe("lamp-0");
  suggestions.learn({ ...lamp(0), district: "east" });
  expect(named("west")[0]).toBe("lamp-1");
  expect(named("east")[0]).toBe("lamp-0");
  suggestions.hide("lamp-0");
  expect(named("east")[0]).toBe("lamp-10");
  suggestions.learn(lamp(0));
  expect(named("west")[0]).toBe("lamp-0");
});

it("believes a category that is known already when it suggests a department", () => {
  const suggestions = learned(history(400));
  const [first] = suggestions.suggest(
    report({ category: "lamp" }),
    WHOLE_CITY,
  ).department;
  expect(first!.value).toBe("URBAN");
  expect(first!.reasons).toContainEqual({
    ...{ kind: "history", by: "category" },
    counted: expect.objectContaining({ share: 1 }) as unknown,
  });
});

const speaks = (suggestions: Suggestions) =>
  suggestions.suggest(CALL, WHOLE_CITY);

it("learns one incident once, and what it takes back is gone", () => {
  const closed = history(300);
  const extra = report({ id: "x", title: "桥下积水", category: "lamp" });
  const suggestions = learned(closed);
  const before = speaks(suggestions);
  suggestions.learn(closed[7]!);
  expect(speaks(suggestions)).toEqual(before);
  const counted = (of: Suggestions) =>
    of
      .suggest(report({ category: "lamp" }), WHOLE_CITY)
      .department.flatMap(({ reasons }) => reasons)
      .filter(({ kind }) => kind === "history");
  const own = counted(suggestions);
  suggestions.learn(extra);
  expect(counted(suggestions)).not.toEqual(own);
  suggestions.forget(extra);
  suggestions.forget(extra);
  expect(counted(suggestions)).toEqual(own);
  expect(suggestions.size).toBe(300);
});

it("says the same in every run", () => {
  expect(speaks(learned(history(300)))).toEqual(speaks(learned(history(300))));
});

it("holds no more than it may, and goes with the city when its words change", () => {
  const rules = { ...OUTSPOKEN, held: 200, features: 120 };
  const suggestions = learned(history(1_000), rules);
  expect(suggestions.size).toBe(200);
  expect(speaks(suggestions).category[0]!.value).toBe("waterlogging");
  for (const one of history(1_000, 3))
    suggestions.learn({ ...one, category: `${one.category}-new` });
  expect(speaks(suggestions).category[0]!.value).toBe("waterlogging-new");
});

it("reads and learns any texts that senders may think of", () => {
  const any = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({
      unit: fc.constantFrom("\ud800", "\udc00", "🚒", "桥", "\u0000"),
    }),
    fc.constantFrom("", "积水".repeat(2_500), "🌊".repeat(2_500)),
  );
  const suggestions = learned(history(50), OUTSPOKEN);
  let n = 0;
  fc.assert(
    fc.property(any, any, any, any, (title, description, address, source) => {
      const of = { title, description, address, source };
      const said = suggestions.suggest(report(of), WHOLE_CITY).category;
      const sum = said.reduce((all, { confidence }) => all + confidence, 0);
      expect(said.length).toBeGreaterThan(0);
      expect(sum).toBeGreaterThan(0);
      expect(sum).toBeLessThan(1.000001);
      suggestions.learn(report({ ...of, id: `${n++}`, category: title }));
    }),
    { seed: 20261126, numRuns: 100 },
  );
});
