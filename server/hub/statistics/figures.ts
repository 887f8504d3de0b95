/** Figures of a period out of the store's cells (docs/statistics.md S12–S20). Pure. */
import {
  countingOf,
  type Act,
  type Measure,
  type MeasuredStage,
} from "../../../contract/counted.ts";
import {
  StageFigures,
  type Figures,
  type Part,
  type Share,
  type Statistics,
} from "../../../contract/statistics.ts";
import type { Times } from "./times.ts";

interface Parts {
  department: string;
  district: string;
  source: string;
  matterClass: string;
  /** Empty where they are not asked for. */
  category: string;
  town: string;
}

/** What is counted of one period, each cell of one department, district, source and class. */
export interface Cells {
  settled: readonly (Parts & Kept)[];
  /** By the first limit instead of the one in force. */
  settledFirst: readonly (Parts & Kept)[];
  acts: readonly (Parts & { act: Act; n: number })[];
}
interface Kept {
  stage: MeasuredStage;
  n: number;
  kept: number;
}

/** How many rows a measure counts; what is done is counted with its times. */
export function countOf(
  { settled, settledFirst, acts }: Cells,
  measure: Measure,
): number {
  const counting = countingOf(measure);
  if (counting.rows === "acts")
    return acts
      .filter(({ act }) => counting.acts.includes(act))
      .reduce((sum, { n }) => sum + n, 0);
  const { stage, by, isKept } = counting;
  return (by === "first" ? settledFirst : settled)
    .filter((cell) => cell.stage === stage)
    .reduce(
      (sum, { n, kept }) =>
        sum + (isKept === null ? n : isKept ? kept : n - kept),
      0,
    );
}

const shareOf = (cells: Cells, n: Measure, of: Measure): Share => ({
  n: countOf(cells, n),
  of: countOf(cells, of),
});

/** @param isPart of one department, which registers nothing itself: supervised ÷ its orders */
export function figuresOf(cells: Cells, isPart = false): Figures {
  const count = (measure: Measure) => countOf(cells, measure);
  const share = (n: Measure, of: Measure) => shareOf(cells, n, of);
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

/** Cells of one value of a part. */
export const cellsOf = (
  { settled, settledFirst, acts }: Cells,
  part: keyof Parts,
  value: string,
): Cells => {
  const isIts = (cell: Parts) => cell[part] === value;
  return {
    settled: settled.filter(isIts),
    settledFirst: settledFirst.filter(isIts),
    acts: acts.filter(isIts),
  };
};

/** A row for every value that anything was counted of, the most settled first. */
export function partsOf(
  cells: Cells,
  part: keyof Parts,
  times: readonly Times[],
): Part[] {
  const values = apartBy(cells, part);
  // What is nobody's yet is no department.
  if (part === "department") values.delete("");
  const taken = new Map(times.map(({ key, natural }) => [key, natural]));
  return [...values]
    .map(([key, its]) => ({
      key,
      figures: figuresOf(its, part === "department"),
      natural: taken.get(key) ?? null,
    }))
    .sort(
      (a, b) =>
        b.figures.handled.of - a.figures.handled.of || (a.key < b.key ? -1 : 1),
    );
}

/** Cells of every value of a part, in one pass: feeds may bring thousands of sources. */
function apartBy(cells: Cells, part: keyof Parts): Map<string, Cells> {
  const apart = new Map<string, { [K in keyof Cells]: Cells[K][number][] }>();
  const its = (value: string) => {
    let found = apart.get(value);
    if (!found)
      apart.set(value, (found = { settled: [], settledFirst: [], acts: [] }));
    return found;
  };
  for (const cell of cells.settled) its(cell[part]).settled.push(cell);
  for (const cell of cells.settledFirst)
    its(cell[part]).settledFirst.push(cell);
  for (const cell of cells.acts) its(cell[part]).acts.push(cell);
  return apart;
}

/** The same cells with the domain in the category's place. @param domainOf empty where it has none */
export const byDomain = (
  cells: Cells,
  domainOf: (category: string) => string,
): Cells =>
  mapped(cells, (cell) => ({ ...cell, category: domainOf(cell.category) }));

/** The same cells with each source as it is shown. */
export const bySource = (
  cells: Cells,
  shown: (source: string) => string,
): Cells => mapped(cells, (cell) => ({ ...cell, source: shown(cell.source) }));

const mapped = (
  { settled, settledFirst, acts }: Cells,
  as: <C extends Parts>(cell: C) => C,
): Cells => ({
  settled: settled.map(as),
  settledFirst: settledFirst.map(as),
  acts: acts.map(as),
});

const STAGES = StageFigures.shape.stage.options;

export const stagesFigures = (
  cells: Cells,
  times: readonly Times[],
): Statistics["stages"] =>
  STAGES.map((stage) => {
    const found = times.find(({ key }) => key === stage);
    return {
      stage,
      kept: shareOf(cells, `${stage}.kept`, `${stage}.settled`),
      keptFirst: shareOf(cells, `${stage}.keptFirst`, `${stage}.settledFirst`),
      done: found?.n ?? 0,
      natural: found?.natural ?? null,
      worked: found?.worked ?? null,
    };
  });
