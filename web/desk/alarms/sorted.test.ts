import { describe, expect, it } from "vitest";
import type { AlarmView } from "../../../contract/alarm.ts";
import { EVERYTHING, fits, sorted } from "./sorted.ts";

const alarm = (id: string, more: Partial<AlarmView> = {}): AlarmView => ({
  ...{ id, indicator: id, scope: "city", level: "yellow", since: 1 },
  ...{ value: 3, incident: null, acknowledged: null, shelvedUntil: null },
  ...{ site: "", district: null },
  ...more,
});
const seen = { by: "lin", at: 2, comment: "" };

describe("alarms on their page", () => {
  it("stand with the unseen first, the worst of them before, and no data after every level", () => {
    const shown = sorted([
      alarm("shelved", { level: "red", shelvedUntil: 9 }),
      alarm("seen", { level: "red", acknowledged: seen }),
      alarm("silent", { level: null }),
      alarm("older"),
      alarm("newer", { since: 2 }),
      alarm("red", { level: "red" }),
    ]);
    expect(shown.map(({ id }) => id)).toEqual([
      ...["red", "newer", "older", "silent", "seen", "shelved"],
    ]);
  });

  it("are found by level, kind, state and district", () => {
    const all = [
      alarm("silent", { level: null }),
      alarm("west", { district: "999001" }),
      alarm("seen", { acknowledged: seen }),
    ];
    const found = (filter: object) =>
      all.filter(fits({ ...EVERYTHING, ...filter })).map(({ id }) => id);
    expect(found({ kind: "silent" })).toEqual(["silent"]);
    expect(found({ level: "yellow" })).toEqual(["west", "seen"]);
    expect(found({ state: "acknowledged" })).toEqual(["seen"]);
    expect(found({ district: "999001" })).toEqual(["west"]);
    expect(found({})).toHaveLength(3);
  });
});
