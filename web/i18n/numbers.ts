/** Numbers as people of a control room read them. Pure. */

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
