import { describe, expect, it } from "vitest";
import { LimitType } from "../../contract/limit.ts";
import { DAY, HOUR, MINUTE } from "../../contract/time.ts";
import { createCalendar } from "../../contract/work-time.ts";
import { createZone } from "../../contract/zone.ts";
import { createChance } from "../../test/kit/chance.ts";
import { lightOf, timeLeft, usedOf } from "./light.ts";
import { dueIn, NOW } from "./queue/rows.ts";

const city = createCalendar({
  zone: createZone("Asia/Shanghai"),
  hours: [
    { from: "08:00", to: "12:00" },
    { from: "14:00", to: "18:00" },
  ],
  days: [],
});

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
    expect(timeLeft(dueIn(0, open), NOW, city)).toEqual({ key: "paused" });
    expect(usedOf(dueIn(0, open), NOW, city)).toBeNull();
    const late = dueIn(-HOUR, { pausedAt: NOW - MINUTE });
    expect(lightOf(late, NOW)).toBe("red");
    expect(timeLeft(late, NOW, city)).toEqual({
      ...{ key: "late", by: HOUR - MINUTE },
    });
  });

  it("counts down within a day, and beyond it in the limit's own time", () => {
    expect(timeLeft(dueIn(38 * MINUTE), NOW, city)).toEqual({
      ...{ key: "countdown", text: "00:38" },
    });
    // Friday 08:42 to Monday 17:00, eight hours of a working day.
    const until = (type: LimitType) =>
      timeLeft(dueIn(80.3 * HOUR, { limit: { amount: 2, type } }), NOW, city);
    expect(until("workDay")).toEqual({ key: "workDays", n: 1.7 });
    expect(until("workHour")).toEqual({ key: "workHours", n: 14.3 });
    expect(until("naturalDay")).toEqual({ key: "days", n: 3.3 });
  });

  it("uses nothing of a working limit while nobody works", () => {
    const due = dueIn(80.3 * HOUR, { limit: { amount: 2, type: "workDay" } });
    const saturday = NOW + DAY;
    expect(usedOf(due, saturday, city)).toBe(0.5625);
    expect(usedOf(due, saturday + DAY, city)).toBe(0.5625);
    expect(usedOf(due, NOW + 90 * HOUR, city)).toBe(1);
  });

  it("is what the hub has left of a limit, whatever was paused meanwhile", () => {
    const chance = createChance(20_261_127);
    let told = 0;
    for (let i = 0; i < 300; i++) {
      const type = chance.one(LimitType.options);
      const limit = { amount: chance.between(2, 40), type };
      const startedAt = NOW + chance.between(0, 20_000) * MINUTE;
      const pausedAt = startedAt + chance.between(0, 900) * MINUTE;
      const resumedAt = pausedAt + chance.between(0, 9_000) * MINUTE;
      const before = city.between(startedAt, pausedAt, type);
      const length = city.lengthOf(limit);
      if (before >= length) continue;
      const dueAt = city.reach(resumedAt, length - before, type);
      const at = resumedAt + chance.between(0, 900) * MINUTE;
      if (dueAt - at < DAY) continue;
      const left = length - before - city.between(resumedAt, at, type);
      const due = dueIn(0, { limit, startedAt, dueAt });
      expect(usedOf(due, at, city)).toBeCloseTo(1 - left / length, 9);
      const unit = { type, amount: type === "urgentHour" ? 24 : 1 };
      const { n } = timeLeft(due, at, city) as { n: number };
      expect(n).toBeCloseTo(left / city.lengthOf(unit) - 0.05, 0);
      expect(n).toBeLessThanOrEqual(left / city.lengthOf(unit) + 1e-6);
      told++;
    }
    expect(told).toBeGreaterThan(100);
  });

  it("says by how much it is late", () =>
    expect(timeLeft(dueIn(-3 * HOUR), NOW, city)).toEqual({
      ...{ key: "late", by: 3 * HOUR },
    }));
});
