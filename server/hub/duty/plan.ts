/** The shifts of a city on its days: when each begins and ends, and what they leave open. */
import { sinceMidnight } from "../../../contract/calendar.ts";
import type {
  DutyRole,
  RosterRow,
  Shift,
  ShiftKey,
  ShiftSpan,
} from "../../../contract/duty.ts";
import { say, type Sentence } from "../../../contract/sentence.ts";
import { DAY } from "../../../contract/time.ts";
import type { Zone } from "../../../contract/zone.ts";

export interface ShiftPlan {
  /** The span of a shift; null where the city has no such shift. */
  span(of: ShiftKey): ShiftSpan | null;
  /** The shift that is on by the clock: of several the one that began last; null where there is none. */
  at(now: number): ShiftSpan | null;
  /** The first one that begins after an instant; null in a city without shifts. */
  after(at: number): ShiftSpan | null;
  /** Local date, YYYY-MM-DD. */
  dateOf(at: number): string;
  /** Shifts of these dates whose rows lack somebody that they need. */
  gaps(
    dates: readonly string[],
    rows: readonly RosterRow[],
  ): (ShiftKey & { role: DutyRole })[];
}

export const dateOfDay = (day: number): string =>
  new Date(day * DAY).toISOString().slice(0, 10);
export const dayOfDate = (date: string): number =>
  Math.floor(Date.parse(date) / DAY);

export function createShiftPlan(
  shifts: readonly Shift[],
  zone: Zone,
): ShiftPlan {
  function spanOn(day: number, { id, from, to }: Shift): ShiftSpan {
    // Ends where the next one begins by the same rule, so clocks that change open no gap.
    const end = to > from ? day : day + 1;
    return {
      ...{ date: dateOfDay(day), shift: id },
      from: zone.instantOf(day * DAY + sinceMidnight(from)),
      to: zone.instantOf(end * DAY + sinceMidnight(to)),
    };
  }
  const spansOn = (day: number) => shifts.map((shift) => spanOn(day, shift));

  return {
    span({ date, shift }) {
      const found = shifts.find(({ id }) => id === shift);
      return found ? spanOn(dayOfDate(date), found) : null;
    },

    at(now) {
      const day = zone.dayOf(now);
      return [day - 1, day]
        .flatMap(spansOn)
        .filter(({ from, to }) => from <= now && now < to)
        .reduce<ShiftSpan | null>(
          (last, one) => (last && last.from >= one.from ? last : one),
          null,
        );
    },

    after(at) {
      const day = zone.dayOf(at);
      return [day, day + 1, day + 2]
        .flatMap(spansOn)
        .filter(({ from, to }) => from > at && from < to)
        .reduce<ShiftSpan | null>(
          (first, one) => (first && first.from <= one.from ? first : one),
          null,
        );
    },

    dateOf: (at) => dateOfDay(zone.dayOf(at)),

    gaps(dates, rows) {
      const there = new Set(
        rows.map(({ date, shift, role }) => `${date} ${shift} ${role}`),
      );
      return dates.flatMap((date) =>
        shifts.flatMap(({ id: shift, needs }) =>
          needs
            .filter((role) => !there.has(`${date} ${shift} ${role}`))
            .map((role) => ({ date, shift, role })),
        ),
      );
    },
  };
}

const timeOf = (ms: number): string =>
  new Date((ms + DAY) % DAY).toISOString().slice(11, 16);

/** Hours of an ordinary day on which no shift is on, and those on which two are. */
export function shiftFlaws(shifts: readonly Shift[]): Sentence[] {
  const today = shifts
    .map(({ id, from, to }) => {
      const begins = sinceMidnight(from);
      const ends = sinceMidnight(to);
      return { id, begins, ends: ends > begins ? ends : ends + DAY };
    })
    .sort((a, b) => a.begins - b.begins);
  const before = today.map(({ id, begins, ends }) => ({
    ...{ id, begins: begins - DAY, ends: ends - DAY },
  }));
  return today.flatMap((next, i): Sentence[] => {
    const last = [...before, ...today.slice(0, i)].reduce((last, one) =>
      one.ends > last.ends ? one : last,
    );
    const begins = timeOf(next.begins);
    if (next.begins > last.ends)
      return [say("shiftGap", { from: timeOf(last.ends), to: begins })];
    if (next.begins === last.ends || next.id === last.id) return [];
    const to = timeOf(Math.min(last.ends, next.ends));
    const [one, other] = [last.id, next.id];
    return [say("shiftsMeet", { one, other, from: begins, to })];
  });
}
