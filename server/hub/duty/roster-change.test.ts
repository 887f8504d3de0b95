import { describe, expect, it } from "vitest";
import type { RosterRow } from "../../../contract/duty.ts";
import { rosterChange } from "./roster-change.ts";

const row = (date: string, name: string, phone = ""): RosterRow => ({
  ...{ date, name, phone, shift: "early", role: "seat", login: "" },
});

describe("what of a roster changed", () => {
  it("tells who was and who is on, and nothing of who stayed", () => {
    const before = [row("2026-11-28", "甲"), row("2026-11-29", "甲")];
    const after = [row("2026-11-28", "乙"), row("2026-11-29", "甲")];
    expect(rosterChange(before, after)).toBe("2026-11-28 early seat: 甲 → 乙");
    expect(rosterChange(before, before)).toBe("");
  });

  it("is found in a roster of years in no time", () => {
    const rows = (name: string) =>
      Array.from({ length: 20_000 }, (_, i) =>
        row(new Date(i * 86_400_000).toISOString().slice(0, 10), name),
      );
    const before = performance.now();
    expect(rosterChange(rows("甲"), rows("乙"))).toMatch(/… \+19980$/);
    // Looked through row by row for every shift it took a minute.
    expect(performance.now() - before).toBeLessThan(5_000);
  });

  it("tells an emptied shift, and no telephone", () => {
    const change = rosterChange([row("2026-11-28", "甲", "15412345678")], []);
    expect(change).toBe("2026-11-28 early seat: 甲 → —");
  });

  it("tells of a long list how many more there are", () => {
    const after = Array.from({ length: 25 }, (_, i) =>
      row(`2026-12-${String(i + 1).padStart(2, "0")}`, "甲"),
    );
    expect(rosterChange([], after).split("\n").at(-1)).toBe("… +5");
  });
});
