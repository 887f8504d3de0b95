/** Figures of a period out of the store's counts (docs/statistics.md S12–S20). Pure. */
import {
  countOf,
  STAGES,
  totalOf,
  type Counts,
  type Measure,
} from "../../../contract/counted.ts";
import type {
  Figures,
  Part,
  Share,
  Statistics,
} from "../../../contract/statistics.ts";
import type { Times } from "./times.ts";

const shareOf = (counts: Counts, n: Measure, of: Measure): Share => ({
  n: countOf(counts, n),
  of: countOf(counts, of),
});

/** @param isPart of one department, which registers nothing itself: supervised ÷ its orders */
export function figuresOf(counts: Counts, isPart = false): Figures {
  const count = (measure: Measure) => countOf(counts, measure);
  const share = (n: Measure, of: Measure) => shareOf(counts, n, of);
  const [registered, dispatched] = [count("registered"), count("dispatched")];
  return {
    ...{ registered, dispatched, closed: count("closed") },
    onTime: share("whole.kept", "whole.settled"),
    onTimeFirst: share("whole.keptFirst", "whole.settledFirst"),
    handled: share("handle.kept", "handle.settled"),
    handledFirst: share("handle.keptFirst", "handle.settledFirst"),
    rework: share("reworked", "fedBack"),
    returns: share("returned", "dispatched"),
    // What came back was sent before, perhaps in another period.
    accuracy: {
      n: Math.max(0, dispatched - count("misdirected")),
      of: dispatched,
    },
    supervision: {
      n: count("supervised"),
      of: isPart ? dispatched : registered,
    },
    reached: share("answered", "evaluated"),
    satisfaction: share("satisfied", "answered"),
  };
}

/** A row for every value that anything was counted of, the most settled first. @param isPart of departments */
export function partsOf(
  counts: ReadonlyMap<string, Counts>,
  times: readonly Times[],
  isPart = false,
): Part[] {
  const taken = new Map(times.map(({ key, natural }) => [key, natural]));
  return [...counts]
    .map(([key, its]) => ({
      key,
      figures: figuresOf(its, isPart),
      natural: taken.get(key) ?? null,
    }))
    .sort(
      (a, b) =>
        b.figures.handled.of - a.figures.handled.of || (a.key < b.key ? -1 : 1),
    );
}

/** The same counts by what each value is told as: a category's domain, a source as it is shown. */
export function toldAs(
  counts: ReadonlyMap<string, Counts>,
  as: (value: string) => string,
): Map<string, Counts> {
  const told = new Map<string, Counts[]>();
  for (const [value, its] of counts) {
    const key = as(value);
    const together = told.get(key);
    if (together) together.push(its);
    else told.set(key, [its]);
  }
  return new Map([...told].map(([key, its]) => [key, totalOf(its)]));
}

export const stagesFigures = (
  counts: Counts,
  times: readonly Times[],
): Statistics["stages"] =>
  STAGES.map((stage) => {
    const found = times.find(({ key }) => key === stage);
    return {
      stage,
      kept: shareOf(counts, `${stage}.kept`, `${stage}.settled`),
      keptFirst: shareOf(counts, `${stage}.keptFirst`, `${stage}.settledFirst`),
      done: found?.n ?? 0,
      natural: found?.natural ?? null,
      worked: found?.worked ?? null,
    };
  });
