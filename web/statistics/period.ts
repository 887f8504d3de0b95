/** Which days are asked for, in the city's calendar. Pure. */
import { createZone } from "../../contract/zone.ts";
import { DAY } from "../../contract/time.ts";

export const PERIODS = ["today", "week", "month", "quarter", "own"] as const;
export type Period = (typeof PERIODS)[number];

export interface Span {
  from: number;
  /** Not included. */
  to: number;
}

/** 1970-01-05 was a Monday. */
const MONDAY = 4;

/** The whole of the period that `now` is in. */
export function spanOf(
  period: Exclude<Period, "own">,
  now: number,
  timeZone: string,
): Span {
  const zone = createZone(timeZone);
  const day = zone.dayOf(now);
  const days = (from: number, n: number): Span => ({
    from: zone.startOfDay(from),
    to: zone.startOfDay(from + n),
  });
  if (period === "today") return days(day, 1);
  if (period === "week") return days(day - ((((day - MONDAY) % 7) + 7) % 7), 7);
  const month = zone.monthOf(now);
  const [first, n] =
    period === "month" ? [month, 1] : [month - (((month % 3) + 3) % 3), 3];
  return { from: zone.startOfMonth(first), to: zone.startOfMonth(first + n) };
}

/** Days from one date to another, both included; null where they are none or in the wrong order. */
export function spanBetween(
  from: string,
  to: string,
  timeZone: string,
): Span | null {
  const zone = createZone(timeZone);
  const [first, last] = [Date.parse(from) / DAY, Date.parse(to) / DAY];
  if (!Number.isInteger(first) || !Number.isInteger(last) || last < first)
    return null;
  return last - first < LONGEST
    ? { from: zone.startOfDay(first), to: zone.startOfDay(last + 1) }
    : null;
}

/** Days; the hub's own limit has room for clocks that are changed. */
const LONGEST = 399;

/** `YYYY-MM-DD` of an instant. */
export const dateOf = (at: number, timeZone: string): string =>
  new Date(createZone(timeZone).dayOf(at) * DAY).toISOString().slice(0, 10);
