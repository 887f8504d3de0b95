import { expect, it } from "vitest";
import { aheadFor, createClock } from "./clock.ts";

const START = Date.parse("2026-11-20T02:00:00+08:00");
const HOUR = 3_600_000;

it("lets an hour of the city pass in a minute at sixty times its speed", () => {
  const clock = createClock(60, START);
  expect(clock.city(START + 60_000)).toBe(START + HOUR);
  expect(clock.wall(START + HOUR)).toBe(START + 60_000);
});

it("leaves what was before the start where it was", () => {
  const clock = createClock(60, START);
  expect(clock.city(START - HOUR)).toBe(START - HOUR);
  expect(clock.wall(START - HOUR)).toBe(START - HOUR);
});

it.each([
  [8, 6 * HOUR],
  [2, 0],
  [23, -3 * HOUR],
])(
  "wakes the city at %d o'clock when it is two in the morning",
  (hour, ahead) => {
    expect(aheadFor(hour, "Asia/Shanghai", START)).toBe(ahead);
    const clock = createClock(60, START, ahead);
    expect(clock.city(START)).toBe(START + ahead);
    for (const wall of [START - HOUR, START, START + HOUR])
      expect(clock.wall(clock.city(wall))).toBe(wall);
  },
);
