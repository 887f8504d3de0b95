import { z } from "zod";
import { CalendarDay, type WorkingHours } from "../../contract/calendar.ts";
import { say } from "../../contract/sentence.ts";
import { SENTENCES } from "../../contract/sentences.ts";
import { isoDate, readTable, TableError } from "./table.ts";

/** Where `city.json` has no `workingHours` (domain.md §5). */
export const ORDINARY_HOURS: WorkingHours = [
  { from: "08:00", to: "12:00" },
  { from: "14:00", to: "18:00" },
];

/** Of fifty years and more; every page is sent them. */
const MOST_DAYS = 3_000;

/** Packs of before say it so. */
const oldKind = (given: unknown) => (given === "makeUp" ? "workday" : given);

const Row = CalendarDay.extend({
  date: z.preprocess(isoDate, CalendarDay.shape.date),
  kind: z.preprocess(
    oldKind,
    z.enum(CalendarDay.shape.kind.options, SENTENCES.dayKind),
  ),
  nameZh: CalendarDay.shape.nameZh.default(""),
  nameEn: CalendarDay.shape.nameEn.default(""),
});

/**
 * Reads `calendar.csv` (columns date, kind and, where wanted, nameZh, nameEn).
 * @returns the days by date
 * @throws TableError naming line and column of everything that is wrong
 */
export function readCalendar(text: string): CalendarDay[] {
  const days = readTable({
    file: "calendar.csv",
    text,
    shape: Row,
    identity: ({ date }) => date,
  });
  if (days.length > MOST_DAYS)
    throw TableError.of("calendar.csv", [
      {
        // The head is the first line.
        ...{ line: MOST_DAYS + 2, column: null, cell: "" },
        message: say("mostDays", { most: MOST_DAYS }).message,
      },
    ]);
  return days.sort((a, b) => (a.date < b.date ? -1 : 1));
}
