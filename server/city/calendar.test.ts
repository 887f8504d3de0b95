import { expect, it } from "vitest";
import { readCalendar } from "./calendar.ts";

const HEADER = "date,kind,nameZh,nameEn";

it("takes a calendar as office software saves it: a mark, its own dates, empty lines of commas", () =>
  expect(
    readCalendar(
      [
        `\uFEFF${HEADER},备注`,
        '2026/10/1,holiday,国庆节,"National Day, first"," "',
        " 2026-09-20 ,workday,国庆节调休上班,National Day,",
        ",,,,",
        "",
      ].join("\r\n"),
    ),
  ).toEqual([
    {
      date: "2026-09-20",
      kind: "workday",
      nameZh: "国庆节调休上班",
      nameEn: "National Day",
    },
    {
      date: "2026-10-01",
      kind: "holiday",
      nameZh: "国庆节",
      nameEn: "National Day, first",
    },
  ]));

it("needs no names", () =>
  expect(readCalendar("date,kind\n2026-01-01,holiday\n")).toEqual([
    { date: "2026-01-01", kind: "holiday", nameZh: "", nameEn: "" },
  ]));

it("names the line of every day that is none, of another kind or there twice", () =>
  expect(() =>
    readCalendar(
      [
        HEADER,
        "2026-02-30,holiday,,",
        "1 October 2026,holiday,,",
        '2026-05-09,工作日,"劳动节\n调休",',
        "2026-05-01,holiday,,",
        "2026/5/1,workday,,",
      ].join("\n"),
    ),
  ).toThrow(
    [
      'calendar.csv line 2, column date is "2026-02-30": a date is written YYYY-MM-DD',
      'calendar.csv line 3, column date is "1 October 2026": a date is written YYYY-MM-DD',
      'calendar.csv line 5, column kind is "工作日": a kind is holiday or workday',
      "calendar.csv line 7: 2026-05-01 stands on line 6 already",
    ].join("\n"),
  ));

it.each([
  ["nothing", "", "calendar.csv line 1: there is no column date"],
  ["no header", "2026-01-01,holiday", "there is no column date"],
  ["a row too short", `${HEADER}\n2026-01-01`, "calendar.csv: Invalid Record"],
  ["an open quote", `${HEADER}\n"2026-01-01`, "calendar.csv: Quote Not Closed"],
])("refuses a table of %s", (_, text, problem) =>
  expect(() => readCalendar(text)).toThrow(problem),
);
