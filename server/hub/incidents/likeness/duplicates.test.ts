import fc from "fast-check";
import { expect, it } from "vitest";
import { WHOLE_CITY } from "../../../../contract/data-scope.ts";
import { MINUTE } from "../../../../contract/time.ts";
import { createDuplicates, DUPLICATE_RULES } from "./duplicates.ts";
import { metresBetween } from "./grid.ts";
import type { Reported } from "./reported.ts";

const NOON = Date.parse("2026-11-20T12:00:00+08:00");

const report = (change: Partial<Reported> = {}): Reported => ({
  id: "1",
  title: "澜安路积水严重",
  description: "来电人称澜安路下穿桥洞积水已经没过小腿,有车熄火停在水里。",
  address: "澜安路12号",
  category: "waterlogging",
  department: "WATER",
  source: "hotline12345",
  lng: 120.1,
  lat: 32.1,
  reportedAt: NOON,
  ...{ departments: ["CITYOPS"], district: null },
  ...change,
});
/** The same water, told by somebody else from across the road five minutes later. */
const again = report({
  id: "2",
  title: "桥洞有水",
  description: "市民反映桥洞积水很深,车子熄火了。",
  address: "澜安路15号",
  lng: 120.101,
  reportedAt: NOON + 5 * MINUTE,
});
const lamp = report({
  ...{ id: "3", title: "澜安路路灯不亮", category: "lamp" },
  description: "来电人反映澜安路一段路灯连着好几盏不亮。",
});

const holding = (...open: Reported[]) => {
  const duplicates = createDuplicates();
  for (const one of open) duplicates.tell(one);
  return duplicates;
};
const ids = (open: Reported[], asked: Reported) =>
  holding(...open)
    .candidates(asked, WHOLE_CITY)
    .map(({ id }) => id);

it("two calls about the same water are one matter, and the words they share say why", () => {
  const [found, ...more] = holding(report(), lamp).candidates(
    again,
    WHOLE_CITY,
  );
  expect(found).toMatchObject({ id: "1", apart: 5, sameCategory: true });
  expect(found!.distance).toBeCloseTo(94.2, 0);
  expect(found!.score).toBeGreaterThan(0.6);
  expect(found!.words.join()).toMatch(/桥洞/);
  expect(more).toEqual([]);
});

it("the same words are no duplicate two streets or two hours away", () => {
  expect(ids([report({ lat: 32.11 })], again)).toEqual([]);
  expect(ids([report({ reportedAt: NOON - 60 * MINUTE })], again)).toEqual([]);
});

it("a category may reach further than is usual", () => {
  const rules = {
    ...DUPLICATE_RULES,
    categories: { waterlogging: { radius: 2_000, within: 240 * MINUTE } },
  };
  const duplicates = createDuplicates(rules);
  duplicates.tell(report({ lat: 32.11, reportedAt: NOON - 60 * MINUTE }));
  expect(duplicates.candidates(again, WHOLE_CITY)).toHaveLength(1);
  for (const category of ["lamp", "constructor", null])
    expect(duplicates.candidates({ ...again, category }, WHOLE_CITY)).toEqual(
      [],
    );
});

it("a call without a location is known by what it says and by its address", () => {
  const nowhere = { ...again, lng: null, lat: null };
  const found = holding(report(), lamp).candidates(nowhere, WHOLE_CITY);
  expect(found.map(({ id, distance }) => [id, distance])).toEqual([
    ["1", null],
  ]);
  expect(ids([nowhere], report())).toEqual(["2"]);
  const elsewhere = { ...nowhere, title: "咨询", description: "", address: "" };
  expect(ids([report()], elsewhere)).toEqual([]);
});

it("an incident is never its own duplicate, and is forgotten when it is over", () => {
  const duplicates = holding(report());
  expect(duplicates.candidates(report(), WHOLE_CITY)).toEqual([]);
  expect(duplicates.candidates(again, WHOLE_CITY)).toHaveLength(1);
  duplicates.drop("1");
  duplicates.drop("1");
  expect(duplicates.candidates(again, WHOLE_CITY)).toEqual([]);
  expect(duplicates.size).toBe(0);
});

it("of more in reach than it looks at, it looks at the nearest in time", () => {
  const duplicates = createDuplicates();
  for (let n = 0; n < 700; n++)
    duplicates.tell(report({ id: `${n}`, reportedAt: NOON + n }));
  const asked = report({ id: "asked", reportedAt: NOON + 700 });
  const found = duplicates.candidates(asked, WHOLE_CITY).map(({ id }) => id);
  expect(found).toEqual(["699", "698", "697", "696", "695"]);
});

it("finds five of the reader's own behind any number of others that came sooner", () => {
  const theirs = Array.from({ length: 600 }, (_, n) =>
    report({ id: `east-${n}`, district: "east" }),
  );
  const own = Array.from({ length: 7 }, (_, n) =>
    report({
      ...{ ...again, id: `west-${n}`, district: "west", lng: 120.102 },
      reportedAt: NOON - 5 * MINUTE,
    }),
  );
  for (const asked of [again, { ...again, lng: null, lat: null }]) {
    const found = holding(...theirs, ...own).candidates(asked, {
      ...{ departments: null, districts: ["west"] },
    });
    expect(found.map(({ id }) => id)).toEqual([
      ...["west-0", "west-1", "west-2", "west-3", "west-4"],
    ]);
  }
});

const CATEGORIES = [null, "waterlogging", "lamp"];
const place = fc.constantFrom(null, 0, 1, 2, 3, 5, 8);
const step = fc.record({
  drop: fc.constantFrom(false, false, false, true),
  id: fc.constantFrom(..."abcdefghij"),
  title: fc.string({
    unit: fc.constantFrom(..."桥积水路灯 ab1"),
    maxLength: 8,
  }),
  address: fc.constantFrom("", "澜安路1号", "水桥路"),
  category: fc.constantFrom(...CATEGORIES),
  east: place,
  north: place,
  minutes: fc.integer({ min: -70, max: 70 }),
});

const EVERYTHING = { ...DUPLICATE_RULES, least: 0, most: Infinity };

it("holds what a look at every incident finds, whatever came and went before", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), step, (steps, last) => {
      const reported = ({
        east,
        north,
        minutes,
        drop: _,
        ...of
      }: typeof last) =>
        report({
          ...{ ...of, description: "" },
          lng: east === null ? null : 120 + east * 0.001,
          lat: north === null ? null : 32 + north * 0.001,
          reportedAt: NOON + minutes * MINUTE,
        });
      const live = createDuplicates(EVERYTHING);
      const open = new Map<string, Reported>();
      for (const one of steps)
        if (one.drop) {
          live.drop(one.id);
          open.delete(one.id);
        } else {
          live.tell(reported(one));
          open.set(one.id, reported(one));
        }
      const asked = reported(last);
      const found = live.candidates(asked, WHOLE_CITY);
      // The same whatever was held before: no trace of what is gone.
      const started = createDuplicates(EVERYTHING);
      for (const one of open.values()) started.tell(one);
      expect(started.candidates(asked, WHOLE_CITY)).toEqual(found);
      // Each one held alone with the same others is in reach or not by the rule itself.
      const { radius, within } = DUPLICATE_RULES.usual;
      const inReach = [...open.values()].filter((other) => {
        if (other.id === asked.id) return false;
        if (Math.abs(other.reportedAt - asked.reportedAt) > within)
          return false;
        const points = [asked.lng, asked.lat, other.lng, other.lat];
        if (points.includes(null)) return true;
        const [a, b, c, d] = points as [number, number, number, number];
        return metresBetween(a, b, c, d) <= radius;
      });
      const without = inReach.filter(
        ({ lng, lat }) =>
          asked.lng === null ||
          asked.lat === null ||
          lng === null ||
          lat === null,
      );
      const ids = new Set(found.map(({ id }) => id));
      for (const { id } of inReach)
        if (!without.some((one) => one.id === id)) expect(ids).toContain(id);
      for (const id of ids) expect(inReach.map((one) => one.id)).toContain(id);
      for (const { score, apart } of found) {
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1.000001);
        expect(apart).toBeLessThanOrEqual(60);
      }
    }),
    { seed: 20261126, numRuns: 300 },
  );
});

it("compares any texts that senders may think of", () => {
  const any = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({
      unit: fc.constantFrom("\ud800", "\udc00", "🚒", "桥", "\u0000"),
    }),
    fc.constantFrom("", "积水".repeat(2_500), "🌊".repeat(2_500)),
  );
  fc.assert(
    fc.property(any, any, any, (title, description, address) => {
      const odd = report({ id: "odd", title, description, address });
      const found = holding(odd, report()).candidates(
        { ...odd, id: "asked" },
        WHOLE_CITY,
      );
      expect(found[0]!.score).toBeGreaterThan(0.6);
    }),
    { seed: 20261126, numRuns: 100 },
  );
});
