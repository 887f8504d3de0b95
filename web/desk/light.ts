/** How much of its time an incident has used, by the instants and the calendar that the hub told. Pure. */
import type { Light } from "../../contract/clock.ts";
import type { Due } from "../../contract/incident.ts";
import { DAY, MINUTE } from "../../contract/time.ts";
import type { Calendar } from "../../contract/work-time.ts";

/** At the deadline itself it is kept; null where no clock runs. */
export function lightOf(due: Due | null, now: number): Light | null {
  if (due === null) return null;
  if (due.dueAt !== null && now > due.dueAt) return "red";
  if (due.pausedAt !== null) return "grey";
  return due.yellowAt !== null && now >= due.yellowAt ? "yellow" : "green";
}

/**
 * Some time before: an hour that clocks show twice, this clock has seen once
 * by its second showing. Of one that began in it, less is told than is left.
 */
const BEGAN = -Infinity;

/**
 * Share of the limit that is used, 0 … 1; null while a pause keeps it open.
 * What was paused before lies outside of what is left until the deadline.
 */
export function usedOf(
  { limit, dueAt, pausedAt }: Due,
  now: number,
  calendar: Calendar,
): number | null {
  if (dueAt === null) return null;
  const at = Math.min(now, pausedAt ?? now);
  const left = calendar.between(at, dueAt, limit.type, BEGAN);
  return Math.max(0, Math.min(1, 1 - left / calendar.lengthOf(limit)));
}

/** What is said of the time that is left: the key of `left.*` and its number. */
export type TimeLeft =
  | { key: "none" | "paused" | "lastMinute" }
  /** A countdown `00:38`, hours and minutes. */
  | { key: "countdown"; text: string }
  /** By so many ms. */
  | { key: "late"; by: number }
  | { key: "workDays" | "workHours" | "days"; n: number };

/** Within this the time left is a countdown, whatever time the limit counts in. */
const COUNTED = DAY;

/** Rounded down: nobody has more time than he is told. */
const tenths = (n: number) => Math.floor(n * 10 + 1e-6) / 10;
const two = (n: number) => String(n).padStart(2, "0");

/** Beyond a day in the limit's own time, as the hub's calendar counts it. */
export function timeLeft(
  due: Due | null,
  now: number,
  calendar: Calendar,
): TimeLeft {
  if (due === null) return { key: "none" };
  const { dueAt, pausedAt, limit } = due;
  // What was over before it was paused stays as much over.
  const at = pausedAt ?? now;
  if (dueAt !== null && at > dueAt) return { key: "late", by: at - dueAt };
  if (pausedAt !== null || dueAt === null) return { key: "paused" };
  const left = dueAt - now;
  if (left < COUNTED) {
    const minutes = Math.floor(left / MINUTE);
    // 00:00 would read as over.
    if (minutes === 0) return { key: "lastMinute" };
    const text = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
    return { key: "countdown", text };
  }
  const { type } = limit;
  if (type === "urgentHour" || type === "naturalDay")
    return { key: "days", n: tenths(left / DAY) };
  const n = tenths(
    calendar.between(now, dueAt, type, BEGAN) /
      calendar.lengthOf({ type, amount: 1 }),
  );
  return { key: type === "workDay" ? "workDays" : "workHours", n };
}

/** In a page's words: those of `left.*`, and how late it is. */
export function sayLeft(
  left: TimeLeft,
  {
    t,
    late,
  }: {
    t(key: string, facts?: Record<string, string | number>): string;
    late(ms: number): string;
  },
): string {
  switch (left.key) {
    case "countdown":
      return left.text;
    case "late":
      return late(left.by);
    case "workDays":
    case "workHours":
    case "days":
      return t(`left.${left.key}`, { n: left.n });
    case "none":
    case "paused":
    case "lastMinute":
      return t(`left.${left.key}`);
  }
}
