/**
 * Calendar of the city's time zone (R8): days, hours, shorter spans and months.
 * All instants are epoch ms; widths are ms.
 */
import { DAY, HOUR, MINUTE } from "./time.ts";

/** 2020-01-01: by then every zone's offset was what it is today. */
const RECENT = 1_577_836_800_000;

export interface Zone {
  readonly name: string;
  /** ms that local clocks are ahead of UTC at that instant. */
  offsetAt(at: number): number;
  /**
   * Start of the span of that width which holds `at`. Spans to one hour follow
   * each other without regard to clock changes, aligned to the local hour;
   * longer ones begin at local multiples of their width, counted from
   * midnight (whole weeks from Monday), so that a day may have 23 or 25 hours.
   */
  startOf(at: number, width: number): number;
  /** End (= start of the next) of the span that begins at `start`. */
  endOf(start: number, width: number): number;
  /** The same local time a year earlier; 29 February gives the 28th. */
  yearBefore(at: number): number;
  /** Days since 1970-01-01 of the local date. */
  dayOf(at: number): number;
  /** First instant of a local date. */
  startOfDay(day: number): number;
  /** `year * 12 + month − 1` of the local date. */
  monthOf(at: number): number;
  startOfMonth(month: number): number;
  yearOf(at: number): number;
  /**
   * The latest that local clocks have shown by then, as local ms (those of the
   * same date and time in UTC): it never goes back, and stands still while
   * clocks that were set back show an hour again. Who looks on only `since` an
   * instant in that hour sees it once, and it runs.
   */
  localAt(at: number, since?: number): number;
  /** The first instant, of those `since` then, at which local clocks show `local` ms or later. */
  instantOf(local: number, since?: number): number;
  /** ms by which the zone's full hours come before UTC's: 0 in most zones. */
  readonly hourLead: number;
}

/** While the clocks were not changed: [from, to). */
interface Regime {
  from: number;
  to: number;
  offset: number;
}

const WEEK = 7 * DAY;
/** The first Monday of the epoch, as local ms. */
const MONDAY = 4 * DAY;
const KEPT_DAYS = 4000;

/** @throws RangeError where the name is no IANA time zone. */
export function createZone(name: string): Zone {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: name,
    timeZoneName: "longOffset",
  });
  const days = new Map<number, Regime[]>();
  let last: Regime = { from: 0, to: 0, offset: 0 };

  /** Asks the time zone database; slow. */
  function ask(at: number): number {
    const text = format
      .formatToParts(at)
      .find(({ type }) => type === "timeZoneName")!.value;
    const [, sign, hours, minutes, seconds] =
      /^GMT(?:([+-])(\d+):(\d+)(?::(\d+))?)?$/.exec(text) ?? [];
    if (!sign) return 0;
    const ahead =
      Number(hours) * HOUR +
      Number(minutes) * MINUTE +
      Number(seconds ?? 0) * 1000;
    return sign === "-" ? -ahead : ahead;
  }

  /** The first instant in (from, to] whose offset is not the one at `from`. */
  function change(from: number, to: number): number {
    const before = ask(from);
    while (to - from > 1) {
      const middle = Math.floor((from + to) / 2);
      if (ask(middle) === before) from = middle;
      else to = middle;
    }
    return to;
  }

  function regimesOf(day: number): Regime[] {
    const [from, to] = [day * DAY, (day + 1) * DAY];
    const [first, second] = [ask(from), ask(to)];
    if (first === second) return [{ from, to, offset: first }];
    const at = change(from, to);
    return [
      { from, to: at, offset: first },
      { from: at, to, offset: second },
    ];
  }

  function offsetAt(at: number): number {
    if (at >= last.from && at < last.to) return last.offset;
    const day = Math.floor(at / DAY);
    let regimes = days.get(day);
    if (!regimes) {
      if (days.size > KEPT_DAYS) days.clear();
      days.set(day, (regimes = regimesOf(day)));
    }
    last = regimes.find(({ to }) => at < to) ?? last;
    return last.offset;
  }

  function localAt(at: number, since = -Infinity): number {
    const local = at + offsetAt(at);
    const first = firstInstantOf(local);
    if (first >= at) return local;
    // Shown before: clocks were set back in between.
    const last = change(first, at) - 1;
    return since <= last ? last + offsetAt(first) : local;
  }

  function instantOf(local: number, since = -Infinity): number {
    const first = firstInstantOf(local);
    if (first >= since) return first;
    // Shown before `since`; it comes again where clocks were set back before.
    return Math.max(since, local - offsetAt(since));
  }

  function firstInstantOf(local: number): number {
    const before = offsetAt(local - DAY);
    const after = offsetAt(local + DAY);
    const early = local - before;
    const late = local - after;
    if (before === after || offsetAt(early) === before) return early;
    if (offsetAt(late) === after) return late;
    return change(late - 1, early); // local clocks skip that moment
  }

  /** Local ms at which the span of `at` begins, where it is longer than an hour. */
  function localStart(at: number, width: number): number {
    const phase = width % WEEK === 0 ? MONDAY : 0;
    const local = at + offsetAt(at) - phase;
    return Math.floor(local / width) * width + phase;
  }

  function startOf(at: number, width: number): number {
    if (width > HOUR) return instantOf(localStart(at, width));
    const offset = offsetAt(at);
    return Math.floor((at + offset) / width) * width - offset;
  }

  function endOf(start: number, width: number): number {
    if (width > HOUR) return instantOf(localStart(start, width) + width);
    return start + width;
  }

  function yearBefore(at: number): number {
    const local = new Date(at + offsetAt(at));
    const month = local.getUTCMonth();
    local.setUTCFullYear(local.getUTCFullYear() - 1);
    if (local.getUTCMonth() !== month) local.setUTCDate(0);
    return instantOf(local.getTime());
  }

  function monthOf(at: number): number {
    const local = new Date(at + offsetAt(at));
    return local.getUTCFullYear() * 12 + local.getUTCMonth();
  }

  return {
    name,
    offsetAt,
    startOf,
    endOf,
    yearBefore,
    dayOf: (at) => Math.floor((at + offsetAt(at)) / DAY),
    startOfDay: (day) => instantOf(day * DAY),
    monthOf,
    startOfMonth: (month) =>
      instantOf(Date.UTC(Math.floor(month / 12), month % 12)),
    yearOf: (at) => Math.floor(monthOf(at) / 12),
    localAt,
    instantOf,
    hourLead: ((offsetAt(RECENT) % HOUR) + HOUR) % HOUR,
  };
}
