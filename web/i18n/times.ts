/** Times in the city's zone. Pure; formatters are kept because making one costs more than using it. */
import { DAY, HOUR, MINUTE, SECOND } from "../../contract/time.ts";
import type { Language } from "./index.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

function format(
  zone: string,
  language: Language,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${zone} ${language} ${JSON.stringify(options)}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", {
      timeZone: zone,
      hourCycle: "h23",
      ...options,
    });
    formats.set(key, found);
  }
  return found;
}

/** `08:42` */
export const hourMinute = (at: number, zone: string) =>
  format(zone, "en", { hour: "2-digit", minute: "2-digit" }).format(at);

/** `08:42:15` */
export const hourMinuteSecond = (at: number, zone: string) =>
  format(zone, "en", {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).format(at);

/** `2026年11月20日` or `20 November 2026` */
export const longDate = (at: number, zone: string, language: Language) =>
  format(zone, language, {
    year: "numeric",
    month: "long",
    day: "numeric",
  }).format(at);

/** `星期五` or `Friday` */
export const weekday = (at: number, zone: string, language: Language) =>
  format(zone, language, { weekday: "long" }).format(at);

/** `11-20` */
export function monthDay(at: number, zone: string): string {
  const parts = format(zone, "en", {
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(at);
  const of = (type: string) => parts.find((p) => p.type === type)?.value ?? "";
  return `${of("month")}-${of("day")}`;
}

/** Time of day for today's instants, date and time for others. */
export function moment(at: number, now: number, zone: string): string {
  const day = monthDay(at, zone);
  const time = hourMinute(at, zone);
  return day === monthDay(now, zone) ? time : `${day} ${time}`;
}

/** Midnight before `at` in the zone, epoch ms. */
export function midnight(at: number, zone: string): number {
  const parts = format(zone, "en", {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(at);
  const of = (type: string) =>
    Number(parts.find((p) => p.type === type)?.value ?? 0);
  return (
    Math.floor(at / SECOND) * SECOND -
    of("hour") * HOUR -
    of("minute") * MINUTE -
    of("second") * SECOND
  );
}

/** A length of time in its largest unit: the key of `age.*` and its number. */
export function age(ms: number): {
  key: "seconds" | "minutes" | "hours" | "days";
  n: number;
} {
  if (ms < MINUTE)
    return { key: "seconds", n: Math.max(0, Math.round(ms / SECOND)) };
  if (ms < HOUR) return { key: "minutes", n: Math.round(ms / MINUTE) };
  if (ms < 2 * DAY) return { key: "hours", n: Math.round(ms / HOUR) };
  return { key: "days", n: Math.round(ms / DAY) };
}

/** `1:05` or `26:40`: hours and minutes of a length of time. */
export function hoursMinutes(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE));
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}
