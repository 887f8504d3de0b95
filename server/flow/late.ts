/**
 * Readings at or before the newest of their series: only the store knows
 * whether they are duplicates, corrections or late (decisions B2). They are
 * settled one batch after another, so that no two judge the same reading at once.
 */
import type { ReadingRows } from "../../contract/reading.ts";
import { StoreUnavailable } from "../feeds/sink.ts";
import type { Sensors } from "../hub/sensors.ts";
import type { Clock } from "../lib/clock.ts";
import type { Store } from "../store/store.ts";
import type { Held } from "./held.ts";
import { emptyRows, push, trimmed } from "./rows.ts";

interface Row {
  series: number;
  at: number;
  value: number;
  quality: number;
}

export interface LateReadings {
  /** @param read writes reading i of `count` into the row given. */
  take(
    count: number,
    read: (i: number, row: Row) => void,
  ): Promise<{ accepted: number; duplicates: number }>;
}

export function createLateReadings(ask: {
  store: Store;
  held: Held;
  clock: Clock;
  applied: () => void;
  /** Appends rows so that a duplicate of them is acknowledged after them. */
  append: (rows: ReadingRows) => Promise<void>;
}): LateReadings {
  const { store, held, clock, applied, append } = ask;
  let last: Promise<unknown> = Promise.resolve();

  /** A hub that loaded itself anew may have given a number, which was not durable, to another series. */
  function check(sensors: Sensors): void {
    held.check();
    if (held.sensors !== sensors)
      throw new StoreUnavailable(
        "the hub was loaded from its store meanwhile; send it again",
      );
  }

  async function settle(
    sensors: Sensors,
    count: number,
    read: (i: number, row: Row) => void,
  ): Promise<{ accepted: number; duplicates: number }> {
    check(sensors);
    const row: Row = { series: 0, at: 0, value: 0, quality: 0 };
    const series = new Int32Array(count);
    const at = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      read(i, row);
      series[i] = row.series;
      at[i] = row.at;
    }
    const stored = await store.readings.existing(series, at);
    check(sensors);
    const rows = emptyRows(count);
    const corrections: number[] = [];
    /** The row in which this batch itself already spoke of a (series, at). */
    const said = new Map<string, number>();
    let duplicates = 0;
    for (let i = 0; i < count; i++) {
      read(i, row);
      const key = `${row.series}@${row.at}`;
      const mine = said.get(key);
      const [before, no] = mine === undefined ? [stored, i] : [rows, mine];
      const value = before.value[no]!;
      if (value === row.value && before.quality[no] === row.quality) {
        duplicates++;
        continue;
      }
      said.set(key, rows.count);
      if (!Number.isNaN(value)) corrections.push(rows.count);
      sensors.apply(row.series, row.at, row.value, row.quality, clock.now());
      push(rows, row.series, row.at, row.value, row.quality);
    }
    if (rows.count === 0) return { accepted: 0, duplicates };
    held.engine.applyLate(rows, corrections, clock.now());
    applied();
    const accepted = rows.count;
    await append(trimmed(rows));
    return { accepted, duplicates };
  }

  return {
    take(count, read) {
      const { sensors } = held;
      const mine = last.then(() => settle(sensors, count, read));
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}
