/** What statistics are counted from. */
import type {
  Act,
  Counted,
  Counting,
  MeasuredStage,
} from "../../contract/counted.ts";
import type { DataScope } from "../../contract/data-scope.ts";
import type { Held } from "../../contract/incident.ts";
import type { MatterClass } from "../../contract/limit.ts";
import type { Page } from "./page.ts";

/** Which incidents; those that meet all that is given. */
export interface StatisticsAsked {
  /** [from, to). */
  from: number;
  to: number;
  /** What is due later is not settled yet. */
  now: number;
  district?: string;
  town?: string;
  department?: string;
  source?: string;
  matterClass?: MatterClass;
  /** Any of these. */
  categories?: readonly string[];
  /** None of these categories. */
  otherThan?: readonly string[];
  within: DataScope;
}

/** What cells are told apart by. Empty = none is known, or nobody's yet. */
export interface CellParts {
  department: string;
  district: string;
  source: string;
  matterClass: string;
}

/**
 * What cells are told apart by: these all at once, one of the two that are
 * many, or nothing. The more they are told apart by the longer it takes.
 */
export type Apart = "parts" | keyof CellExtras | "nothing";

/** A cell's category and town; empty where they are not asked for, or none is known. */
export interface CellExtras {
  category: string;
  town: string;
}

export interface SettledCell extends CellParts, CellExtras {
  stage: MeasuredStage;
  n: number;
  kept: number;
}

export interface ActCell extends CellParts, CellExtras {
  act: Act;
  n: number;
}

/** Times of what was done, in ms and in no order; `worked` has fewer where some have none. */
export interface TimesCell extends CellParts {
  stage: MeasuredStage;
  natural: Float64Array;
  worked: Float64Array;
}

/** One counted row; `dueAt` and `isKept` by the limit that was asked about. */
export interface CountedRow {
  held: Held;
  department: string;
  order: number | null;
  at: number;
  act: Act | null;
  dueAt: number | null;
  stoppedAt: number | null;
  isKept: boolean | null;
}

/** Counts and times of a period, of what is within a scope (server/hub/statistics makes figures of them). */
export interface StatisticsStore {
  /** Limits decided in the period, by the limit in force or by the first one. */
  settled(
    asked: StatisticsAsked,
    by: "granted" | "first",
    apart?: Apart,
  ): Promise<SettledCell[]>;
  acts(asked: StatisticsAsked, apart?: Apart): Promise<ActCell[]>;
  /** Of stages that were done in the period; handling is its orders'. */
  times(asked: StatisticsAsked): Promise<TimesCell[]>;
  /** The rows that a counting is the number of, each with its incident, the latest first. */
  counted(
    asked: StatisticsAsked & { limit: number; cursor?: string },
    counting: Counting,
  ): Promise<Page<CountedRow>>;
  /** What is kept of one incident; its rows name one town. */
  rowsOf(
    incident: string,
  ): Promise<Pick<Counted, "stages" | "acts"> & { towns: Counted["town"][] }>;
}

/** Who called is known by a keyed hash alone, and never told. */
export interface CallerStore {
  /** Of the sources' incidents of the period that have caller and category: which had one of both the same within the 30 days before. */
  repeats(asked: {
    from: number;
    to: number;
    sources: readonly string[];
  }): Promise<{ n: number; of: number }>;
  /** Once, in short turns: those of the last 60 days that an older version stored. */
  complete(now: number, signal: AbortSignal): Promise<void>;
}
