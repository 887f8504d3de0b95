import type { CalendarDay } from "./types.ts";

const DAY = 86_400_000;

/** First and last day off (MM-DD), and the weekend days worked instead. */
type Holiday = readonly [
  nameZh: string,
  nameEn: string,
  from: string,
  to: string,
  ...makeUp: string[],
];

/**
 * 2026 as the State Council announced it [K]; 2027 was not announced when this was
 * written and follows the rules of 2024 (13 days, eve of the Spring Festival
 * among them). An administrator edits it like any other row.
 */
const HOLIDAYS: Record<number, readonly Holiday[]> = {
  2026: [
    ["元旦", "New Year", "01-01", "01-03", "01-04"],
    ["春节", "Spring Festival", "02-15", "02-23", "02-14", "02-28"],
    ["清明节", "Tomb-Sweeping Day", "04-04", "04-06"],
    ["劳动节", "Labour Day", "05-01", "05-05", "05-09"],
    ["端午节", "Dragon Boat Festival", "06-19", "06-21"],
    ["中秋节", "Mid-Autumn Festival", "09-25", "09-27"],
    ["国庆节", "National Day", "10-01", "10-07", "09-20", "10-10"],
  ],
  2027: [
    ["元旦", "New Year", "01-01", "01-03"],
    ["春节", "Spring Festival", "02-05", "02-12", "01-30", "02-14"],
    ["清明节", "Tomb-Sweeping Day", "04-03", "04-05"],
    ["劳动节", "Labour Day", "05-01", "05-05", "05-08"],
    ["端午节", "Dragon Boat Festival", "06-09", "06-09"],
    ["中秋节", "Mid-Autumn Festival", "09-15", "09-15"],
    ["国庆节", "National Day", "10-01", "10-07", "09-26", "10-09"],
  ],
};

export function createCalendar(): CalendarDay[] {
  const days = Object.entries(HOLIDAYS).flatMap(([year, holidays]) =>
    holidays.flatMap(([nameZh, nameEn, from, to, ...makeUp]) => {
      const first = Date.parse(`${year}-${from}T00:00:00Z`);
      const last = Date.parse(`${year}-${to}T00:00:00Z`);
      const off = Array.from(
        { length: (last - first) / DAY + 1 },
        (_, i): CalendarDay => ({
          date: new Date(first + i * DAY).toISOString().slice(0, 10),
          kind: "holiday",
          nameZh,
          nameEn,
        }),
      );
      return [
        ...off,
        ...makeUp.map((day): CalendarDay => ({
          date: `${year}-${day}`,
          kind: "workday",
          nameZh: `${nameZh}调休上班`,
          nameEn: `${nameEn}, make-up day`,
        })),
      ];
    }),
  );
  return days.sort((a, b) => a.date.localeCompare(b.date));
}
