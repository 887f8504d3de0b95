/** What statistics keep of an incident beside it: made of its dossier and history, and of nothing else. */
import { LimitStage } from "./limit.ts";

/** A stage as it is measured; `whole` is the incident from its first clock to its closing. */
export type MeasuredStage = LimitStage | "whole";
export const STAGES: readonly MeasuredStage[] = [
  ...LimitStage.options,
  "whole",
];

/** One clock of an incident, or the whole of it (docs/statistics.md S1–S6). */
export interface StageRow {
  /** Place among the dossier's clocks from 1; 0 = the whole. */
  no: number;
  stage: MeasuredStage;
  /** Number of the work order; null = the incident's own. */
  order: number | null;
  /** Whose it was to do; empty = the centre's. */
  department: string;
  startedAt: number;
  dueAt: number | null;
  firstDueAt: number | null;
  stoppedAt: number | null;
  /** When it was decided whether the limit was kept: its stop or its deadline, whichever is the earlier; null = it counts nowhere. */
  settledAt: number | null;
  /** The same by the first limit, whatever was granted later. */
  firstSettledAt: number | null;
  isKept: boolean;
  isFirstKept: boolean;
  /** ms between start and stop without pauses, of the day's time and of working time; null unless its step was done. */
  natural: number | null;
  worked: number | null;
}

export const ACTS = [
  "registered",
  "dispatched",
  /** An order was sent back by its department, and that was agreed to. */
  "returned",
  /** It turned out to be another's: given to another department after a return, or a co-handler's return. */
  "misdirected",
  "fedBack",
  /** An order was sent back to its department after it had fed back. */
  "reworked",
  /** An incident was supervised for the first time. */
  "supervised",
  "closed",
  /** Closed before, and to be done again. */
  "reopened",
  "satisfied",
  "basically",
  "dissatisfied",
  "unreachable",
] as const;
export type Act = (typeof ACTS)[number];

/** Something that is counted, at the revision of the history that tells it. */
export interface ActRow {
  rev: number;
  /** Of several at one revision. */
  no: number;
  act: Act;
  at: number;
  /** Whose order it was, or who led the incident; empty = nobody's yet. */
  department: string;
}

/** Parts that times are told apart by. */
export const TIMED_PARTS = [
  ...(["department", "district", "source", "matterClass"] as const),
] as const;
export type TimedPart = (typeof TIMED_PARTS)[number];

/** What rows are told apart by; empty = none is known, or nobody's yet. */
export const COUNTED_PARTS = [...TIMED_PARTS, "category", "town"] as const;
export type CountedPart = (typeof COUNTED_PARTS)[number];

/** What one change makes of them. */
export interface Counted {
  /** Code of the town that the incident lies in, of all of its rows; null where none holds it. */
  town: string | null;
  /** All of the incident's, in place of those before. */
  stages: StageRow[];
  /** To be added. */
  acts: ActRow[];
  /** The revision whose acts never were, because this change takes it back. */
  undone: number | null;
}

/** Measures that are numbers of acts: which ones. */
const OF_ACTS = {
  registered: ["registered"],
  dispatched: ["dispatched"],
  closed: ["closed"],
  fedBack: ["fedBack"],
  reworked: ["reworked"],
  returned: ["returned"],
  misdirected: ["misdirected"],
  supervised: ["supervised"],
  satisfied: ["satisfied", "basically"],
  answered: ["satisfied", "basically", "dissatisfied"],
  evaluated: ["satisfied", "basically", "dissatisfied", "unreachable"],
} as const satisfies Record<string, readonly Act[]>;
type ActMeasure = keyof typeof OF_ACTS;

/** Measures of a stage: by which limit it was decided, and how; `done` is by its stop. */
const OF_STAGES = {
  settled: { by: "granted", isKept: null },
  kept: { by: "granted", isKept: true },
  late: { by: "granted", isKept: false },
  settledFirst: { by: "first", isKept: null },
  keptFirst: { by: "first", isKept: true },
  lateFirst: { by: "first", isKept: false },
  done: { by: "stop", isKept: null },
} as const;
type StageMeasure = keyof typeof OF_STAGES;

export type Measure = ActMeasure | `${MeasuredStage}.${StageMeasure}`;

/** Which rows a measure is the number of: figures add them up, and lists name them. */
export type Counting =
  | { rows: "acts"; acts: readonly Act[] }
  | {
      rows: "stages";
      stage: MeasuredStage;
      by: "granted" | "first" | "stop";
      /** Null: kept or not. */
      isKept: boolean | null;
    };

const COUNTINGS = new Map<Measure, Counting>([
  ...(Object.keys(OF_ACTS) as ActMeasure[]).map((name): [Measure, Counting] => [
    name,
    { rows: "acts", acts: OF_ACTS[name] },
  ]),
  ...STAGES.flatMap((stage) =>
    (Object.keys(OF_STAGES) as StageMeasure[]).map(
      (name): [Measure, Counting] => [
        `${stage}.${name}`,
        { rows: "stages", stage, ...OF_STAGES[name] },
      ],
    ),
  ),
]);

export const MEASURES: readonly Measure[] = [...COUNTINGS.keys()];

/** Every measure has one. */
export const countingOf = (measure: Measure): Counting =>
  COUNTINGS.get(measure)!;

/**
 * How many rows of each kind were counted: a place for every stage by either
 * limit, missed and kept, and one for every act (`placesOf`).
 */
export type Counts = Uint32Array;

/** Places of one limit. */
const BY_LIMIT = 2 * STAGES.length;
const FIRST_ACT = 2 * BY_LIMIT;

export const noCounts = (): Counts => new Uint32Array(FIRST_ACT + ACTS.length);

/** Where rows of a limit begin: a stage's missed ones at twice its place among STAGES, its kept ones behind them. */
export const limitPlace = (by: "granted" | "first"): number =>
  by === "first" ? BY_LIMIT : 0;

/** Where acts begin, in their order. */
export const ACT_PLACE = FIRST_ACT;

/** Places whose sum a measure is; none for `done`, which is counted with its times. */
const placesOf = (counting: Counting): number[] => {
  if (counting.rows === "acts")
    return counting.acts.map((act) => ACT_PLACE + ACTS.indexOf(act));
  if (counting.by === "stop") return [];
  const { stage, by, isKept } = counting;
  const missed = limitPlace(by) + 2 * STAGES.indexOf(stage);
  return isKept === null ? [missed, missed + 1] : [missed + Number(isKept)];
};
const PLACES = new Map(
  MEASURES.map((measure) => [measure, placesOf(countingOf(measure))]),
);

/** How many rows a measure counts. */
export const countOf = (counts: Counts, measure: Measure): number =>
  PLACES.get(measure)!.reduce((sum, place) => sum + counts[place]!, 0);

/** What several came to together. */
export function totalOf(all: Iterable<Counts>): Counts {
  const total = noCounts();
  for (const counts of all)
    for (let place = 0; place < total.length; place++)
      total[place]! += counts[place]!;
  return total;
}
