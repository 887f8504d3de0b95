/** Figures of a period out of the store's cells (docs/statistics.md S12–S20). Pure. */
import type { Act, MeasuredStage } from "../../../contract/counted.ts";
import {
  StageFigures,
  type Figures,
  type Part,
  type Percentiles,
  type Share,
  type Statistics,
} from "../../../contract/statistics.ts";

interface Parts {
  department: string;
  district: string;
  source: string;
  matterClass: string;
  /** Empty where it is not asked for. */
  category: string;
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

export interface Times {
  key: string;
  n: number;
  natural: Percentiles;
  worked: Percentiles | null;
}

const keptOf = (cells: readonly Kept[], stage: MeasuredStage): Share => {
  const of = cells.filter((cell) => cell.stage === stage);
  return {
    n: of.reduce((sum, { kept }) => sum + kept, 0),
    of: of.reduce((sum, { n }) => sum + n, 0),
  };
};

/** @param isPart of one department, which registers nothing itself: supervised ÷ its orders */
export function figuresOf(cells: Cells, isPart = false): Figures {
  const count = (...acts: Act[]) =>
    cells.acts
      .filter(({ act }) => acts.includes(act))
      .reduce((sum, { n }) => sum + n, 0);
  const [registered, dispatched] = [count("registered"), count("dispatched")];
  const answered = count("satisfied", "basically", "dissatisfied");
  return {
    ...{ registered, dispatched, closed: count("closed") },
    onTime: keptOf(cells.settled, "whole"),
    onTimeFirst: keptOf(cells.settledFirst, "whole"),
    handled: keptOf(cells.settled, "handle"),
    handledFirst: keptOf(cells.settledFirst, "handle"),
    rework: { n: count("reworked"), of: count("fedBack") },
    returns: { n: count("returned"), of: dispatched },
    // What came back was sent before, perhaps in another period.
    accuracy: {
      n: Math.max(0, dispatched - count("misdirected")),
      of: dispatched,
    },
    supervision: {
      n: count("supervised"),
      of: isPart ? dispatched : registered,
    },
    reached: { n: answered, of: answered + count("unreachable") },
    satisfaction: { n: count("satisfied", "basically"), of: answered },
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
  const values = new Set(
    [...cells.settled, ...cells.settledFirst, ...cells.acts].map(
      (cell) => cell[part],
    ),
  );
  // What is nobody's yet is no department.
  if (part === "department") values.delete("");
  return [...values]
    .map((key) => ({
      key,
      figures: figuresOf(cellsOf(cells, part, key), part === "department"),
      natural: times.find((each) => each.key === key)?.natural ?? null,
    }))
    .sort(
      (a, b) =>
        b.figures.handled.of - a.figures.handled.of || (a.key < b.key ? -1 : 1),
    );
}

/** The same cells with the domain in the category's place. @param domainOf empty where it has none */
export function byDomain(
  { settled, settledFirst, acts }: Cells,
  domainOf: (category: string) => string,
): Cells {
  const ofDomain = <C extends Parts>(cell: C): C => ({
    ...cell,
    category: domainOf(cell.category),
  });
  return {
    settled: settled.map(ofDomain),
    settledFirst: settledFirst.map(ofDomain),
    acts: acts.map(ofDomain),
  };
}

const STAGES = StageFigures.shape.stage.options;

export const stagesFigures = (
  cells: Cells,
  times: readonly Times[],
): Statistics["stages"] =>
  STAGES.map((stage) => {
    const found = times.find(({ key }) => key === stage);
    return {
      stage,
      kept: keptOf(cells.settled, stage),
      keptFirst: keptOf(cells.settledFirst, stage),
      done: found?.n ?? 0,
      natural: found?.natural ?? null,
      worked: found?.worked ?? null,
    };
  });
