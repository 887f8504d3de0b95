/** Numbers as people of a control room read them. Pure. */
import type { Language } from "./index.ts";

const MINUS = "\u2212";

/** Digits for a number of unknown precision: four that count. */
function guessPrecision(value: number): number {
  const size = Math.abs(value);
  if (Number.isInteger(value) || size >= 1_000) return 0;
  if (size >= 100) return 1;
  return size >= 1 ? 2 : 3;
}

/** `1,284.5` with a true minus sign; `precision` is the number of decimals. */
export function figure(value: number | null, precision?: number): string {
  if (value === null || !Number.isFinite(value)) return "—";
  const decimals = precision ?? guessPrecision(value);
  const text = Math.abs(value).toFixed(decimals);
  const [whole, rest] = text.split(".") as [string, string?];
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const sign = value < 0 && Number(text) !== 0 ? MINUS : "";
  return sign + (rest === undefined ? grouped : `${grouped}.${rest}`);
}

/** A difference with its sign always shown; zero has none. */
export function difference(value: number, precision?: number): string {
  const text = figure(Math.abs(value), precision);
  if (Number(text.replaceAll(",", "")) === 0) return text;
  return (value < 0 ? MINUS : "+") + text;
}

/** Share of a change in percent, or null where nothing can be divided by. */
export function changeShare(now: number, before: number): number | null {
  return before === 0 ? null : ((now - before) / Math.abs(before)) * 100;
}

/** Decimals that suit a column of measurements: all cells get the same. */
export function columnPrecision(values: readonly (number | null)[]): number {
  const heard = values.filter((value) => value !== null);
  if (heard.every((value) => Number.isInteger(value))) return 0;
  const sizes = heard.map(Math.abs).sort((a, b) => a - b);
  const middle = sizes[sizes.length >> 1] ?? 0;
  if (middle >= 1_000) return 0;
  if (middle >= 10) return 1;
  return middle >= 1 ? 2 : 3;
}

const SHORT = {
  zh: [
    [1e8, "亿"],
    [1e4, "万"],
  ],
  en: [
    [1e9, "bn"],
    [1e6, "M"],
    [1e3, "k"],
  ],
} as const;

/** For narrow cells: numbers of six digits and more in 万 and 亿, or k and M. */
export function shortFigure(
  value: number | null,
  language: Language,
  precision?: number,
): string {
  if (value === null || Math.abs(value) < 1e5) return figure(value, precision);
  const [size, word] = SHORT[language].find(
    ([least]) => Math.abs(value) >= least,
  )!;
  const scaled = value / size;
  return figure(scaled, Math.abs(scaled) >= 100 ? 0 : 1) + word;
}
