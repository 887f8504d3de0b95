import { describe, expect, it } from "vitest";
import type { LimitRow } from "../../../contract/limit.ts";
import { calendarCsv, limitLines, limitsCsv, monthsOf } from "./rows.ts";

const limit = (more: Partial<LimitRow>): LimitRow => ({
  ...{ category: null, matterClass: null, stage: "handle" },
  ...{ amount: 1, type: "workDay", ...more },
});

describe("limits on a page", () => {
  it("stand in a line a category, the one for all first, classes in order", () => {
    const lines = limitLines([
      limit({ category: "pothole" }),
      limit({ matterClass: "B", amount: 5 }),
      limit({ matterClass: "A" }),
    ]);
    expect(lines.map(({ category }) => category)).toEqual([null, "pothole"]);
    expect(lines[0]!.cells.handle!.map(({ amount }) => amount)).toEqual([1, 5]);
  });

  it("are written as the door reads them, quotes and commas too", () => {
    expect(limitsCsv([limit({ matterClass: "A", amount: 0.25 })])).toBe(
      "category,matterClass,stage,amount,type\n,A,handle,0.25,workDay\n",
    );
    const day = { date: "2026-10-01", kind: "holiday" as const };
    expect(calendarCsv([{ ...day, nameZh: "国庆", nameEn: 'a "b", c' }])).toBe(
      'date,kind,nameZh,nameEn\n2026-10-01,holiday,国庆,"a ""b"", c"\n',
    );
  });
});

describe("a year", () => {
  const names = { nameZh: "", nameEn: "" };
  const months = monthsOf(2028, [
    { date: "2028-02-29", kind: "holiday", ...names },
    { date: "2028-03-04", kind: "workday", ...names },
  ]);
  const worked = (month: number) =>
    months[month - 1]!.days.filter(({ works }) => works).map(({ no }) => no);

  it("has its leap day, weeks that begin on Monday, and works as the calendar says", () => {
    expect(months[1]!.days).toHaveLength(29);
    // The 1st of February 2028 is a Tuesday.
    expect(months[1]!.before).toBe(1);
    expect(worked(2)).not.toContain(29);
    expect(worked(3)).toContain(4);
    expect(worked(3)).not.toContain(5);
  });
});
