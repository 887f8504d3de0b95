/** Order of a league table. Pure. */
import {
  LEAST_RANKED,
  percentOf,
  type Part,
} from "../../contract/statistics.ts";

/** What a column sorts by; null has no value and comes last. */
export const COLUMNS = {
  rate: ({ figures }) => percentOf(figures.handled),
  rateFirst: ({ figures }) => percentOf(figures.handledFirst),
  settled: ({ figures }) => figures.handled.of,
  rework: ({ figures }) => percentOf(figures.rework),
  returns: ({ figures }) => percentOf(figures.returns),
  supervised: ({ figures }) => figures.supervision.n,
  p50: ({ natural }) => natural?.p50 ?? null,
  p90: ({ natural }) => natural?.p90 ?? null,
} satisfies Record<string, (part: Part) => number | null>;
export type Column = keyof typeof COLUMNS;

/** Best first: the rest is better when there is less of it. */
export const FALLING: ReadonlySet<Column> = new Set([
  "rate",
  "rateFirst",
  "settled",
  "supervised",
]);

export interface Ranked {
  part: Part;
  /** Equal rates share a rank and the next is left out; null = too few to rank. */
  rank: number | null;
}

/** By the on-time rate of handling, whatever the table is sorted by. */
export function ranked(parts: readonly Part[]): Ranked[] {
  const rateOf = (part: Part) =>
    part.figures.handled.of < LEAST_RANKED
      ? null
      : percentOf(part.figures.handled);
  const rates = parts.map(rateOf).filter((rate) => rate !== null);
  return parts.map((part) => {
    const rate = rateOf(part);
    return {
      part,
      rank:
        rate === null ? null : 1 + rates.filter((other) => other > rate).length,
    };
  });
}

export function sorted(
  rows: readonly Ranked[],
  column: Column,
  falling: boolean,
): Ranked[] {
  const sign = falling ? -1 : 1;
  const isLast = ({ part, rank }: Ranked) =>
    COLUMNS[column](part) === null || (column === "rate" && rank === null);
  return [...rows].sort(
    (a, b) =>
      Number(isLast(a)) - Number(isLast(b)) ||
      sign *
        ((COLUMNS[column](a.part) ?? 0) - (COLUMNS[column](b.part) ?? 0)) ||
      b.part.figures.handled.of - a.part.figures.handled.of ||
      (a.part.key < b.part.key ? -1 : 1),
  );
}
