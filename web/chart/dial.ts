/** Range of a dial or a level bar for an indicator. Pure. */
import type { Indicator } from "../../contract/indicator.ts";
import type { Limit } from "../live/bands.ts";
import type { Range } from "./ticks.ts";

/** A round number at or above `value`. */
function roundUp(value: number): number {
  if (value <= 0) return 0;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find(
    (n) => n * power >= value - 1e-9,
  );
  return (step ?? 10) * power;
}

/**
 * Percentages and scores run to 100 (further where limits do); others from
 * zero to a quarter beyond the farthest limit. A value outside widens nothing:
 * a dial at its stop says "off the scale", a jumping scale says nothing.
 */
export function dialRange(
  row: Pick<Indicator, "unit" | "direction">,
  limits: readonly Limit[],
  value: number | null,
): Range {
  const values = limits.map((limit) => limit.value);
  const most = Math.max(0, ...values);
  const least = Math.min(0, ...values);
  if (row.unit === "%" || /score/.test(row.unit))
    return { min: least, max: most > 100 ? roundUp(most * 1.1) : 100 };
  if (values.length === 0)
    return { min: 0, max: roundUp(Math.abs(value ?? 0) * 1.5) || 1 };
  // Where higher is better the good part lies beyond the farthest limit.
  const beyond = row.direction === "H" ? 2 : 1.25;
  return {
    min: least < 0 ? -roundUp(-least * 1.25) : 0,
    max: roundUp(most * beyond) || 1,
  };
}

/** Share of the range, 0–1, clipped. */
export const shareOf = (value: number, { min, max }: Range) =>
  max === min ? 0 : Math.min(1, Math.max(0, (value - min) / (max - min)));
