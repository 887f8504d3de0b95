/** One log with all that belongs to it: its chunks, roll-ups and upkeep. */
import type { RollupBucket } from "../../../contract/reading.ts";
import type { Clock } from "../../lib/clock.ts";
import { createGate } from "../../lib/gate.ts";
import type { Zone } from "../../../contract/zone.ts";
import type { Db } from "../db.ts";
import type { Retention } from "../store.ts";
import { createChunks } from "./chunks.ts";
import { existing, type Known, range } from "./history.ts";
import { createLevels, type LevelName } from "./levels.ts";
import { openLog, type Log } from "./log.ts";
import { Refresher } from "./refresh.ts";
import { Rollups, type Total } from "./rollup.ts";
import { ROW_BYTES, type RowList } from "./rows.ts";
import { startUpkeep } from "./upkeep.ts";

export interface Archive {
  log: Log;
  append(block: Uint8Array): Promise<void>;
  existing(series: Int32Array, at: Float64Array): Promise<Known>;
  range(
    series: Int32Array,
    from: number,
    to: number,
    corrections: boolean,
  ): Promise<RowList>;
  rollup(
    series: number,
    level: LevelName,
    from: number,
    to: number,
  ): Promise<RollupBucket[]>;
  total(
    series: Int32Array,
    level: LevelName,
    from: number,
    to: number,
  ): Promise<Total>;
  stats(): Promise<{ rows: number; bytes: number; unfolded: number }>;
  settle(): Promise<void>;
  prune(now: number, keep: Retention): Promise<void>;
  close(): Promise<void>;
}

/** @param name its tables begin with it; only `reading` has roll-ups */
export async function openArchive(
  db: Db,
  name: "reading" | "track",
  ask: {
    zone: Zone;
    clock: Clock;
    onFold: (rows: number, ms: number) => void;
  },
): Promise<Archive> {
  const { zone, clock, onFold } = ask;
  const levels = createLevels(zone);
  const gate = createGate();
  const log = await openLog(db, name, clock);
  const chunks = createChunks(db, name, log.state, levels.startOfHour);
  const rollups = new Rollups(db, log, chunks, levels);
  const refresher =
    name === "reading"
      ? new Refresher({ db, chunks, rollups, levels, clock, gate })
      : null;
  const upkeep = startUpkeep({
    db,
    log,
    levels,
    refresher,
    clock,
    gate,
    onFold,
  });

  /** Answers from what is committed, all of one moment. */
  async function asked<T>(question: () => Promise<T>): Promise<T> {
    await log.settled();
    return gate.shared(question);
  }

  return {
    log,
    async append(block) {
      await log.append(block);
      upkeep.look();
    },
    existing: (series, at) =>
      asked(() => existing(log, chunks, levels, series, at)),
    range: (series, from, to, corrections) =>
      asked(() => range(log, chunks, levels, series, from, to, corrections)),
    rollup: (series, level, from, to) =>
      asked(() => rollups.buckets(series, level, from, to)),
    total: (series, level, from, to) =>
      asked(() => rollups.total(series, level, from, to)),
    stats: () =>
      asked(async () => {
        const { rows, bytes } = await log.folded();
        const { unfolded } = log;
        return {
          rows: rows + unfolded,
          bytes: bytes + unfolded * ROW_BYTES,
          unfolded,
        };
      }),
    settle: () => upkeep.settle(),
    prune: (now, keep) => upkeep.prune(now, keep),
    async close() {
      await log.settled();
      await upkeep.close();
    },
  };
}
