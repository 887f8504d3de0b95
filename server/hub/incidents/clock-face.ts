/**
 * What can be read off a stored clock (docs/clocks.md K11–K19). Nothing here
 * ticks: whoever restarts computes the same instants from the same value.
 */
import {
  MARKS,
  YELLOW,
  type Clock,
  type Judgement,
  type Light,
  type Mark,
} from "../../../contract/clock.ts";
import type { Limit } from "../../../contract/limit.ts";
import type { Calendar } from "../../../contract/work-time.ts";

/** The limit in force: the granted one, or that of the beginning. */
export const limitOf = (clock: Clock): Limit => clock.granted ?? clock.limit;

/** Is it paused, or was it when it was stopped? */
export const isPaused = ({ pauses }: Clock): boolean =>
  pauses.at(-1)?.to === null;

/**
 * When a limit of the clock is used up, pauses left out: the one in force
 * unless told otherwise. null while a pause keeps it open.
 */
export function deadlineOf(
  clock: Clock,
  calendar: Calendar,
  limit: Limit = limitOf(clock),
): number | null {
  return instantOf(clock, limit, 100, calendar);
}

/** ms that the clock ran until `now`, in the time that a limit of it counts: the one in force unless told otherwise. */
export function usedOf(
  clock: Clock,
  calendar: Calendar,
  now: number,
  { type }: Limit = limitOf(clock),
): number {
  const end = endAt(clock, now);
  return stretchesOf(clock)
    .filter(({ from }) => from < end)
    .reduce(
      (sum, { from, to }) =>
        sum + calendar.between(from, Math.min(to, end), type, clock.startedAt),
      0,
    );
}

/** The light at `now`; a stopped clock keeps the one it was stopped with. */
export function lightOf(clock: Clock, calendar: Calendar, now: number): Light {
  const end = endAt(clock, now);
  const deadline = deadlineOf(clock, calendar);
  if (deadline !== null && end > deadline) return "red";
  if (isPaused(clock)) return "grey";
  const length = calendar.lengthOf(limitOf(clock));
  const used = usedOf(clock, calendar, now);
  return used * 100 < YELLOW * length ? "green" : "yellow";
}

/** Marks reached by `now` that nobody was told of, rising; none of a stopped clock. */
export function marksDue(
  clock: Clock,
  calendar: Calendar,
  now: number,
): Mark[] {
  if (clock.stoppedAt !== null) return [];
  return untold(clock).filter((mark) => {
    const at = instantOf(clock, limitOf(clock), mark, calendar);
    return at !== null && at <= now;
  });
}

/** The next mark that nobody was told of and when it falls, be it past; null where none will. */
export function nextMark(
  clock: Clock,
  calendar: Calendar,
): { mark: Mark; at: number } | null {
  const [mark] = untold(clock);
  if (mark === undefined || clock.stoppedAt !== null) return null;
  const at = instantOf(clock, limitOf(clock), mark, calendar);
  return at === null ? null : { mark, at };
}

/** Was a limit kept until `now`, or until the clock was stopped? At the deadline itself it was. */
export function isKept(
  clock: Clock,
  calendar: Calendar,
  now: number,
  limit: Limit = limitOf(clock),
): boolean {
  const deadline = deadlineOf(clock, calendar, limit);
  return deadline === null || endAt(clock, now) <= deadline;
}

/**
 * What a stopped clock came to, by the calendar of now; of a clock that runs,
 * what it would come to if it stopped at `now`.
 */
export function judge(
  clock: Clock,
  calendar: Calendar,
  { now, isDone }: { now: number; isDone: boolean },
): Judgement {
  const { limit } = clock;
  return {
    dueAt: deadlineOf(clock, calendar),
    firstDueAt: deadlineOf(clock, calendar, limit),
    isKept: isKept(clock, calendar, now),
    isFirstKept: isKept(clock, calendar, now, limit),
    worked: usedOf(clock, calendar, now, { amount: 1, type: "workHour" }),
    isDone,
  };
}

const untold = ({ told }: Clock) => MARKS.filter((m) => !told.includes(m));

const endAt = ({ stoppedAt }: Clock, now: number) =>
  stoppedAt === null ? now : Math.min(now, stoppedAt);

/** When it ran, and would run on if it was not stopped; the last stretch may be without end. */
function stretchesOf({ startedAt, pauses }: Clock) {
  const starts = [startedAt, ...pauses.map(({ to }) => to)];
  return starts.flatMap((from, i) =>
    from === null ? [] : [{ from, to: pauses[i]?.from ?? Infinity }],
  );
}

/** When so many per cent of a limit are used up, or null where a pause keeps that open. */
function instantOf(
  clock: Clock,
  limit: Limit,
  percent: number,
  calendar: Calendar,
): number | null {
  let left = Math.ceil((calendar.lengthOf(limit) * percent) / 100);
  const since = clock.startedAt;
  for (const { from, to } of stretchesOf(clock)) {
    const here =
      to === Infinity
        ? Infinity
        : calendar.between(from, to, limit.type, since);
    if (left <= here) return calendar.reach(from, left, limit.type, since);
    left -= here;
  }
  return null;
}
