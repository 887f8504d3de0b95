import type { IndicatorView } from "../../../contract/indicator.ts";
import type { State } from "../../../contract/level.ts";

/** A level (or none) became another at one scope. `id` is `indicator@scope`. */
export interface LevelChange {
  id: string;
  indicator: string;
  scope: string;
  from: State;
  to: State;
  value: number | null;
  at: number;
}

/** A value to publish: as it stood at the end of the slot that begins at `at`. */
export interface Point {
  indicator: string;
  scope: string;
  at: number;
  value: number | null;
  state: State;
}

/** What an evaluation found. */
export interface Findings {
  views: IndicatorView[];
  changes: LevelChange[];
  points: Point[];
}
