import fc from "fast-check";
import { expect, it } from "vitest";
import {
  ENDED,
  type IncidentStatus,
} from "../../../contract/incident-status.ts";
import { DAY, HOUR } from "../../../contract/time.ts";
import { createZone } from "../../../contract/zone.ts";
import {
  type Counted,
  createIncidentCounts,
  type IncidentCount,
  type IncidentCounts,
} from "./counts.ts";

const MIDNIGHT = Date.parse("2026-11-20T00:00:00+08:00");
const NOON = MIDNIGHT + 12 * HOUR;

const incident = (change: Partial<Counted> = {}): Counted => ({
  id: "1",
  feed: "hotline",
  departments: ["HOTLINE"],
  priority: 2,
  status: "reported",
  district: "east",
  source: "hotline12345",
  category: "waterlogging",
  reportedAt: NOON,
  historic: false,
  ...change,
});

const zone = createZone("Asia/Shanghai");
const created = () => createIncidentCounts(zone);
const numbers = (counts: IncidentCounts, id: string) => {
  const count = counts.item(id, null);
  return count && [count.open, count.today];
};

it("an incident counts in the city and in its district, under each facet", () => {
  const counts = created();
  const changed = counts.tell(incident(), NOON);
  expect(changed).toEqual([
    "total:all",
    "priority:2",
    "status:reported",
    "district:east",
    "source:hotline12345",
    "category:waterlogging",
  ]);
  expect(counts.item("priority:2", "east")).toEqual({
    id: "priority:2",
    facet: "priority",
    value: "2",
    open: 1,
    today: 1,
  });
  expect(counts.item("priority:2", "west")).toBeNull();
  expect(counts.item("total:all", null)?.open).toBe(1);
});

it("a district without incidents has a total of nothing", () => {
  const counts = created();
  expect(counts.ids("west")).toEqual(["total:all"]);
  expect(counts.item("total:all", "west")).toMatchObject({ open: 0, today: 0 });
});

it("a change of status moves it, and is no second report", () => {
  const counts = created();
  counts.tell(incident(), NOON);
  counts.tell(incident({ status: "registered" }), NOON);
  expect(numbers(counts, "status:registered")).toEqual([1, 1]);
  expect(numbers(counts, "total:all")).toEqual([1, 1]);
  // What nothing has is forgotten: words are the departments' own.
  expect(counts.item("status:reported", null)).toBeNull();
});

it("one that is over is no longer open, and was reported today, as it ended", () => {
  const counts = created();
  counts.tell(incident(), NOON);
  counts.tell(incident({ status: "closed", category: "drain" }), NOON);
  expect(numbers(counts, "total:all")).toEqual([0, 1]);
  expect(numbers(counts, "status:reported")).toBeNull();
  expect(numbers(counts, "status:closed")).toEqual([0, 1]);
  expect(numbers(counts, "category:drain")).toEqual([0, 1]);
  counts.tell(incident(), NOON);
  expect(numbers(counts, "total:all")).toEqual([1, 1]);
  expect(numbers(counts, "status:closed")).toBeNull();
});

it("midnight in the city begins a new day for what stays open", () => {
  const counts = created();
  counts.tell(incident(), NOON);
  expect(counts.roll(MIDNIGHT + DAY - 1)).toEqual([]);
  expect(counts.roll(MIDNIGHT + DAY)).toContain("total:all");
  expect(numbers(counts, "total:all")).toEqual([1, 0]);
});

it("historic incidents and those of the days before are not today's", () => {
  const counts = created();
  counts.tell(incident({ historic: true }), NOON);
  counts.tell(incident({ id: "2", reportedAt: MIDNIGHT - 1 }), NOON);
  expect(numbers(counts, "total:all")).toEqual([2, 0]);
});

it("of a feed that ended more than it may have open, the first are counted and forgotten", () => {
  const counts = createIncidentCounts(zone, 2);
  for (const id of ["1", "2", "3"])
    counts.tell(incident({ id, status: "closed" }), NOON);
  counts.tell(incident({ id: "3" }), NOON);
  expect(numbers(counts, "total:all")).toEqual([1, 3]);
  expect(numbers(counts, "status:closed")).toEqual([0, 2]);
});

const DISTRICTS = [null, "east", "west"];
const step = fc.record({
  /** ms since the step before; over midnight now and then. */
  wait: fc.constantFrom(0, 0, 0, HOUR, 5 * HOUR),
  id: fc.constantFrom("1", "2", "3", "4", "5", "6"),
  status: fc.constantFrom<IncidentStatus>("reported", "handling", "closed"),
  district: fc.constantFrom(...DISTRICTS),
  priority: fc.constantFrom(null, 1 as const, 4 as const),
  category: fc.constantFrom(null, "drain", "road"),
  /** ms before the step; a source's own clock may be ahead of midnight. */
  age: fc.constantFrom(0, -3 * HOUR, -2 * DAY, HOUR, 8 * HOUR, DAY),
});

/** By scope and id. */
const all = (counts: IncidentCounts) =>
  new Map(
    DISTRICTS.flatMap((district) =>
      counts
        .ids(district)
        .map((id): [string, IncidentCount | null] => [
          `${district} ${id}`,
          counts.item(id, district),
        ])
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  );

/** The same, counted from the rows without any memory. */
function recounted(rows: Iterable<Counted>, now: number) {
  const found = new Map<string, { open: number; today: number }>(
    DISTRICTS.map((district) => [
      `${district} total:all`,
      { open: 0, today: 0 },
    ]),
  );
  for (const row of rows) {
    const open = Number(!ENDED.has(row.status));
    const today = Number(
      !row.historic && row.reportedAt >= zone.startOf(now, DAY),
    );
    if (open + today === 0) continue;
    for (const scope of new Set([null, row.district]))
      for (const id of [
        "total:all",
        `priority:${row.priority ?? "none"}`,
        `status:${row.status}`,
        `district:${row.district ?? "none"}`,
        `source:${row.source}`,
        `category:${row.category ?? "none"}`,
      ]) {
        const key = `${scope} ${id}`;
        const count = found.get(key) ?? { open: 0, today: 0 };
        found.set(key, {
          open: count.open + open,
          today: count.today + today,
        });
      }
  }
  return found;
}

const onlyNumbers = (found: ReturnType<typeof recounted>) =>
  Object.fromEntries(
    [...found]
      .map(([key, { open, today }]) => [key, `${open} ${today}`] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

it("counts that lived through anything are those of the rows, and of a start", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const live = created();
      const rows = new Map<string, Counted>();
      /** What a wall holds that was told every change. */
      let told = all(live);
      let now = NOON;
      for (const { wait, age, ...what } of steps) {
        now += wait;
        const row = incident({
          ...what,
          historic: what.id === "6",
          reportedAt: now - age,
        });
        rows.set(row.id, row);
        const changed = new Set(live.tell(row, now));
        const is = all(live);
        for (const key of new Set([...told.keys(), ...is.keys()]))
          if (!changed.has(key.slice(key.indexOf(" ") + 1)))
            expect(is.get(key), key).toEqual(told.get(key));
        told = is;
        const started = created();
        for (const row of rows.values()) started.tell(row, now);
        const expected = onlyNumbers(recounted(rows.values(), now));
        expect(onlyNumbers(is as never)).toEqual(expected);
        expect(onlyNumbers(all(started) as never)).toEqual(expected);
      }
    }),
    { seed: 20261126, numRuns: 200 },
  );
});
