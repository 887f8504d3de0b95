/** Readings, the series that they belong to, and the sensors that make them. */
import type { ReadingRows, RollupBucket } from "../../contract/reading.ts";
import type { Sensor } from "../../contract/sensor.ts";
import type { Page } from "./page.ts";

/** A series is sensor × metric; `no` is dense from 0, given by the hub, never reused. */
export interface SeriesRow {
  no: number;
  system: string;
  sensor: string;
  metric: string;
}

/** A catalogue entry as stored; unregistered sensors have `sensor: null` fields where unknown. */
export interface SensorRow extends Omit<Sensor, "lng" | "lat" | "metrics"> {
  system: string;
  registered: boolean;
  lng: number | null;
  lat: number | null;
  metrics: Sensor["metrics"];
}

/** What the store knows at instants that it was asked about. */
export interface KnownReadings {
  /** NaN where it knows nothing. */
  value: Float64Array;
  /** Index into `Quality.options`. */
  quality: Uint8Array;
}

export interface ReadingLog {
  /**
   * Appends rows; resolves when they are durable (SQLite FULL; PostgreSQL
   * commit). Group commit: at once when idle, at most 20 ms when busy. Calls
   * commit in the order made. The arrays are handed over: do not touch them again.
   * Rejects when the store cannot write; the rows are then not stored.
   */
  append(rows: ReadingRows): Promise<void>;
  /** What is stored at each (series, at). Sees every `append` made before it. */
  existing(series: Int32Array, at: Float64Array): Promise<KnownReadings>;
  /** Rows of some series in [from, to), by (series, at); of corrections the last one. */
  range(
    series: Int32Array,
    from: number,
    to: number,
    /** Every correction too, in the order they came. */
    corrections?: boolean,
  ): Promise<ReadingRows>;
  /** Roll-up buckets of one series in [from, to), oldest first; gaps are absent, bad readings left out. */
  rollup(
    series: number,
    level: "minute" | "hour" | "day",
    from: number,
    to: number,
  ): Promise<RollupBucket[]>;
  /** How many readings the buckets that begin in [from, to) hold, and their sum, of many series together. */
  total(
    series: Int32Array,
    level: "minute" | "hour" | "day",
    from: number,
    to: number,
  ): Promise<{ count: number; sum: number }>;
  /**
   * Saves the hub's state as it is after every `append` made before this call,
   * so that a restart needs only `checkpoint` + `tail`. Parts not named keep
   * their former content. Log rows before it may then be folded away. The
   * blobs are handed over: do not touch them again.
   */
  saveCheckpoint(parts: { name: string; blob: Uint8Array }[]): Promise<void>;
  checkpoint(): Promise<Map<string, Uint8Array>>;
  /** Every committed row after the last checkpoint, in commit order, in batches. */
  tail(each: (rows: ReadingRows) => void): Promise<void>;
  /** Number of reading rows kept (raw), and bytes they take: for counts and benches. */
  stats(): Promise<{ rows: number; bytes: number; unfolded: number }>;
  /** Folds and rolls up everything now, before its time: before a backup, in tests. */
  settle(): Promise<void>;
}

export interface SeriesStore {
  /** Durable before any later `append` that uses the numbers. */
  add(rows: SeriesRow[]): Promise<void>;
  /** All, in order of `no`, in batches (a million fit in seconds). */
  each(batch: (rows: SeriesRow[]) => void): Promise<void>;
}

export interface SensorStore {
  put(rows: SensorRow[]): Promise<void>;
  /** Attributes longer than the contract allows are left out. */
  each(batch: (rows: SensorRow[]) => void): Promise<void>;
  get(system: string, ids: string[]): Promise<SensorRow[]>;
  /** Who they are; what they are like stands in the hub's memory. */
  page(filter: {
    kind?: string;
    district?: string;
    system?: string;
    /** Of these alone; null = of any. */
    systems?: readonly string[] | null;
    /** In these alone; null = in any or none. */
    districts?: readonly string[] | null;
    registered?: boolean;
    limit: number;
    cursor?: string;
  }): Promise<Page<Pick<SensorRow, "system" | "id">>>;
}
