/** A small city for tests of the hub: one engine, its sensors, and a store that is a plain list of rows. */
import type { Indicator } from "../../contract/indicator.ts";
import type { ReadingRows } from "../../contract/reading.ts";
import { HOUR, MINUTE } from "../../contract/time.ts";
import {
  createEngine,
  type Engine,
  type RecomputeRequest,
} from "../../server/hub/indicators/engine.ts";
import type { SensorSource } from "../../server/hub/indicators/source.ts";
import { createSensors, type Sensors } from "../../server/hub/sensors.ts";

export const DISTRICTS = ["east", "west"];

type IndicatorChange = Partial<Omit<Indicator, "source">> & {
  source?: Partial<SensorSource> | Exclude<Indicator["source"], SensorSource>;
};

/** An indicator over metric `depth`: mean over a tumbling minute unless told otherwise. */
export function indicator(change: IndicatorChange = {}): Indicator {
  const { source, ...rest } = change;
  const computed = source && "from" in source && source.from !== "sensors";
  return {
    id: "water.depth",
    theme: "水务",
    themeEn: "Water",
    nameZh: "深度",
    nameEn: "Depth",
    unit: "cm",
    direction: "L",
    thresholds: {},
    hysteresis: null,
    owner: "WATER",
    every: MINUTE,
    staleAfter: 3 * MINUTE,
    precision: 3,
    source: computed
      ? (source as Indicator["source"])
      : {
          from: "sensors",
          metric: "depth",
          kind: null,
          system: null,
          aggregate: "mean",
          window: { kind: "tumbling", length: MINUTE, step: 0 },
          weightBy: null,
          percentile: null,
          where: null,
          ...(source as Partial<SensorSource>),
        },
    scopes: ["city", "district"],
    target: null,
    opensIncident: null,
    note: "",
    rev: 1,
    ...rest,
  };
}

/** Midnight of a Friday in Shanghai. */
export const MIDNIGHT = Date.parse("2026-11-20T00:00:00+08:00");
export const EIGHT = MIDNIGHT + 8 * HOUR;

export interface Reading {
  /** The sensor's name; its first letter says its district: e, w, or none. */
  sensor: string;
  at: number;
  value: number;
  quality?: number;
}

const districtOf = (sensor: string): string | undefined =>
  DISTRICTS.find((district) => district.startsWith(sensor.charAt(0)));

export interface TestCity {
  sensors: Sensors;
  engine: Engine;
  /** Every row that was ever applied, in that order. */
  log: (Reading & { series: number })[];
  register(
    sensor: string,
    more?: {
      kind?: string;
      district?: string;
      period?: number;
      attributes?: Record<string, number>;
    },
  ): void;
  /** Judges and applies readings as the flow does, the log being the store. */
  read(readings: readonly Reading[], now: number): void;
  /** Starts with a former city's rows, of which those from `saved` on came after the checkpoint. */
  replay(log: TestCity["log"], saved: number, now: number): void;
  /** Reads what the engine wants computed anew from the log as it stands. */
  ask(now: number): { answer: () => void }[];
  /** Asks and answers at once. @returns how many there were. */
  recompute(now: number): number;
}

export function createTestCity(
  indicators: readonly Indicator[],
  options: { timeZone?: string; effort?: number } = {},
): TestCity {
  const sensors = createSensors({ districts: DISTRICTS });
  const engine = createEngine({
    sensors,
    timeZone: options.timeZone ?? "Asia/Shanghai",
    districts: DISTRICTS,
    ...(options.effort !== undefined && { effort: options.effort }),
  });
  engine.setCatalogue(indicators);
  const log: TestCity["log"] = [];

  const stored = (series: number, at: number) =>
    log.findLast((row) => row.series === series && row.at === at);

  return {
    sensors,
    engine,
    log,
    register(
      sensor,
      { kind = "gauge", period, attributes = {}, ...more } = {},
    ) {
      const district = more.district ?? districtOf(sensor);
      sensors.register({
        system: "s",
        id: sensor,
        name: sensor,
        kind,
        lng: 0,
        lat: 0,
        ...(district !== undefined && { district }),
        metrics: [
          {
            metric: "depth",
            unit: "cm",
            ...(period !== undefined && { period }),
          },
        ],
        attributes,
        registered: true,
      });
    },
    read(readings, now) {
      for (const { sensor, at, value, quality = 0 } of readings) {
        const series = sensors.add("s", sensor, "depth").no;
        const verdict = sensors.judge(series, at, value, quality);
        const before = stored(series, at);
        if (before?.value === value && (before.quality ?? 0) === quality)
          continue;
        sensors.apply(series, at, value, quality, now);
        const rows = rowsOf([{ series, at, value, quality }]);
        if (verdict === "new") engine.apply(rows, now);
        else engine.applyLate(rows, before ? [0] : [], now);
        log.push({ sensor, series, at, value, quality });
      }
    },
    replay(rows, saved, now) {
      log.push(...rows);
      engine.replay(rowsOf(rows.slice(saved)), now);
    },
    ask: (now) =>
      engine.pendingRecomputes(now).map((request) => {
        const rows = rangeOf(log, request);
        return { answer: () => engine.recomputed(request, rows) };
      }),
    recompute(now) {
      const asked = this.ask(now);
      for (const { answer } of asked) answer();
      return asked.length;
    },
  };
}

/** What the store's `range` answers: of corrections the last. */
export function rangeOf(
  log: TestCity["log"],
  { from, to, series }: Pick<RecomputeRequest, "from" | "to" | "series">,
): ReadingRows {
  const wanted = new Set(series());
  const last = new Map<string, TestCity["log"][number]>();
  for (const row of log)
    if (wanted.has(row.series) && row.at >= from && row.at < to)
      last.set(`${row.series}:${row.at}`, row);
  return rowsOf(
    [...last.values()].sort((a, b) => a.series - b.series || a.at - b.at),
  );
}

export function rowsOf(
  rows: readonly {
    series: number;
    at: number;
    value: number;
    quality?: number;
  }[],
): ReadingRows {
  return {
    count: rows.length,
    series: Int32Array.from(rows, ({ series }) => series),
    at: Float64Array.from(rows, ({ at }) => at),
    value: Float64Array.from(rows, ({ value }) => value),
    quality: Uint8Array.from(rows, ({ quality }) => quality ?? 0),
  };
}
