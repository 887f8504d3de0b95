import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Clock, type Mark } from "../../../contract/clock.ts";
import type { Limit, LimitType } from "../../../contract/limit.ts";
import { HOUR, MINUTE } from "../../../contract/time.ts";
import { createZone } from "../../../contract/zone.ts";
import { createCalendar } from "../../../contract/work-time.ts";
import {
  extendClock,
  pauseClock,
  resumeClock,
  startClock,
  stopClock,
  tellMarks,
  unstopClock,
} from "./clock.ts";
import {
  deadlineOf,
  isKept,
  lightOf,
  marksDue,
  nextMark,
  usedOf,
} from "./clock-face.ts";

const calendar = createCalendar({
  zone: createZone("Asia/Shanghai"),
  hours: [
    { from: "08:00", to: "12:00" },
    { from: "14:00", to: "18:00" },
  ],
  days: [],
});

/** Times of the week that begins on Monday, the 16th of November 2026. */
const WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const at = (text: string) => {
  const [day, time] = text.split(" ");
  const [hour, minute] = time!.split(":").map(Number);
  const monday = day!.startsWith("next-") ? 23 : 16;
  const date = monday + WEEK.indexOf(day!.replace("next-", ""));
  return Date.UTC(2026, 10, date, hour! - 8, minute);
};

const FOUR_HOURS: Limit = { amount: 4, type: "workHour" };
const THREE_DAYS: Limit = { amount: 3, type: "workDay" };
const friday = startClock(FOUR_HOURS, at("fri 17:00"));
const suspended = pauseClock(friday, at("next-mon 09:00"));
const resumed = resumeClock(suspended, at("next-tue 09:00"));

const due = (clock: Clock, limit?: Limit) => deadlineOf(clock, calendar, limit);
const light = (clock: Clock, now: string) => lightOf(clock, calendar, at(now));
const used = (clock: Clock, now: string) =>
  usedOf(clock, calendar, at(now)) / HOUR;

describe("a suspended order", () => {
  it("[K12] of Friday 17:00 with 4 work hours, suspended Monday 09:00 to Tuesday 09:00, is due on Tuesday at 11:00", () => {
    expect(due(friday)).toBe(at("next-mon 11:00"));
    expect(due(resumed)).toBe(at("next-tue 11:00"));
  });

  it("[K12] uses no time while it is suspended, however often", () => {
    const again = resumeClock(
      pauseClock(resumed, at("next-tue 10:00")),
      at("next-wed 08:00"),
    );
    expect(used(again, "next-tue 17:00")).toBe(3);
    expect(due(again)).toBe(at("next-wed 09:00"));
  });

  it("[K13] has no deadline and a grey light until it goes on", () => {
    expect(due(suspended)).toBeNull();
    expect(light(suspended, "next-fri 09:00")).toBe("grey");
    expect(nextMark(tellMarks(suspended, [50]), calendar)).toBeNull();
    expect(isKept(suspended, calendar, at("next-fri 09:00"))).toBe(true);
  });

  it("[K13] that was overdue before stays overdue and red", () => {
    const late = pauseClock(friday, at("next-mon 15:00"));
    expect(due(late)).toBe(at("next-mon 11:00"));
    expect(light(late, "next-mon 15:00")).toBe("red");
  });

  it("[K12] is neither suspended twice nor resumed without need, nor in the past", () => {
    expect(() => pauseClock(suspended, at("next-mon 10:00"))).toThrow(
      "the clock is paused already",
    );
    expect(() => resumeClock(friday, at("next-mon 10:00"))).toThrow(
      "the clock is not paused",
    );
    expect(() => resumeClock(suspended, at("next-mon 08:00"))).toThrow(
      "nothing can happen to the clock at 2026-11-23T00:00:00.000Z: it changed at 2026-11-23T01:00:00.000Z",
    );
  });
});

describe("a clock that ran before an hour is shown twice", () => {
  it("[K7] has counted it by its second showing, and counts it no more after a pause in it", () => {
    const berlin = createCalendar({
      zone: createZone("Europe/Berlin"),
      ...{ hours: [{ from: "08:00", to: "12:00" }], days: [] },
    });
    const on25th = (time: string, offset: string) =>
      Date.parse(`2026-10-25T${time}:00${offset}`);
    const began = startClock(
      { amount: 1, type: "naturalDay" },
      on25th("01:30", "+02:00"),
    );
    const paused = resumeClock(
      pauseClock(began, on25th("02:10", "+01:00")),
      on25th("02:20", "+01:00"),
    );
    const [due, later] = [began, paused].map((one) => deadlineOf(one, berlin));
    expect(due).toBe(Date.parse("2026-10-26T01:30:00+01:00"));
    expect(later).toBe(due);
    const used = usedOf(paused, berlin, on25th("03:30", "+01:00"));
    expect(Math.round(used / MINUTE)).toBe(120);
  });
});

describe("an extension", () => {
  const extended = extendClock(
    friday,
    THREE_DAYS,
    at("next-mon 10:00"),
    calendar,
  );

  it("[K14] is counted from the same start, and the first deadline is kept for statistics", () => {
    expect(due(extended)).toBe(at("next-wed 17:00"));
    expect(due(extended, extended.limit)).toBe(at("next-mon 11:00"));
    const done = stopClock(extended, at("next-tue 09:00"));
    expect(isKept(done, calendar, at("next-fri 09:00"))).toBe(true);
    expect(isKept(done, calendar, at("next-fri 09:00"), done.limit)).toBe(
      false,
    );
  });

  it("[K14] moves both deadlines by a later suspension", () => {
    const early = extendClock(friday, THREE_DAYS, at("fri 18:00"), calendar);
    const paused = pauseClock(early, at("next-mon 09:00"));
    const moved = resumeClock(paused, at("next-tue 09:00"));
    expect(due(moved)).toBe(at("next-thu 17:00"));
    expect(due(moved, moved.limit)).toBe(at("next-tue 11:00"));
  });

  it("[K14] may be granted while it is suspended", () =>
    expect(
      due(
        resumeClock(
          extendClock(suspended, THREE_DAYS, at("next-mon 10:00"), calendar),
          at("next-tue 09:00"),
        ),
      ),
    ).toBe(at("next-thu 17:00")));

  it("[K14] that would not end later is refused", () =>
    expect(() =>
      extendClock(
        friday,
        { amount: 1, type: "urgentHour" },
        at("next-mon 10:00"),
        calendar,
      ),
    ).toThrow("1 urgentHour end no later than the limit in force"));

  it("[K15] begins urging anew, but not at marks that are behind", () => {
    const told = tellMarks(friday, [50]);
    const granted = (now: string, amount: number) =>
      extendClock(told, { amount, type: "workHour" }, at(now), calendar).told;
    expect(granted("next-mon 10:00", 24)).toEqual([]);
    expect(granted("next-mon 10:00", 5)).toEqual([50]);
  });
});

describe("the light", () => {
  const twenty = startClock({ amount: 20, type: "workHour" }, at("mon 08:00"));

  it("[K16] is green below 80 %, yellow from there on, red after the deadline", () => {
    expect(light(twenty, "tue 17:59")).toBe("green");
    expect(light(twenty, "tue 18:00")).toBe("yellow");
    expect(light(twenty, "wed 12:00")).toBe("yellow");
    expect(light(twenty, "wed 12:01")).toBe("red");
  });

  it("[K17] is red on Saturday where Friday 18:00 was the deadline, although no work hour went by", () => {
    const clock = startClock(FOUR_HOURS, at("fri 14:00"));
    expect(light(clock, "fri 18:00")).toBe("yellow");
    expect(light(clock, "sat 10:00")).toBe("red");
    const prompt = stopClock(clock, at("fri 18:00"));
    expect(isKept(prompt, calendar, at("sun 10:00"))).toBe(true);
    const late = stopClock(clock, at("sat 10:00"));
    expect(isKept(late, calendar, at("sun 10:00"))).toBe(false);
  });

  it("[K19] stays as it was when the order was done", () => {
    const inTime = stopClock(twenty, at("tue 10:00"));
    const late = stopClock(twenty, at("wed 15:00"));
    expect(light(inTime, "next-fri 10:00")).toBe("green");
    expect(light(late, "next-fri 10:00")).toBe("red");
    expect(used(late, "next-fri 10:00")).toBe(21);
  });

  it("[K19] is as if it had never stopped where the stop is undone", () => {
    const merged = stopClock(suspended, at("next-mon 15:00"));
    expect(light(merged, "next-fri 10:00")).toBe("grey");
    expect(due(resumeClock(unstopClock(merged), at("next-tue 09:00")))).toBe(
      at("next-tue 11:00"),
    );
    expect(() => pauseClock(merged, at("next-mon 16:00"))).toThrow(
      "the clock was stopped before",
    );
  });
});

describe("urging", () => {
  const day = startClock({ amount: 1, type: "workDay" }, at("fri 17:00"));
  const falls = (clock: Clock) => nextMark(clock, calendar);

  it("[K18] comes at 50, 80 and 100 % of the limit's own time, not of the weekend", () => {
    expect(falls(day)).toEqual({ mark: 50, at: at("next-mon 11:00") });
    const once = tellMarks(day, [50]);
    expect(falls(once)).toEqual({ mark: 80, at: at("next-mon 15:24") });
    const twice = tellMarks(once, [80]);
    expect(falls(twice)).toEqual({ mark: 100, at: at("next-mon 17:00") });
    expect(falls(tellMarks(twice, [100]))).toBeNull();
  });

  it("[K18] is due from the mark on, once", () => {
    const marks = (clock: Clock, now: string): Mark[] =>
      marksDue(clock, calendar, at(now));
    expect(marks(day, "next-mon 10:59")).toEqual([]);
    expect(marks(day, "next-mon 11:00")).toEqual([50]);
    expect(marks(day, "next-tue 08:00")).toEqual([50, 80, 100]);
    expect(marks(tellMarks(day, [50, 80]), "next-tue 08:00")).toEqual([100]);
  });

  it("[K18] moves with a suspension and ends when the order is done", () => {
    expect(falls(tellMarks(resumed, [50]))).toEqual({
      mark: 80,
      at: at("next-tue 10:12"),
    });
    const done = stopClock(friday, at("next-mon 15:00"));
    expect(falls(done)).toBeNull();
    expect(marksDue(done, calendar, at("next-tue 08:00"))).toEqual([]);
  });

  it("[K18] is the same for a hub that restarts: the clock is a value", () => {
    const stored = Clock.parse(JSON.parse(JSON.stringify(resumed)));
    expect(stored).toEqual(resumed);
    expect(falls(stored)).toEqual(falls(resumed));
  });
});

it("[K12] whatever happens to it, the deadline is the first instant by which the time that it ran fills its limit", () => {
  const START = at("mon 08:00");
  fc.assert(
    fc.property(
      fc.constantFrom<LimitType>("urgentHour", "workHour", "workDay"),
      fc.integer({ min: 1, max: 40 }),
      fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 6 }),
      (type, amount, gaps) => {
        let [clock, now] = [startClock({ amount, type }, START), START];
        gaps.forEach((minutes, i) => {
          now += minutes * MINUTE;
          clock = i % 2 ? resumeClock(clock, now) : pauseClock(clock, now);
        });
        const deadline = due(clock);
        const length = calendar.lengthOf(clock.limit);
        if (deadline === null) {
          expect(gaps.length % 2).toBe(1);
          expect(usedOf(clock, calendar, now)).toBeLessThan(length);
        } else {
          expect(usedOf(clock, calendar, deadline)).toBe(length);
          expect(usedOf(clock, calendar, deadline - 1)).toBe(length - 1);
        }
      },
    ),
    { numRuns: 500, seed: 20261126 },
  );
});
