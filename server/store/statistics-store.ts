/** What statistics are counted from. */
import type {
  Act,
  Counted,
  CountedPart,
  Counting,
  Counts,
  TimedPart,
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

/** Counts of every value of a part; empty = none is known, or nobody's yet. */
export type CountsBy<P extends CountedPart = CountedPart> = Record<
  P,
  ReadonlyMap<string, Counts>
>;

/** Times of what was done, in columns: a place of each for every row, in no order. */
export interface DoneRows {
  /** Place among STAGES. */
  stages: Uint8Array;
  /** Numbers of codes. */
  parts: Record<TimedPart, Uint32Array>;
  /** ms. */
  natural: Float64Array;
  /** ms; NaN where none is known. */
  worked: Float64Array;
}

/** What was done in a period, some thousand rows together. */
export interface Done {
  some: readonly DoneRows[];
  /** By their numbers. */
  codes: readonly string[];
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
  /** Limits decided in the period, by the limit in force and by the first one, and acts of the period; or acts alone. */
  counts<P extends CountedPart>(
    asked: StatisticsAsked,
    parts: readonly P[],
    rows?: "acts",
  ): Promise<CountsBy<P>>;
  /** Of stages that were done in the period; handling is its orders'. */
  times(asked: StatisticsAsked): Promise<Done>;
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
