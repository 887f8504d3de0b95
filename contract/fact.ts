import type { Camera } from "./camera.ts";
import type { IndicatorValue } from "./indicator.ts";
import type { Position } from "./position.ts";
import type { ReadingColumns } from "./reading.ts";
import type { Sensor } from "./sensor.ts";
import type { SystemReport } from "./system-report.ts";
import type { Warning } from "./warning.ts";

/** What a feed may tell the hub, one noun at a time; readings travel apart, as columns. */
export type Fact =
  | { type: "sensor"; item: Sensor }
  | { type: "indicatorValue"; item: IndicatorValue }
  | { type: "incident"; item: SystemReport }
  | { type: "position"; item: Position }
  | { type: "camera"; item: Camera }
  | { type: "warning"; item: Warning };

/** A fact and its place in the sender's payload. */
export type IndexedFact = Fact & { index: number };

/** An item that was refused, with where and why. `raw` is what the quarantine keeps. */
export interface Rejection {
  index: number;
  path: string;
  message: string;
  raw: string;
}

/** What a format makes of one payload. */
export interface Decoded {
  readings: ReadingColumns | null;
  facts: IndexedFact[];
  rejections: Rejection[];
  /** Items that said "no value". */
  missing: number;
  /** How many items from the first on were judged; absent where all were. */
  judged?: number;
  /** Text of an item, for the quarantine, should a later stage refuse it. */
  raw(index: number): string;
}
