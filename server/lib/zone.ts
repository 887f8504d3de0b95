/** Calendar of a time zone: which local day and hour an instant belongs to. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
const QUARTER = 15 * MINUTE;
/** 2020-01-01: by then every zone's offset was what it is today. */
const RECENT = 1_577_836_800_000;

export interface Zone {
  name: string;
  /** ms the zone's clocks are ahead of UTC at an instant. */
  offset(at: number): number;
  /** Days since 1970-01-01 of the local date. */
  dayOf(at: number): number;
  /** First instant of a local date. */
  startOfDay(day: number): number;
  /** `year * 12 + month − 1` of the local date. */
  monthOf(at: number): number;
  startOfMonth(month: number): number;
  yearOf(at: number): number;
  /** ms by which the zone's full hours come before UTC's: 0 in most zones. */
  hourLead: number;
}

/** @throws RangeError for a zone this machine does not know */
export function createZone(name: string): Zone {
  const clock = new Intl.DateTimeFormat("en-US", {
    timeZone: name,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const known = new Map<number, number>();

  function ask(at: number): number {
    const shown: Record<string, number> = {};
    for (const { type, value } of clock.formatToParts(at))
      shown[type] = Number(value);
    const { year, month, day, hour, minute, second } = shown;
    return Date.UTC(year!, month! - 1, day, hour, minute, second) - at;
  }

  /** Clocks change on quarters of an hour: one question to the engine for each. */
  function offset(at: number): number {
    const quarter = Math.floor(at / QUARTER);
    let found = known.get(quarter);
    if (found === undefined) {
      if (known.size > 100_000) known.clear();
      known.set(quarter, (found = ask(quarter * QUARTER)));
    }
    return found;
  }

  /** The instant at which the clocks show `local` (ms as if UTC), the first where they show it twice. */
  function instant(local: number): number {
    const [before, after] = [offset(local - DAY), offset(local + DAY)];
    const early = local - Math.max(before, after);
    return offset(early) === local - early
      ? early
      : local - Math.min(before, after);
  }

  const dayOf = (at: number) => Math.floor((at + offset(at)) / DAY);
  const monthOf = (at: number) => {
    const local = new Date(at + offset(at));
    return local.getUTCFullYear() * 12 + local.getUTCMonth();
  };
  return {
    name,
    offset,
    dayOf,
    startOfDay: (day) => instant(day * DAY),
    monthOf,
    startOfMonth: (month) =>
      instant(Date.UTC(Math.floor(month / 12), month % 12)),
    yearOf: (at) => Math.floor(monthOf(at) / 12),
    hourLead: ((offset(RECENT) % HOUR) + HOUR) % HOUR,
  };
}
