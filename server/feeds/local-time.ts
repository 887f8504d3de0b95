/** Local times of a zone, as departments write them, to instants. */

/** `YYYY-M-D H:mm:ss` and its like: what stands between the letters stands in the text. */
const FIELD = /YYYY|MM|M|DD|D|HH|H|hh|h|mm|m|ss|s|SSS|A/g;

type Field = "Y" | "M" | "D" | "H" | "h" | "m" | "s" | "S" | "A";

const PATTERN_OF: Record<Field, string> = {
  Y: "(\\d{4})",
  M: "(\\d{1,2})",
  D: "(\\d{1,2})",
  H: "(\\d{1,2})",
  h: "(\\d{1,2})",
  m: "(\\d{1,2})",
  s: "(\\d{1,2})",
  S: "(\\d{1,3})",
  A: "([AaPp][Mm])",
};

interface Picture {
  fields: Field[];
  pattern: RegExp;
}

const pictures = new Map<string, Picture>();

/** `YYYY/M/D H:mm:ss` as a pattern; one letter reads one or two digits. */
function pictureOf(text: string): Picture {
  let picture = pictures.get(text);
  if (!picture) {
    if (text.length > 64) throw new Error("the time pattern is too long");
    const fields: Field[] = [];
    let source = "";
    let end = 0;
    for (const match of text.matchAll(FIELD)) {
      const field = (match[0] === "SSS" ? "S" : match[0][0]) as Field;
      fields.push(field);
      source += quote(text.slice(end, match.index)) + PATTERN_OF[field];
      end = match.index + match[0].length;
    }
    const pattern = new RegExp(`^${source}${quote(text.slice(end))}$`);
    pictures.set(text, (picture = { fields, pattern }));
  }
  return picture;
}

const quote = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

/**
 * Epoch ms of a local time in a zone (IANA name). Null where the text does not
 * match the pattern or names no day. Of an hour that comes twice, the first;
 * an hour that is skipped is read with the offset before it.
 */
export function readLocalTime(
  text: string,
  pattern: string,
  timeZone: string,
): number | null {
  const { fields, pattern: regex } = pictureOf(pattern);
  const match = regex.exec(text.trim());
  if (!match) return null;
  const read: Partial<Record<Field, string>> = {};
  fields.forEach((field, i) => (read[field] = match[i + 1]));
  const number = (field: Field, otherwise: number) =>
    read[field] === undefined ? otherwise : Number(read[field]);
  let hour = number("H", NaN);
  if (Number.isNaN(hour)) {
    hour = number("h", 0);
    if (read.A !== undefined)
      hour = (hour % 12) + (read.A.toLowerCase() === "pm" ? 12 : 0);
  }
  const [month, day] = [number("M", 1), number("D", 1)];
  const local = Date.UTC(
    number("Y", NaN),
    month - 1,
    day,
    hour,
    number("m", 0),
    number("s", 0),
    number("S", 0),
  );
  const back = new Date(local);
  const isReal =
    back.getUTCMonth() === month - 1 &&
    back.getUTCDate() === day &&
    back.getUTCHours() === hour &&
    back.getUTCMinutes() === number("m", 0) &&
    back.getUTCSeconds() === number("s", 0);
  return isReal ? toInstant(local, timeZone) : null;
}

/** The instant at which a zone's clocks show `local` (ms as if UTC). */
function toInstant(local: number, timeZone: string): number {
  const before = offsetAt(local - DAY, timeZone);
  const after = offsetAt(local + DAY, timeZone);
  // Clocks change at most once in two days: one of the two offsets holds.
  return offsetAt(local - before, timeZone) === before ||
    offsetAt(local - after, timeZone) !== after
    ? local - before
    : local - after;
}

const DAY = 86_400_000;
const QUARTER = 15 * 60_000;
const offsets = new Map<string, Map<number, number>>();
const clocks = new Map<string, Intl.DateTimeFormat>();

/** ms that a zone is ahead of UTC; asked of the engine once per quarter of an hour. */
function offsetAt(instant: number, timeZone: string): number {
  let known = offsets.get(timeZone);
  if (!known || known.size > 50_000)
    offsets.set(timeZone, (known = new Map<number, number>()));
  const quarter = Math.floor(instant / QUARTER);
  let offset = known.get(quarter);
  if (offset === undefined)
    known.set(quarter, (offset = askOffset(quarter * QUARTER, timeZone)));
  return offset;
}

function askOffset(instant: number, timeZone: string): number {
  let clock = clocks.get(timeZone);
  if (!clock)
    clocks.set(
      timeZone,
      (clock = new Intl.DateTimeFormat("en-US", {
        timeZone,
        hourCycle: "h23",
        year: "numeric",
        month: "numeric",
        day: "numeric",
        hour: "numeric",
        minute: "numeric",
        second: "numeric",
      })),
    );
  const shown: Record<string, number> = {};
  for (const { type, value } of clock.formatToParts(instant))
    shown[type] = Number(value);
  const { year, month, day, hour, minute, second } = shown;
  return Date.UTC(year!, month! - 1, day, hour, minute, second) - instant;
}
