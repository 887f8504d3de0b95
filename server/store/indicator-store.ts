/** The catalogue of indicators, what departments report of them, what was published. */
import type { Indicator, IndicatorValue } from "../../contract/indicator.ts";
import type { State } from "../../contract/level.ts";

/** A published value of an indicator at a scope. */
export interface IndicatorPoint {
  indicator: string;
  scope: string;
  at: number;
  value: number | null;
  state: State;
}

export interface IndicatorStore {
  /** Imports catalogue rows; a row an admin edited is never overwritten (D6). */
  import(rows: Indicator[]): Promise<void>;
  all(): Promise<Indicator[]>;
  /** @returns the new row, or null where `rev` is no longer current. The old version is kept. */
  edit(
    row: Indicator,
    expectedRev: number,
    who: string,
    at: number,
  ): Promise<Indicator | null>;
  /** Values that departments report. Same (indicator, scope, at) and value = duplicate; another value = correction, both kept. */
  report(
    values: (IndicatorValue & { feed: string; receivedAt: number })[],
  ): Promise<{ index: number; outcome: "new" | "duplicate" | "correction" }[]>;
  /** Newest reported value per (indicator, scope). */
  reported(): Promise<(IndicatorValue & { receivedAt: number })[]>;
  /** Published points; the same (indicator, scope, at) replaces. */
  publish(points: IndicatorPoint[]): Promise<void>;
  history(
    indicator: string,
    scope: string,
    from: number,
    to: number,
    points: number,
  ): Promise<IndicatorPoint[]>;
  /** Mean of published values at the same weekday and city hour over the 4 weeks before `at`. Null with fewer than 4. */
  weekdayMean(
    indicator: string,
    scope: string,
    at: number,
    timeZone: string,
  ): Promise<number | null>;
}
