import { describe, expect, it } from "vitest";
import type { RosterRow } from "../../contract/duty.ts";
import { createZone } from "../../contract/zone.ts";
import { ORDINARY_SHIFTS } from "../city/shifts.ts";
import { createShiftPlan } from "../hub/duty/plan.ts";
import { createManualClock } from "../lib/clock.ts";
import { DutyRefusal } from "./duty-refusal.ts";
import { createRosterFlow } from "./roster.ts";

/** A roster of one row a change, and the hour at which somebody changes it. */
function rosterAt(hour: string) {
  let rows: RosterRow[] = [];
  const roster = createRosterFlow({
    book: {
      roster: () => Promise.resolve({ rev: 0, rows }),
      putRoster: (kept) => Promise.resolve((rows = kept) && 1),
    },
    plan: createShiftPlan(ORDINARY_SHIFTS, createZone("Asia/Shanghai")),
    shifts: ORDINARY_SHIFTS,
    clock: createManualClock(Date.parse(`${hour}+08:00`)),
    entryOf: () => {
      throw new Error("the log is another test's");
    },
    entered: () => undefined,
    failed: (error) => {
      throw error;
    },
  });
  return (date: string, shift: string) =>
    roster
      .setCells([{ date, shift, people: [] }], {
        ...{ rev: 0, by: { login: "gu", name: "顾明川" } },
        witness: () => Promise.resolve(),
      })
      .catch((error: unknown) => {
        if (error instanceof DutyRefusal) return error.sentence.code;
        throw error;
      });
}

describe("who is on", () => {
  it("may be changed of a night as long as it lasts, be it after midnight", async () => {
    const set = rosterAt("2026-10-14T01:00");
    expect(await set("2026-10-13", "night")).toBe(1);
    expect(await set("2026-10-13", "middle")).toBe("dayOver");
    expect(await set("2026-10-14", "early")).toBe(1);
  });

  it("stays as it was once the night is over", async () => {
    const set = rosterAt("2026-10-14T07:30");
    expect(await set("2026-10-13", "night")).toBe("dayOver");
  });
});
