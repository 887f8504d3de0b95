import { expect, it } from "vitest";
import type { RosterRow } from "../../contract/duty.ts";
import { tableOf } from "./roster.ts";

const on = (date: string, shift: string): RosterRow => ({
  ...{ date, shift, role: "dutyOfficer", login: "", name: "甲", phone: "" },
});

it("a week's table holds the night that lasts from the day before, once, and no other of that day", () => {
  const week = ["2026-10-12", "2026-10-13"];
  const night = on("2026-10-11", "night");
  const own = [on("2026-10-12", "early"), on("2026-10-13", "night")];
  const rows = [on("2026-10-11", "early"), night, ...own];
  expect(tableOf(rows, week, night)).toEqual([night, ...own]);
  expect(tableOf(rows, week, null)).toEqual(own);
  // It may lie in the week itself.
  expect(tableOf(rows, week, own[1]!)).toEqual(own);
});
