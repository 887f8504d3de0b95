/**
 * `parseInstant` for the hot path: reads the shapes that nearly every sender
 * uses, `YYYY-MM-DDTHH:MM:SS` with `Z` or `±HH:MM`, without a regular
 * expression or a Date; everything else goes to `parseInstant`, which has the
 * last word.
 */
import { EARLIEST, LATEST, parseInstant } from "../../contract/time.ts";

/** The day last asked for, as YYYYMMDD, and its midnight: a batch speaks of few. */
let lastDay = -1;
let lastMidnight = 0;

export function readInstant(value: unknown): number {
  if (typeof value !== "string") return parseInstant(value);
  const { length } = value;
  if (length !== 25 && length !== 20) return parseInstant(value);
  const day =
    two(value, 0) * 1_000_000 +
    two(value, 2) * 10_000 +
    two(value, 5) * 100 +
    two(value, 8);
  const hour = two(value, 11);
  const minute = two(value, 14);
  const second = two(value, 17);
  // NaN fails every comparison, so whatever is no digit leaves here.
  const isUsual =
    hour < 24 &&
    minute < 60 &&
    second < 60 &&
    value.charCodeAt(4) === DASH &&
    value.charCodeAt(7) === DASH &&
    value.charCodeAt(10) === T &&
    value.charCodeAt(13) === COLON &&
    value.charCodeAt(16) === COLON;
  const offset = isUsual ? offsetOf(value, length) : NaN;
  if (Number.isNaN(offset)) return parseInstant(value);
  if (day !== lastDay) {
    const [month, date] = [two(value, 5), two(value, 8)];
    // The 29th to 31st are left to who knows the calendar, and the years before
    // 1000 too: Date.UTC takes 70 for 1970.
    if (!(
      day >= 10_000_000 &&
      month >= 1 &&
      month <= 12 &&
      date >= 1 &&
      date <= 28
    ))
      return parseInstant(value);
    lastDay = day;
    lastMidnight = Date.UTC(Math.floor(day / 10_000), month - 1, date);
  }
  const at =
    lastMidnight + ((hour * 60 + minute) * 60 + second) * 1000 - offset;
  return at >= EARLIEST && at < LATEST ? at : NaN;
}

const DASH = 0x2d;
const COLON = 0x3a;
const PLUS = 0x2b;
const T = 0x54;
const Z = 0x5a;

/** ms ahead of UTC; NaN for what is no usual offset. */
function offsetOf(text: string, length: number): number {
  const sign = text.charCodeAt(19);
  if (length === 20) return sign === Z ? 0 : NaN;
  if (text.charCodeAt(22) !== COLON) return NaN;
  const hours = two(text, 20);
  const minutes = two(text, 23);
  if (!(hours < 24 && minutes < 60)) return NaN;
  const ms = (hours * 60 + minutes) * 60_000;
  return sign === PLUS ? ms : sign === DASH ? -ms : NaN;
}

/** Two digits at a place; NaN for anything else. */
function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 0x30;
  const ones = text.charCodeAt(at + 1) - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9
    ? tens * 10 + ones
    : NaN;
}
