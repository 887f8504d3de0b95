/** Deadlines and used time equal what a slow count of every minute says. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LimitType } from "../../../contract/limit.ts";
import { HOUR, MINUTE } from "../../../contract/time.ts";
import { createZone } from "../../../contract/zone.ts";
import { minutesCounted, type Office } from "../../../test/clocks/minutes.ts";
import { createCalendar } from "../../../contract/work-time.ts";

const SEED = 20261126;

const DAYTIME: Office["hours"] = [
  ["08:00", "12:00"],
  ["14:00", "18:00"],
];
/** Among them every hour at which clocks are changed. */
const NIGHT: Office["hours"] = [
  ["00:00", "05:30"],
  ["22:15", "24:00"],
];

/** Some days around which the calendar is full, and clocks change in all of the zones but one. */
const SPRING = Date.UTC(2026, 2, 5);
const AUTUMN = Date.UTC(2026, 9, 1);

const dates = fc.uniqueArray(
  fc
    .tuple(fc.constantFrom(SPRING, AUTUMN), fc.integer({ min: 0, max: 35 }))
    .map(([start, days]) =>
      new Date(start + days * 24 * HOUR).toISOString().slice(0, 10),
    ),
  { maxLength: 16 },
);

const offices = (timeZone: string): fc.Arbitrary<Office> =>
  fc
    .tuple(fc.constantFrom(DAYTIME, NIGHT), dates, fc.nat({ max: 16 }))
    .map(([hours, named, cut]) => ({
      timeZone,
      hours,
      holidays: named.slice(cut),
      workdays: named.slice(0, cut),
    }));

const calendarOf = ({ timeZone, hours, holidays, workdays }: Office) =>
  createCalendar({
    zone: createZone(timeZone),
    hours: hours.map(([from, to]) => ({ from, to })),
    days: [
      ...holidays.map((date) => ({ date, kind: "holiday" as const })),
      ...workdays.map((date) => ({ date, kind: "workday" as const })),
    ].map((day) => ({ ...day, nameZh: "", nameEn: "" })),
  });

const moments = fc
  .tuple(
    fc.constantFrom(SPRING, AUTUMN),
    fc.integer({ max: 32 * 1440, min: 0 }),
  )
  .map(([start, minutes]) => start + minutes * MINUTE);

/** Minutes around the clocks' changes, where a city is least likely to be looked at. */
const changes = (timeZone: string) => {
  const zone = createZone(timeZone);
  const found = [SPRING, AUTUMN].flatMap((start) =>
    Array.from({ length: 40 * 48 }, (_, i) => start + (i * HOUR) / 2).filter(
      (at) => zone.offsetAt(at) !== zone.offsetAt(at - HOUR / 2),
    ),
  );
  return found.length === 0
    ? moments
    : fc
        .tuple(fc.constantFrom(...found), fc.integer({ min: -180, max: 180 }))
        .map(([at, minutes]) => at + minutes * MINUTE);
};

const types = fc.constantFrom("urgentHour", "workHour", "naturalDay");

describe.each([
  "Asia/Shanghai",
  "America/St_Johns",
  "America/New_York",
  "Australia/Lord_Howe",
  "Europe/Berlin",
  "Europe/London",
])("in %s", (timeZone) => {
  const cases = fc.record({
    office: offices(timeZone),
    from: fc.oneof(moments, changes(timeZone)),
    type: types,
    minutes: fc.integer({ min: 1, max: 20 * 60 }),
  });

  it("[K5] a limit ends at the first minute by which it has gone by", () => {
    fc.assert(
      fc.property(cases, ({ office, from, type, minutes }) => {
        const hours = type === "naturalDay" ? 24 * 60 : 60;
        const limit = { amount: minutes / hours, type: type as LimitType };
        const end = calendarOf(office).add(from, limit);
        for (const slow of minutesCounted(office, type, from))
          if (slow.minutes >= minutes) {
            expect(end).toBe(slow.at);
            return;
          }
      }),
      { numRuns: 40, seed: SEED },
    );
  });

  it("[K3] used time is the minutes that count, and never falls", () => {
    fc.assert(
      fc.property(cases, ({ office, from, type, minutes }) => {
        const calendar = calendarOf(office);
        let last = 0;
        for (const slow of minutesCounted(office, type, from)) {
          const used = calendar.between(from, slow.at, type);
          expect(Math.floor(used / MINUTE)).toBe(slow.minutes);
          expect(used).toBeGreaterThanOrEqual(last);
          last = used;
          if (slow.at >= from + 3 * minutes * MINUTE) return;
        }
      }),
      { numRuns: 30, seed: SEED + 1 },
    );
  });
});

it("[K5] of any two limits the longer ends later, and none before it began", () => {
  fc.assert(
    fc.property(
      offices("America/St_Johns"),
      moments,
      fc.constantFrom<LimitType>("urgentHour", "workHour", "workDay"),
      fc.double({ min: 0.01, max: 400, noNaN: true }),
      fc.double({ min: 0.01, max: 400, noNaN: true }),
      (office, from, type, one, more) => {
        const calendar = calendarOf(office);
        const first = calendar.add(from, { amount: one, type });
        const second = calendar.add(from, { amount: one + more, type });
        expect(first).toBeGreaterThan(from);
        expect(second).toBeGreaterThan(first);
        expect(calendar.between(from, first, type)).toBe(
          calendar.lengthOf({ amount: one, type }),
        );
      },
    ),
    { numRuns: 300, seed: SEED + 2 },
  );
});
