/**
 * Time as limits count it (docs/clocks.md K1–K7): which instant a limit ends
 * at, and how much of it has gone by. Every answer takes a few dozen steps,
 * however many days lie between: nothing walks through time.
 */
import { sinceMidnight, type WorkCalendar } from "./calendar.ts";
import type { Limit, LimitType } from "./limit.ts";
import { DAY, HOUR } from "./time.ts";
import type { Zone } from "./zone.ts";

/** Instants are epoch ms; lengths are ms of the time that the type counts. */
export interface Calendar {
  /** When a limit that begins at `from` ends: always after it, where need be at the end of a period (K5, K6). */
  add(from: number, limit: Limit): number;
  /**
   * What of a type's time goes by from one instant to another; below zero where
   * `to` is the earlier. An hour that clocks show twice counts once for who
   * counts `since` an instant before its second showing (K7): since the earlier
   * of the two, unless told otherwise.
   */
  between(from: number, to: number, type: LimitType, since?: number): number;
  /** What is left of a limit that began at `from`; below zero where more has gone by. */
  remaining(from: number, limit: Limit, now: number): number;
  /** A limit in ms of its own time. */
  lengthOf(limit: Limit): number;
  /** The first instant by which `length` ms of a type's time have gone by from `from` on, counted `since` then or earlier. */
  reach(from: number, length: number, type: LimitType, since?: number): number;
}

/** Monday, the 5th of January 1970, as a day of the epoch: whole weeks count from here. */
const MONDAY = 4;

export function createCalendar({
  zone,
  hours,
  days,
}: WorkCalendar & { zone: Zone }): Calendar {
  const periods = hours.map(({ from, to }) => ({
    from: sinceMidnight(from),
    to: sinceMidnight(to),
  }));
  const workDay = periods.reduce((sum, { from, to }) => sum + to - from, 0);
  const { workedBefore, dayAfter } = createWorkdays(days);

  /** Work ms of a working day that lie before a time of day. */
  const passed = (time: number) =>
    periods.reduce(
      (sum, { from, to }) => sum + Math.max(0, Math.min(time, to) - from),
      0,
    );

  /** The time of day by which so many work ms of a working day have passed. */
  function timeWhen(work: number): number {
    let left = work;
    for (const { from, to } of periods) {
      if (left <= to - from) return from + left;
      left -= to - from;
    }
    return DAY;
  }

  /** Work ms since the epoch, by the city's clocks: a work hour is an hour of theirs. */
  function workAt(local: number): number {
    const day = Math.floor(local / DAY);
    const before = workedBefore(day);
    return workedBefore(day + 1) > before
      ? before * workDay + passed(local - day * DAY)
      : before * workDay;
  }

  /** The local ms by which so much was worked. */
  function localOfWork(work: number): number {
    // At the end of a day rather than before the next one begins.
    const full = Math.ceil(work / workDay) - 1;
    const day = dayAfter(full);
    return day * DAY + timeWhen(work - full * workDay);
  }

  /** What has gone by of a type's time since the epoch, for who looks on `since` then; never falls. */
  function counted(at: number, type: LimitType, since: number): number {
    switch (type) {
      case "urgentHour":
        return at;
      case "naturalDay":
        return zone.localAt(at, since);
      case "workHour":
      case "workDay":
        return workAt(zone.localAt(at, since));
    }
  }

  /** The first instant since then at which so much has gone by. */
  function instantOf(amount: number, type: LimitType, since: number): number {
    switch (type) {
      case "urgentHour":
        return amount;
      case "naturalDay":
        return zone.instantOf(amount, since);
      case "workHour":
      case "workDay":
        return zone.instantOf(localOfWork(amount), since);
    }
  }

  const unit: Record<LimitType, number> = {
    urgentHour: HOUR,
    workHour: HOUR,
    workDay,
    naturalDay: DAY,
  };
  const lengthOf = ({ amount, type }: Limit) => Math.round(amount * unit[type]);
  const between: Calendar["between"] = (from, to, type, since) => {
    const first = since ?? Math.min(from, to);
    return counted(to, type, first) - counted(from, type, first);
  };
  const reach: Calendar["reach"] = (from, length, type, since = from) =>
    instantOf(counted(from, type, since) + length, type, since);

  return {
    add: (from, limit) => reach(from, lengthOf(limit), limit.type),
    between,
    remaining: (from, limit, now) =>
      lengthOf(limit) - between(from, now, limit.type),
    lengthOf,
    reach,
  };
}

/** Counts working days by weeks and by the dates that the calendar names. */
function createWorkdays(days: WorkCalendar["days"]) {
  const changes = days
    .map(({ date, kind }) => {
      const day = Date.parse(date) / DAY;
      const worked = kind === "workday" ? 1 : 0;
      const usual = ordinaryBefore(day + 1) - ordinaryBefore(day);
      return { day, by: worked - usual, sum: 0 };
    })
    .sort((a, b) => a.day - b.day);
  let sum = 0;
  for (const change of changes) {
    change.sum = sum;
    sum += change.by;
  }

  /** Working days from the epoch's first Monday up to and without a day. */
  function workedBefore(day: number): number {
    const next = firstWhere(0, changes.length, (i) => changes[i]!.day >= day);
    return ordinaryBefore(day) + (changes[next]?.sum ?? sum);
  }

  /** The working day that so many working days come before. */
  function dayAfter(worked: number): number {
    // No more than the named dates can lie between, beside the weekends.
    const weeks = Math.floor(worked / 5);
    const near = MONDAY + weeks * 7;
    const far = changes.length * 7 + 14;
    return firstWhere(
      near - far,
      near + far,
      (day) => workedBefore(day + 1) > worked,
    );
  }

  return { workedBefore, dayAfter };
}

/** Days from Monday to Friday since the epoch's first Monday, up to and without a day. */
function ordinaryBefore(day: number): number {
  const weeks = Math.floor((day - MONDAY) / 7);
  return weeks * 5 + Math.min(5, day - MONDAY - weeks * 7);
}

/** The first of the whole numbers [from, to) that has a property which all after it have too; else `to`. */
function firstWhere(
  from: number,
  to: number,
  has: (value: number) => boolean,
): number {
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (has(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}
