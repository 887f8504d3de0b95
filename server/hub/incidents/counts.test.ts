import { expect, it } from "vitest";
import { DAY, HOUR } from "../../../contract/time.ts";
import { createZone } from "../../../contract/zone.ts";
import { type Counted, createIncidentCounts } from "./counts.ts";

const MIDNIGHT = Date.parse("2026-11-20T00:00:00+08:00");
const NOON = MIDNIGHT + 12 * HOUR;

const incident = (change: Partial<Counted> = {}): Counted => ({
  priority: 2,
  status: "reported",
  district: "east",
  source: "hotline12345",
  category: "waterlogging",
  reportedAt: NOON,
  historic: false,
  ...change,
});

const created = () => createIncidentCounts(createZone("Asia/Shanghai"));

it("an incident counts in the city and in its district, under each facet", () => {
  const counts = created();
  const changed = counts.change(null, incident(), NOON);
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
  expect(counts.item("total:all", "west")).toBeNull();
  expect(counts.item("total:all", null)?.open).toBe(1);
});

it("a change of status moves it, and is no second report", () => {
  const counts = created();
  counts.change(null, incident(), NOON);
  const after = incident({ status: "registered" });
  counts.change(incident(), after, NOON);
  const told = ["status:registered", "total:all"].map((id) => {
    const { open, today } = counts.item(id, null)!;
    return [open, today];
  });
  expect(told).toEqual([
    [1, 1],
    [1, 1],
  ]);
  // What nothing has is forgotten: words are the departments' own.
  expect(counts.item("status:reported", null)).toBeNull();
});

it("one that is over is no longer open, and was reported today", () => {
  const counts = created();
  counts.change(null, incident(), NOON);
  counts.change(incident(), null, NOON);
  expect(counts.item("total:all", null)).toMatchObject({ open: 0, today: 1 });
});

it("midnight in the city begins a new day for what stays open", () => {
  const counts = created();
  counts.change(null, incident(), NOON);
  expect(counts.roll(MIDNIGHT + DAY - 1)).toEqual([]);
  expect(counts.roll(MIDNIGHT + DAY)).toContain("total:all");
  expect(counts.item("total:all", null)).toMatchObject({ open: 1, today: 0 });
});

it("historic incidents and those of the days before are not today's", () => {
  const counts = created();
  counts.change(null, incident({ historic: true }), NOON);
  counts.change(null, incident({ reportedAt: MIDNIGHT - 1 }), NOON);
  expect(counts.item("total:all", null)).toMatchObject({ open: 2, today: 0 });
});

it("a start takes today's ended ones from the store", () => {
  const counts = created();
  const { priority, status, district, source, category } = incident();
  counts.addToday(
    [{ priority, status, district, source, category, count: 7 }],
    NOON,
  );
  counts.change(null, incident(), NOON);
  expect(counts.item("source:hotline12345", "east")).toMatchObject({
    open: 1,
    today: 8,
  });
});
