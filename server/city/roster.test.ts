import { expect, it } from "vitest";
import { THREE } from "../../test/kit/shifts.ts";
import { readRoster } from "./roster.ts";
import { readShifts } from "./shifts.ts";
import type { TableError } from "./table.ts";

it("takes a roster as office software saves it, without accounts and telephones", () =>
  expect(
    readRoster(
      "\uFEFFdate,shift,role,name\r\n2026/11/7,early,seat,林知行\r\n,,,\r\n",
      THREE,
    ),
  ).toEqual([
    {
      ...{ date: "2026-11-07", shift: "early", role: "seat" },
      ...{ login: "", name: "林知行", phone: "", centre: null },
    },
  ]));

it("tells whose roster a row is of, and refuses a centre that the city lacks", () => {
  const text = (centre: string) =>
    `centre,date,shift,role,name\n${centre},2026-11-07,early,seat,林\n,2026-11-07,early,seat,林`;
  const of = { centres: ["EAST"] };
  expect(
    readRoster(text("EAST"), THREE, of).map(({ centre }) => centre),
  ).toEqual(["EAST", null]);
  expect(() => readRoster(text("WEST"), THREE, of)).toThrow(
    "there is no centre WEST that keeps a duty",
  );
});

it("names the line and the cell of everything that is wrong", () => {
  const text = [
    "date,shift,role,name",
    "2026-02-30,early,seat,林",
    "2026-11-07,noon,seat,林",
    "2026-11-07,early,值班长,林",
    "2026-11-07,early,seat,",
    "2026-11-07,early,seat,顾",
    "2026-11-07,early,seat,顾",
  ].join("\n");
  const faults = () => {
    try {
      return readRoster(text, THREE);
    } catch (error) {
      return (error as TableError).faults;
    }
  };
  expect(faults()).toMatchObject([
    { line: 2, column: "date", message: "a date is written YYYY-MM-DD" },
    { line: 3, column: "shift", message: "the city has no shift noon" },
    { line: 4, column: "role", cell: "值班长" },
    { line: 5, column: "name", message: "everybody on a shift has a name" },
    { line: 7, column: null },
  ]);
});

it("says which column a roster lacks", () =>
  expect(() =>
    readRoster("date,shift,name\n2026-11-07,early,林", THREE),
  ).toThrow("roster.csv line 1: there is no column role"));

it("reads shifts with who they need, ordinarily a leader of the day, a shift leader and an officer", () =>
  expect(
    readShifts(
      "id,nameZh,from,to,needs\nday,白班,08:30,17:30,shiftLeader;seat\nnight,夜班,17:30,08:30,\n",
    ).map(({ id, needs }) => [id, needs]),
  ).toEqual([
    ["day", ["shiftLeader", "seat"]],
    ["night", ["dutyLeader", "shiftLeader", "dutyOfficer"]],
  ]));
