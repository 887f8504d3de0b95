/**
 * The clock of one step of an incident (docs/clocks.md K11–K19): a value that
 * is stored, and what can happen to it.
 */
import { MARKS, type Clock, type Mark } from "../../../contract/clock.ts";
import type { Limit } from "../../../contract/limit.ts";
import type { Calendar } from "../../../contract/work-time.ts";
import { deadlineOf, isPaused, marksDue } from "./clock-face.ts";

/** What cannot be done to a clock; `message` is a sentence. */
export class ClockError extends Error {}

export function startClock(limit: Limit, at: number): Clock {
  return {
    limit,
    granted: null,
    startedAt: at,
    pauses: [],
    stoppedAt: null,
    told: [],
  };
}

/** @throws ClockError where it does not run, or ran on after `at`. */
export function pauseClock(clock: Clock, at: number): Clock {
  mustNotBeStopped(clock);
  if (isPaused(clock)) throw new ClockError("the clock is paused already");
  mustFollow(clock, at);
  return { ...clock, pauses: [...clock.pauses, { from: at, to: null }] };
}

/** @throws ClockError where it is not paused, or was paused after `at`. */
export function resumeClock(clock: Clock, at: number): Clock {
  mustNotBeStopped(clock);
  const last = clock.pauses.at(-1);
  if (last?.to !== null) throw new ClockError("the clock is not paused");
  mustFollow(clock, at);
  const before = clock.pauses.slice(0, -1);
  return { ...clock, pauses: [...before, { from: last.from, to: at }] };
}

/** For good; a pause that lasts is not ended by it. @throws ClockError where it was stopped before. */
export function stopClock(clock: Clock, at: number): Clock {
  mustNotBeStopped(clock);
  mustFollow(clock, at);
  return { ...clock, stoppedAt: at };
}

/** As if it had never been stopped: for an undone step and an un-merged incident (decisions I3, I4). */
export function unstopClock({ judgement: _, ...clock }: Clock): Clock {
  return { ...clock, stoppedAt: null };
}

/**
 * Grants another limit, counted from the same start; urging begins anew with
 * the first of its marks that is not behind yet (K15).
 * @throws ClockError where it would not end later than what is in force.
 */
export function extendClock(
  clock: Clock,
  granted: Limit,
  at: number,
  calendar: Calendar,
): Clock {
  mustNotBeStopped(clock);
  mustFollow(clock, at);
  const running = isPaused(clock) ? resumeClock(clock, at) : clock;
  const now = deadlineOf(running, calendar)!;
  const then = deadlineOf(running, calendar, granted)!;
  if (then <= now)
    throw new ClockError(
      `${granted.amount} ${granted.type} end no later than the limit in force`,
    );
  const extended: Clock = { ...clock, granted, told: [] };
  return { ...extended, told: marksDue(extended, calendar, at) };
}

/** Notes that somebody was urged at these marks. */
export function tellMarks(clock: Clock, marks: readonly Mark[]): Clock {
  const told = MARKS.filter((m) => clock.told.includes(m) || marks.includes(m));
  return { ...clock, told };
}

function mustNotBeStopped({ stoppedAt }: Clock): void {
  if (stoppedAt !== null) throw new ClockError("the clock was stopped before");
}

/** When it changed last: nothing can happen to it before. */
export function changedAt({ startedAt, pauses }: Clock): number {
  const last = pauses.at(-1);
  return last?.to ?? last?.from ?? startedAt;
}

/** What happens to a clock happens after what happened to it. */
function mustFollow(clock: Clock, at: number): void {
  const since = changedAt(clock);
  if (at < since)
    throw new ClockError(
      `nothing can happen to the clock at ${new Date(at).toISOString()}: it changed at ${new Date(since).toISOString()}`,
    );
}
