import { describe, expect, it } from "vitest";
import { WorkCalendar, type CalendarDay } from "./calendar.ts";
import type { LimitType } from "./limit.ts";
import { HOUR } from "./time.ts";
import { createZone } from "./zone.ts";
import { createCalendar } from "./work-time.ts";

const HOURS = [
  { from: "08:00", to: "12:00" },
  { from: "14:00", to: "18:00" },
];

const day = (date: string, kind: CalendarDay["kind"]): CalendarDay => ({
  date,
  kind,
  nameZh: "",
  nameEn: "",
});

const city = (...days: CalendarDay[]) =>
  createCalendar({ zone: createZone("Asia/Shanghai"), hours: HOURS, days });

const at = (local: string) => Date.parse(`${local.replace(" ", "T")}:00+08:00`);
const shown = (instant: number) =>
  new Date(instant + 8 * HOUR).toISOString().slice(0, 16).replace("T", " ");

/** When a limit that begins at a local time ends, as local time. */
const end = (
  from: string,
  amount: number,
  type: LimitType,
  calendar = city(),
) => shown(calendar.add(at(from), { amount, type }));

const FRIDAY = "2026-11-20";
const SATURDAY = "2026-11-21";
const MONDAY = "2026-11-23";

describe("what is dispatched on Friday at 17:00 (domain.md §5)", () => {
  it("[K3] with 4 work hours is due on Monday at 11:00", () =>
    expect(end(`${FRIDAY} 17:00`, 4, "workHour")).toBe(`${MONDAY} 11:00`));

  it("[K4] with 1 work day is due on Monday at 17:00", () =>
    expect(end(`${FRIDAY} 17:00`, 1, "workDay")).toBe(`${MONDAY} 17:00`));

  it("[K2] with 4 work hours is due on Saturday at 11:00 where that is a make-up working day", () => {
    const worked = city(day(SATURDAY, "workday"));
    expect(end(`${FRIDAY} 17:00`, 4, "workHour", worked)).toBe(
      `${SATURDAY} 11:00`,
    );
  });

  it("[K3] with 1 natural day is due on Saturday at 17:00", () =>
    expect(end(`${FRIDAY} 17:00`, 1, "naturalDay")).toBe(`${SATURDAY} 17:00`));

  it("[K3] at 23:00 with 2 urgent hours is due on Saturday at 01:00", () =>
    expect(end(`${FRIDAY} 23:00`, 2, "urgentHour")).toBe(`${SATURDAY} 01:00`));
});

describe("an instant at the edge of working time", () => {
  it("[K5] a limit may end with the last minute of Friday", () =>
    expect(end(`${FRIDAY} 14:00`, 4, "workHour")).toBe(`${FRIDAY} 18:00`));

  it("[K5] 1 work day from 08:00 ends at 18:00 of the same day", () =>
    expect(end(`${FRIDAY} 08:00`, 1, "workDay")).toBe(`${FRIDAY} 18:00`));

  it("[K6] Friday 18:00 + 1 work hour is Monday 09:00", () =>
    expect(end(`${FRIDAY} 18:00`, 1, "workHour")).toBe(`${MONDAY} 09:00`));

  it("[K6] what begins at noon, at night or on Sunday begins with the next working hour", () => {
    expect(end(`${FRIDAY} 12:00`, 1, "workHour")).toBe(`${FRIDAY} 15:00`);
    expect(end(`${FRIDAY} 03:00`, 1, "workHour")).toBe(`${FRIDAY} 09:00`);
    expect(end("2026-11-22 10:00", 1, "workHour")).toBe(`${MONDAY} 09:00`);
  });
});

describe("the calendar of the city", () => {
  const national = city(
    ...["01", "02", "03", "04", "05", "06", "07"].map((date) =>
      day(`2026-10-${date}`, "holiday"),
    ),
    day("2026-09-20", "workday"),
    day("2026-10-10", "workday"),
  );

  it("[K2] leaves National Day's week out and works the Saturday after", () => {
    expect(end("2026-09-30 17:00", 2, "workHour", national)).toBe(
      "2026-10-08 09:00",
    );
    expect(end("2026-10-09 17:00", 2, "workHour", national)).toBe(
      "2026-10-10 09:00",
    );
  });

  it("[K2] changes nothing by a holiday at a weekend or a workday on a Tuesday", () => {
    const idle = city(day(SATURDAY, "holiday"), day("2026-11-24", "workday"));
    expect(end(`${FRIDAY} 17:00`, 3, "workDay", idle)).toBe(
      end(`${FRIDAY} 17:00`, 3, "workDay"),
    );
  });

  it("[K2] takes the weekdays of years that nobody announced yet", () =>
    expect(end("2093-10-01 08:00", 20, "workDay", national)).toBe(
      "2093-10-28 18:00",
    ));

  it("[K2] finds the next working day behind a whole year without one", () => {
    const idle = Array.from({ length: 365 }, (_, i) =>
      day(
        new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10),
        "holiday",
      ),
    );
    expect(end("2025-12-31 17:00", 2, "workHour", city(...idle))).toBe(
      "2027-01-01 09:00",
    );
  });

  it("[K3] counts holidays in urgent hours and natural days", () => {
    expect(end("2026-10-01 10:00", 2, "urgentHour", national)).toBe(
      "2026-10-01 12:00",
    );
    expect(end("2026-10-01 10:00", 3, "naturalDay", national)).toBe(
      "2026-10-04 10:00",
    );
  });

  it("[K4] has work days as long as its hours say", () => {
    const short = createCalendar({
      zone: createZone("Asia/Shanghai"),
      hours: [{ from: "09:00", to: "16:00" }],
      days: [],
    });
    expect(short.lengthOf({ amount: 2, type: "workDay" })).toBe(14 * HOUR);
    expect(end(`${FRIDAY} 15:00`, 1, "workDay", short)).toBe(`${MONDAY} 15:00`);
  });

  it.each([
    ["ends before it begins", [{ from: "12:00", to: "08:00" }]],
    ["overlap", [...HOURS, { from: "17:00", to: "19:00" }]],
    ["are none", []],
    ["are past midnight", [{ from: "20:00", to: "25:00" }]],
  ])("has no hours that %s", (_, hours) =>
    expect(WorkCalendar.safeParse({ hours, days: [] }).success).toBe(false),
  );
});

describe("what is left of a limit", () => {
  const limit = { amount: 4, type: "workHour" } as const;

  it("[K3] stands still over the weekend", () => {
    const left = (now: string) =>
      city().remaining(at(`${FRIDAY} 17:00`), limit, at(now));
    expect(left(`${FRIDAY} 18:00`)).toBe(3 * HOUR);
    expect(left(`${MONDAY} 08:00`)).toBe(3 * HOUR);
    expect(left(`${MONDAY} 11:00`)).toBe(0);
    expect(left(`${MONDAY} 15:00`)).toBe(-2 * HOUR);
  });
});

describe("where clocks are changed", () => {
  const london = createCalendar({
    zone: createZone("Europe/London"),
    hours: HOURS,
    days: [],
  });

  it("[K7] a natural day ends at the same time of day, an urgent hour takes an hour", () => {
    const noon = Date.parse("2026-10-24T12:00:00+01:00");
    expect(london.add(noon, { amount: 1, type: "naturalDay" })).toBe(
      Date.parse("2026-10-25T12:00:00Z"),
    );
    expect(london.add(noon, { amount: 24, type: "urgentHour" })).toBe(
      Date.parse("2026-10-25T11:00:00Z"),
    );
  });

  it("[K7] a natural day that would end in the skipped hour ends when clocks jump", () =>
    expect(
      london.add(Date.parse("2026-03-28T01:30:00Z"), {
        amount: 1,
        type: "naturalDay",
      }),
    ).toBe(Date.parse("2026-03-29T01:00:00Z")));

  it.each([
    ["Europe/Berlin", "+02:00", "+01:00", "2026-10-25T02:30:00", "2026-10-26"],
    [
      "America/New_York",
      "-04:00",
      "-05:00",
      "2026-11-01T01:30:00",
      "2026-11-02",
    ],
  ])(
    "[K7] a natural day in %s that begins in an hour shown twice ends at that time of day, whichever showing it was",
    (name, summer, winter, local, next) => {
      const city = createCalendar({
        ...{ zone: createZone(name), hours: HOURS, days: [] },
      });
      const due = Date.parse(`${next}${local.slice(10)}${winter}`);
      for (const offset of [summer, winter]) {
        const from = Date.parse(local + offset);
        const limit = { amount: 1, type: "naturalDay" } as const;
        expect(city.add(from, limit)).toBe(due);
        expect(city.remaining(from, limit, due)).toBe(0);
      }
    },
  );

  it("[K1] work hours follow the clocks on the wall in summer and winter", () => {
    const friday = Date.parse("2026-10-23T17:00:00+01:00");
    expect(london.add(friday, { amount: 4, type: "workHour" })).toBe(
      Date.parse("2026-10-26T11:00:00Z"),
    );
  });
});
