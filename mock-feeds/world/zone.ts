/** Local times of a zone and instants (epoch ms), daylight saving included. */

const HOUR = 3_600_000;
const formats = new Map<string, Intl.DateTimeFormat>();
/** Offset by zone and hour: zones change it only on the hour or half hour. */
const known = new Map<string, number>();

/** Milliseconds that the zone's clocks are ahead of UTC at this instant. */
export function offsetAt(zone: string, at: number): number {
  const half = Math.floor(at / (HOUR / 2));
  const key = `${zone}/${half}`;
  let offset = known.get(key);
  if (offset === undefined) {
    offset = readOffset(zone, half * (HOUR / 2));
    // A replay walks through years; what is long past is not asked again.
    if (known.size > 50_000) known.clear();
    known.set(key, offset);
  }
  return offset;
}

function readOffset(zone: string, at: number): number {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(zone, format);
  }
  const parts = new Map<string, number>();
  for (const { type, value } of format.formatToParts(at))
    parts.set(type, Number(value));
  const part = (type: string) => parts.get(type) ?? 0;
  const local = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return local - at;
}

/**
 * The instant at which the zone's clocks show this time. `local` is that time
 * written as if it were UTC (`Date.UTC(…)`). Of the hour that comes twice in
 * autumn the first is meant.
 */
export function instantOf(zone: string, local: number): number {
  const before = local - offsetAt(zone, local - 24 * HOUR);
  if (before + offsetAt(zone, before) === local) return before;
  return local - offsetAt(zone, local + 24 * HOUR);
}

/** ISO 8601 with the zone's offset: `2026-11-20T08:00:00.000+08:00`. */
export function isoIn(zone: string, at: number): string {
  const offset = offsetAt(zone, at);
  const sign = offset < 0 ? "-" : "+";
  const minutes = Math.abs(offset) / 60_000;
  const two = (n: number) => String(Math.floor(n)).padStart(2, "0");
  const local = new Date(at + offset).toISOString().slice(0, -1);
  return `${local}${sign}${two(minutes / 60)}:${two(minutes % 60)}`;
}

/** `2026-11-20 08:00:00` in the city's zone, as bureaus write it. */
export const localTime = (at: number): string =>
  isoIn("Asia/Shanghai", at).slice(0, 19).replace("T", " ");
