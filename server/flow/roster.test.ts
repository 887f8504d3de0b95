import { describe, expect, it } from "vitest";
import type { RosterRow } from "../../contract/duty.ts";
import { createZone } from "../../contract/zone.ts";
import { ORDINARY_SHIFTS } from "../city/shifts.ts";
import { createShiftPlan } from "../hub/duty/plan.ts";
import { createManualClock } from "../lib/clock.ts";
import { DutyRefusal } from "./duty-refusal.ts";
import { createRosterFlow } from "./roster.ts";

/** A roster, and the hour at which somebody changes it. */
function rosterAt(hour: string, rows: RosterRow[] = []) {
  const roster = createRosterFlow({
    book: {
      roster: () => Promise.resolve({ rev: 0, rows }),
      putRoster: (kept) => Promise.resolve((rows = kept) && 1),
    },
    plan: createShiftPlan(ORDINARY_SHIFTS, createZone("Asia/Shanghai")),
    shifts: ORDINARY_SHIFTS,
    clock: createManualClock(Date.parse(`${hour}+08:00`)),
    entryOf: (text, { login, name }) => ({
      ...{ id: "1", at: 0, by: login, byName: name, of: null },
      ...{ kind: "roster", text, place: "", incident: null, corrects: null },
    }),
    entered: () => undefined,
    failed: (error) => {
      throw error;
    },
  });
  const change = {
    ...{ rev: 0, by: { login: "gu", name: "顾明川" } },
    witness: () => Promise.resolve(),
  };
  const told = (error: unknown) => {
    if (error instanceof DutyRefusal) return error.sentence.code;
    throw error;
  };
  return {
    set: (date: string, shift: string) =>
      roster.setCells([{ date, shift, people: [] }], change).catch(told),
    put: (table: RosterRow[]) => roster.put(table, change).catch(told),
    now: () => rows.map(({ date, shift, name }) => `${date} ${shift} ${name}`),
  };
}

const on = (date: string, shift: string, name: string): RosterRow => ({
  ...{ date, shift, role: "dutyOfficer", login: "", name, phone: "" },
});

describe("who is on", () => {
  it("may be changed of a night as long as it lasts, be it after midnight", async () => {
    const { set } = rosterAt("2026-10-14T01:00");
    expect(await set("2026-10-13", "night")).toBe(1);
    expect(await set("2026-10-13", "middle")).toBe("dayOver");
    expect(await set("2026-10-14", "early")).toBe(1);
  });

  it("stays as it was once the night is over", async () => {
    const { set } = rosterAt("2026-10-14T07:30");
    expect(await set("2026-10-13", "night")).toBe("dayOver");
  });

  it("is taken from a table for the night that lasts too, and for what is over of its day not", async () => {
    const table = (name: string) => [
      on("2026-10-13", "early", name),
      on("2026-10-13", "night", name),
      on("2026-10-14", "early", name),
    ];
    const { put, now } = rosterAt("2026-10-14T01:00", table("甲"));
    expect(await put(table("乙"))).toEqual({ rev: 1, days: 2, over: 0 });
    expect(now()).toEqual([
      "2026-10-13 early 甲",
      "2026-10-13 night 乙",
      "2026-10-14 early 乙",
    ]);
  });

  it("stays in a table's days that are over", async () => {
    const { put } = rosterAt("2026-10-14T07:30");
    const night = on("2026-10-13", "night", "乙");
    expect(await put([night])).toBe("rosterEmpty");
    expect(await put([night, on("2026-10-14", "early", "乙")])).toEqual({
      ...{ rev: 1, days: 1, over: 1 },
    });
  });
});
