import { expect, it } from "vitest";
import { createClock } from "./world/clock.ts";
import type { Duty } from "./department.ts";
import { createSchedule } from "./schedule.ts";

const START = Date.parse("2026-11-20T08:00:00+08:00");

/** Runs duties for some seconds; what each second asked for. */
function run(duties: Duty[], seconds: number, speed = 1) {
  const troubles: string[] = [];
  const schedule = createSchedule(duties, createClock(speed, START), (text) =>
    troubles.push(text),
  );
  const first = [...schedule.start(START)].flatMap(({ items }) => items);
  const later = Array.from({ length: seconds }, (_, i) =>
    schedule.tick(i + 1, START + (i + 1) * 1000).flatMap(({ items }) => items),
  );
  return { first, later, troubles };
}

const sensors = (more: Partial<Duty> = {}): Duty => ({
  feed: "loops",
  every: 60_000,
  count: 120,
  report: (_, from, to) =>
    Array.from({ length: to - from }, (_, i) => `S-${from + i}`),
  ...more,
});

it("shows every sensor at the start, so that the wall is alive at once", () => {
  expect(run([sensors()], 0).first).toHaveLength(120);
});

it("spreads a minute's reports over its seconds and leaves no sensor out", () => {
  const { later } = run([sensors()], 60);
  expect(later.every((items) => items.length === 2)).toBe(true);
  expect(new Set(later.flat()).size).toBe(120);
});

it("reports sixty times as often when the city's time runs sixty times as fast", () => {
  const { later } = run([sensors()], 3, 60);
  expect(later.map((items) => items.length)).toEqual([120, 120, 120]);
});

it("lets vehicles report in real time whatever the city's speed is", () => {
  const { later } = run([sensors({ every: 2000, pace: "wall" })], 2, 60);
  expect(later.map((items) => items.length)).toEqual([60, 60]);
});

it("goes on with the others when one department's program fails", () => {
  const broken = sensors({
    feed: "broken",
    report: () => {
      throw new Error("no such pump");
    },
  });
  const { first, troubles } = run([broken, sensors()], 0);
  expect(first).toHaveLength(120);
  expect(troubles).toEqual(["feed broken: Error: no such pump"]);
});

it("tells what happened once, at the start, and never again", () => {
  const once = sensors({ every: Infinity, count: 1 });
  const { first, later } = run([once], 120);
  expect(first).toHaveLength(1);
  expect(later.flat()).toHaveLength(0);
});
