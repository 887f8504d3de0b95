import { describe, expect, it } from "vitest";
import { DAY, MINUTE } from "../../../contract/time.ts";
import { createZone } from "../../../contract/zone.ts";
import { createChance } from "../../../test/kit/chance.ts";
import { shift, THREE } from "../../../test/kit/shifts.ts";
import { createShiftPlan, dateOfDay, shiftFlaws } from "./plan.ts";

const SEED = 60;
const shanghai = createShiftPlan(THREE, createZone("Asia/Shanghai"));
const at = (iso: string) => Date.parse(`${iso}:00+08:00`);
const named = (span: { date: string; shift: string } | null) =>
  span && `${span.date} ${span.shift}`;

describe("the shifts of a day", () => {
  it("give the hours after midnight to the night of the day before", () => {
    expect(named(shanghai.at(at("2026-11-27T03:00")))).toBe("2026-11-26 night");
    expect(named(shanghai.at(at("2026-11-27T07:30")))).toBe("2026-11-27 early");
    expect(named(shanghai.at(at("2026-11-27T23:30")))).toBe("2026-11-27 night");
  });

  it("follow each other over the end of a year", () => {
    const night = shanghai.at(at("2026-12-31T23:45"))!;
    expect(named(shanghai.after(night.from))).toBe("2027-01-01 early");
  });

  it.each([
    ["Asia/Shanghai", "2026-11-01"],
    // Clocks are put forward on 29 March and back on 25 October.
    ["Europe/London", "2026-03-27"],
    ["Europe/London", "2026-10-23"],
    // By half an hour, and at midnight.
    ["Australia/Lord_Howe", "2026-10-02"],
    ["America/Santiago", "2026-09-04"],
  ])("leave no moment open in %s from %s on", (zone, from) => {
    const chance = createChance(SEED);
    const plan = createShiftPlan(THREE, createZone(zone));
    const first = Date.parse(from);
    for (let i = 0; i < 2000; i++) {
      const now = first + chance.between(0, 5 * DAY);
      const on = plan.at(now)!;
      expect(on.from <= now && now < on.to, `${now}`).toBe(true);
      expect(plan.after(on.from)?.from).toBe(on.to);
      expect(plan.span(on)).toEqual(on);
    }
  });

  it("have nobody on where the city has no shift, and the last to begin where two meet", () => {
    const office = createShiftPlan(
      [shift("office", "08:00", "18:00"), shift("late", "17:30", "22:00")],
      createZone("Asia/Shanghai"),
    );
    expect(office.at(at("2026-11-27T07:59"))).toBeNull();
    expect(named(office.after(at("2026-11-27T07:59")))).toBe(
      "2026-11-27 office",
    );
    expect(named(office.at(at("2026-11-27T17:45")))).toBe("2026-11-27 late");
  });
});

describe("what shifts leave open", () => {
  it("is nothing where they go round the clock", () => {
    expect(shiftFlaws(THREE)).toEqual([]);
    expect(shiftFlaws([shift("all", "08:00", "08:00")])).toEqual([]);
    expect(shiftFlaws([])).toEqual([]);
  });

  it("is said with its hours, and so is what two share", () =>
    expect(
      shiftFlaws([
        shift("day", "08:00", "18:30"),
        shift("night", "18:00", "07:00"),
      ]).map(({ message }) => message),
    ).toEqual([
      "no shift is on from 07:00 to 08:00",
      "the shifts day and night are both on from 18:00 to 18:30",
    ]));

  it("covers a day together with the shifts, minute by minute", () => {
    const chance = createChance(SEED);
    const time = (minute: number) =>
      new Date(minute * MINUTE).toISOString().slice(11, 16);
    for (let i = 0; i < 300; i++) {
      const shifts = Array.from({ length: chance.between(1, 4) }, (_, n) =>
        shift(
          `s${n}`,
          time(chance.between(0, 1440)),
          time(chance.between(0, 1440)),
        ),
      );
      const plan = createShiftPlan(shifts, createZone("UTC"));
      const open = Array.from(
        { length: 1440 },
        (_, minute) => plan.at(2 * DAY + minute * MINUTE) === null,
      ).filter(Boolean).length;
      const told = shiftFlaws(shifts)
        .filter(({ code }) => code === "shiftGap")
        .reduce((sum, { facts }) => sum + minutes(facts!), 0);
      expect(told, JSON.stringify(shifts)).toBe(open);
    }
  });
});

function minutes(facts: Record<string, unknown>): number {
  const [from, to] = [facts["from"], facts["to"]].map(
    (time) => Date.parse(`1970-01-01T${time as string}Z`) / MINUTE,
  );
  return (to! - from! + 1440) % 1440;
}

it("names who is missing on each shift of each day", () => {
  const date = dateOfDay(20_000);
  const row = (role: "shiftLeader" | "dutyOfficer", shift: string) => ({
    ...{ date, shift, role, login: "", name: "林", phone: "" },
  });
  expect(
    shanghai.gaps(
      [date],
      [
        row("shiftLeader", "early"),
        row("dutyOfficer", "early"),
        row("dutyOfficer", "middle"),
        ...[row("shiftLeader", "night"), row("dutyOfficer", "night")],
      ],
    ),
  ).toEqual([{ date, shift: "middle", role: "shiftLeader" }]);
});
