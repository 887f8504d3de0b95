/** Tables of rules as these pages show and write them. Pure. */
import type { CalendarDay } from "../../../contract/calendar.ts";
import type { LimitRow, LimitStage } from "../../../contract/limit.ts";
import { DAY } from "../../../contract/time.ts";

const COLUMNS = {
  limits: ["category", "matterClass", "stage", "amount", "type"],
  calendar: ["date", "kind", "nameZh", "nameEn"],
} as const;

const cell = (value: string | number | null): string => {
  const text = String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
const csvOf = <Row>(columns: readonly (keyof Row)[], rows: readonly Row[]) =>
  [
    columns.join(","),
    ...rows.map((row) =>
      columns
        .map((column) => cell(row[column] as string | number | null))
        .join(","),
    ),
    "",
  ].join("\n");

/** What the door reads back as the same rows. */
export const limitsCsv = (rows: readonly LimitRow[]): string =>
  csvOf<LimitRow>(COLUMNS.limits, rows);
export const calendarCsv = (rows: readonly CalendarDay[]): string =>
  csvOf<CalendarDay>(COLUMNS.calendar, rows);

/** Limits of one category, by stage. */
export interface LimitLine {
  /** null is every category. */
  category: string | null;
  cells: Partial<Record<LimitStage, LimitRow[]>>;
}

/** A line a category that some row names, the one for all first; classes in their order. */
export function limitLines(rows: readonly LimitRow[]): LimitLine[] {
  const lines = new Map<string | null, LimitLine>();
  const ofClass = (row: LimitRow) => row.matterClass ?? "";
  for (const row of [...rows].sort((a, b) =>
    ofClass(a) < ofClass(b) ? -1 : 1,
  )) {
    const { category, stage } = row;
    const line = lines.get(category) ?? { category, cells: {} };
    lines.set(category, line);
    (line.cells[stage] ??= []).push(row);
  }
  return [...lines.values()].sort((a, b) =>
    (a.category ?? "") < (b.category ?? "") ? -1 : 1,
  );
}

export interface YearDay {
  date: string;
  /** Of the month. */
  no: number;
  works: boolean;
  /** What the calendar says of it; null where its weekday decides. */
  said: CalendarDay | null;
}
export interface YearMonth {
  /** 1–12. */
  month: number;
  /** Empty places before the first, weeks beginning on Monday. */
  before: number;
  days: YearDay[];
}

/** A year's twelve months, day by day. */
export function monthsOf(
  year: number,
  days: readonly CalendarDay[],
): YearMonth[] {
  const said = new Map(days.map((day) => [day.date, day]));
  return Array.from({ length: 12 }, (_, i) => {
    const first = Date.UTC(year, i, 1);
    const length = (Date.UTC(year, i + 1, 1) - first) / DAY;
    return {
      month: i + 1,
      before: (new Date(first).getUTCDay() + 6) % 7,
      days: Array.from({ length }, (_, d) => {
        const at = new Date(first + d * DAY);
        const date = at.toISOString().slice(0, 10);
        const found = said.get(date) ?? null;
        const isWeekday = at.getUTCDay() % 6 !== 0;
        const works = found ? found.kind === "workday" : isWeekday;
        return { date, no: d + 1, works, said: found };
      }),
    };
  });
}
