/** Duty: rosters, logs, hand-overs, and what became of incidents meanwhile. */
import type { DataScope } from "../../contract/data-scope.ts";
import type {
  DutyEntry,
  HandOver,
  RosterRow,
  ShiftKey,
} from "../../contract/duty.ts";
import type { Page } from "./page.ts";

/** The duty of one centre: its roster, its log, its hand-overs. */
export interface CentreDuty {
  /** D6: a day that somebody edited is not overwritten. */
  importRoster(rows: RosterRow[]): Promise<void>;
  /** From one date to another, both included, and how often people changed the roster. */
  roster(from: string, to: string): Promise<{ rev: number; rows: RosterRow[] }>;
  /**
   * Replaces the days that the rows name, and empties those of `days` that
   * they do not; what the log tells of it is written with it.
   * @returns the new revision, or null where `rev` is no longer current
   */
  putRoster(
    rows: RosterRow[],
    change: {
      rev: number;
      who: string;
      at: number;
      days?: readonly string[];
      entry?: Omit<DutyEntry, "correctedBy"> | null;
    },
  ): Promise<number | null>;
  add(entry: Omit<DutyEntry, "correctedBy">): Promise<void>;
  entry(id: string): Promise<DutyEntry | null>;
  /** Newest first; of one shift where it is named. */
  log(
    filter: Partial<ShiftKey> & { limit: number; cursor?: string },
  ): Promise<Page<DutyEntry>>;
  /** How many entries of each kind a shift has. */
  entries(of: ShiftKey): Promise<Record<string, number>>;
  /** @returns false where another handed this shift over, or it is received already */
  handOver(given: HandOver): Promise<boolean>;
  /** @returns false where it is received already */
  receive(
    id: string,
    at: number,
    receipt: Pick<HandOver, "receivedBy" | "receivedByName" | "remarks">,
  ): Promise<boolean>;
  handOverOf(shift: ShiftKey): Promise<HandOver | null>;
  getHandOver(id: string): Promise<HandOver | null>;
  /** Newest first. */
  handOvers(filter: {
    limit: number;
    cursor?: string;
  }): Promise<Page<HandOver>>;
}

/** Incidents that came in within a span, counted by what they are, and what became of those of any time. */
export interface Became {
  reported: {
    source: string;
    priority: number | null;
    district: string | null;
    n: number;
  }[];
  registered: number;
  closed: number;
}

export interface DutyStore {
  /** What one centre keeps. @param centre a district's, by its department; null = the city's */
  of(centre: string | null): CentreDuty;
  /** What came in, was registered and was closed from one instant to another, within a scope. */
  became(from: number, to: number, within: DataScope): Promise<Became>;
}
