import { z } from "zod";
import { text } from "./text.ts";
import { HOUR, MINUTE } from "./time.ts";

/**
 * A day that is not what its weekday says: a `holiday` nobody works on, or a
 * `workday` at a weekend, worked in exchange for a holiday (调休).
 */
export const CalendarDay = z.object({
  /** YYYY-MM-DD in the city's time zone. */
  date: z.iso.date("a date is written YYYY-MM-DD"),
  kind: z.enum(["holiday", "workday"]),
  nameZh: text(80),
  nameEn: text(120),
});
export type CalendarDay = z.infer<typeof CalendarDay>;

/** `08:00`; `24:00` is the end of a day. */
const TimeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, "a time is written HH:MM");

/** ms of a `TimeOfDay` since midnight. */
export function sinceMidnight(time: string): number {
  return Number(time.slice(0, 2)) * HOUR + Number(time.slice(3)) * MINUTE;
}

/** When people work on a working day, in order: from is worked, to is not. */
export const WorkingHours = z
  .array(z.object({ from: TimeOfDay, to: TimeOfDay }))
  .min(1)
  .refine(
    (hours) =>
      hours.every(
        ({ from, to }, i) => from < to && (i === 0 || hours[i - 1]!.to <= from),
      ),
    "working hours follow each other and end after they begin",
  );
export type WorkingHours = z.infer<typeof WorkingHours>;

/** What tells working time from the rest; a date that is not among the days is worked from Monday to Friday. */
export const WorkCalendar = z.object({
  hours: WorkingHours,
  days: z.array(CalendarDay),
});
export type WorkCalendar = z.infer<typeof WorkCalendar>;
