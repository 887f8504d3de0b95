/**
 * What a limit takes, counted minute by minute as somebody with a wall clock
 * and a paper calendar would. Slow, and shares nothing with the product: local
 * time comes from Intl alone.
 */

const MINUTE = 60_000;
const MINUTES_OF_DAY = 24 * 60;

export interface Office {
  timeZone: string;
  /** `["08:00", "12:00"]`, … */
  hours: readonly (readonly [from: string, to: string])[];
  holidays: readonly string[];
  workdays: readonly string[];
}

/** Minutes that have counted since a start, told one minute after the other. */
export function* minutesCounted(
  { timeZone, hours, holidays, workdays }: Office,
  type: "urgentHour" | "workHour" | "naturalDay",
  start: number,
): Generator<{ at: number; minutes: number }> {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    dateStyle: "short",
    timeStyle: "short",
  });
  /** What the clocks show, as minutes since 1970-01-01 00:00. */
  const shown = (at: number) =>
    Date.parse(`${format.format(at).replace(" ", "T")}Z`) / MINUTE;
  const minuteOf = (time: string) => {
    const [hour, minute] = time.split(":").map(Number);
    return hour! * 60 + minute!;
  };

  const isWorked = (local: number) => {
    const date = new Date(local * MINUTE).toISOString().slice(0, 10);
    const weekday = new Date(local * MINUTE).getUTCDay();
    const worked = workdays.includes(date)
      ? true
      : holidays.includes(date)
        ? false
        : weekday >= 1 && weekday <= 5;
    const time = local % MINUTES_OF_DAY;
    return (
      worked &&
      hours.some(([from, to]) => time >= minuteOf(from) && time < minuteOf(to))
    );
  };

  // The latest that was shown since: clocks that are set back show nothing new
  // to who looked at them before, and what they show to who begins to look then.
  let latest = shown(start);

  let minutes = 0;
  for (let at = start; ; at += MINUTE) {
    yield { at, minutes };
    const next = shown(at + MINUTE);
    for (; latest < next; latest++)
      if (type === "naturalDay" || (type === "workHour" && isWorked(latest)))
        minutes++;
    if (type === "urgentHour") minutes++;
  }
}
