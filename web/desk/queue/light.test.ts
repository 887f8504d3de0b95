import { describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE } from "../../../contract/time.ts";
import { lightOf, timeLeft, usedOf } from "./light.ts";
import { dueIn, NOW } from "./rows.ts";

describe("the time that an incident has left", () => {
  it("is green, yellow from 80 % on, kept at the deadline itself, and red after it", () => {
    expect(lightOf(dueIn(13 * MINUTE), NOW)).toBe("green");
    expect(lightOf(dueIn(12 * MINUTE), NOW)).toBe("yellow");
    expect(lightOf(dueIn(0), NOW)).toBe("yellow");
    expect(lightOf(dueIn(-1), NOW)).toBe("red");
    expect(lightOf(null, NOW)).toBeNull();
  });

  it("is grey while paused, but what was late before stays red", () => {
    const open = { yellowAt: null, dueAt: null, pausedAt: NOW - MINUTE };
    expect(lightOf(dueIn(0, open), NOW)).toBe("grey");
    expect(timeLeft(dueIn(0, open), NOW)).toEqual({ key: "paused" });
    expect(usedOf(dueIn(0, open), NOW)).toBeNull();
    expect(lightOf(dueIn(-HOUR, { pausedAt: NOW - MINUTE }), NOW)).toBe("red");
  });

  it("bends its bar where the calendar does: a night that nobody works uses none of it", () => {
    // 80 % were used by yesterday evening, the rest lies in this morning.
    const due = dueIn(HOUR, {
      startedAt: NOW - DAY,
      yellowAt: NOW - 15 * HOUR,
    });
    expect(usedOf(due, NOW - 15 * HOUR)).toBeCloseTo(0.8);
    expect(usedOf(due, NOW - DAY)).toBe(0);
    expect(usedOf(due, NOW + 2 * HOUR)).toBe(1);
    expect(usedOf(due, NOW)).toBeGreaterThan(0.95);
  });

  it("counts down within a day, and says beyond it how much of the limit's own time is left", () => {
    expect(timeLeft(dueIn(38 * MINUTE), NOW)).toEqual({
      ...{ key: "countdown", text: "00:38" },
    });
    const days = { limit: { amount: 5, type: "workDay" as const } };
    const started = { startedAt: NOW, yellowAt: NOW + 4 * DAY };
    expect(timeLeft(dueIn(5 * DAY, { ...days, ...started }), NOW)).toEqual({
      ...{ key: "workDays", n: 5 },
    });
    expect(
      timeLeft(dueIn(5 * DAY, { ...days, ...started }), NOW + 3 * DAY),
    ).toEqual({ key: "workDays", n: 2 });
  });

  it("says by how much it is over, in the largest unit that tells something", () => {
    expect(timeLeft(dueIn(-4 * MINUTE), NOW)).toEqual({
      ...{ key: "overMinutes", n: 4 },
    });
    expect(timeLeft(dueIn(-3 * HOUR), NOW)).toEqual({ key: "overHours", n: 3 });
    expect(timeLeft(dueIn(-3 * DAY), NOW)).toEqual({ key: "overDays", n: 3 });
  });
});
