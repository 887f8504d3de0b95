/** What somebody asked statistics for. */
import type { Period, Span } from "./period.ts";
import { spanBetween, spanOf } from "./period.ts";

export interface Chosen {
  period: Period;
  /** Of a period of one's own, `YYYY-MM-DD`. */
  from: string;
  to: string;
  district?: string | undefined;
  department?: string | undefined;
  source?: string | undefined;
  category?: string | undefined;
}

/** What the doors are asked. */
export interface Query extends Span {
  district?: string;
  department?: string;
  source?: string;
  category?: string;
}

export const spanChosen = (
  { period, from, to }: Chosen,
  now: number,
  timeZone: string,
): Span | null =>
  period === "own"
    ? spanBetween(from, to, timeZone)
    : spanOf(period, now, timeZone);

/** As the door is asked. */
export function queryOf(
  { district, department, source, category }: Chosen,
  { from, to }: Span,
): Query {
  return {
    ...{ from, to },
    ...(district && { district }),
    ...(department && { department }),
    ...(source && { source }),
    ...(category && { category }),
  };
}
