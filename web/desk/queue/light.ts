/** How much of its time an incident has used, read off the instants that the hub told. Pure. */
import { YELLOW, type Light } from "../../../contract/clock.ts";
import type { Due } from "../../../contract/incident.ts";
import { DAY, HOUR, MINUTE } from "../../../contract/time.ts";

/** At the deadline itself it is kept; null where no clock runs. */
export function lightOf(due: Due | null, now: number): Light | null {
  if (due === null) return null;
  if (due.dueAt !== null && now > due.dueAt) return "red";
  if (due.pausedAt !== null) return "grey";
  return due.yellowAt !== null && now >= due.yellowAt ? "yellow" : "green";
}

/**
 * Share of the limit that is used, 0 … 1; null while a pause keeps it open. The
 * hub's calendar is in three instants: none used, `YELLOW` per cent, all.
 * Between them time is taken to run evenly.
 */
export function usedOf(due: Due, now: number): number | null {
  const { startedAt, yellowAt, dueAt, pausedAt } = due;
  if (dueAt === null || yellowAt === null) return null;
  const at = Math.min(now, pausedAt ?? now);
  const bend = YELLOW / 100;
  if (at >= dueAt) return 1;
  const share = (from: number, to: number) =>
    to > from ? (at - from) / (to - from) : 1;
  return at < yellowAt
    ? Math.max(0, share(startedAt, yellowAt)) * bend
    : bend + share(yellowAt, dueAt) * (1 - bend);
}

/** What is said of the time that is left: a word's key and its number. */
export type TimeLeft =
  | { key: "none" | "paused" }
  /** A countdown `00:38`, hours and minutes. */
  | { key: "countdown"; text: string }
  | { key: "overMinutes" | "overHours" | "overDays"; n: number }
  | { key: "workDays" | "workHours" | "days"; n: number };

/** Within this the time left is a countdown, whatever time the limit counts in. */
const COUNTED = DAY;

const two = (n: number) => String(n).padStart(2, "0");

/** Working time that is left is reckoned from the share used: whole hours and days only. */
export function timeLeft(due: Due | null, now: number): TimeLeft {
  if (due === null) return { key: "none" };
  const { dueAt, pausedAt, limit } = due;
  if (dueAt !== null && now > dueAt) return over(now - dueAt);
  if (pausedAt !== null || dueAt === null) return { key: "paused" };
  const left = dueAt - now;
  if (left < COUNTED) {
    const minutes = Math.floor(left / MINUTE);
    const text = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
    return { key: "countdown", text };
  }
  if (limit.type === "urgentHour" || limit.type === "naturalDay")
    return { key: "days", n: Math.ceil(left / DAY) };
  const n = Math.ceil(limit.amount * (1 - (usedOf(due, now) ?? 0)));
  return { key: limit.type === "workDay" ? "workDays" : "workHours", n };
}

function over(by: number): TimeLeft {
  if (by < HOUR)
    return { key: "overMinutes", n: Math.max(1, Math.floor(by / MINUTE)) };
  if (by < 2 * DAY) return { key: "overHours", n: Math.floor(by / HOUR) };
  return { key: "overDays", n: Math.floor(by / DAY) };
}
