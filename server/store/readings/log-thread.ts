/** The thread that keeps the logs, so that neither the hub nor the writer does. */
import { parentPort, workerData } from "node:worker_threads";
import type { RollupBucket } from "../../../contract/reading.ts";
import { systemClock } from "../../lib/clock.ts";
import { answerCalls, Moved } from "../../lib/port.ts";
import { createZone } from "../../../contract/zone.ts";
import type { DbLoan } from "../db.ts";
import { borrowDb } from "../open-db.ts";
import type { KnownReadings, Retention } from "../store.ts";
import { openArchive, type Archive } from "./archive.ts";
import {
  checkpointedTo,
  readCheckpoint,
  saveCheckpoint,
  type Part,
} from "./checkpoint.ts";
import type { LevelName } from "./levels.ts";
import type { Total } from "./rollup.ts";
import { packRows } from "./rows.ts";

export interface LogThread {
  loan: DbLoan;
  timeZone: string;
}
/** Readings, and where moving objects were. */
export type LogName = "reading" | "track";

const { loan, timeZone } = workerData as LogThread;
const db = await borrowDb(loan);
const zone = createZone(timeZone);
let saving: Promise<unknown> = Promise.resolve();

interface FoldTold {
  rows: number;
  ms: number;
}
let tellFold: (fold: FoldTold) => void = () => {};
const open = (name: LogName): Promise<Archive> =>
  openArchive(db, name, {
    zone,
    clock: systemClock,
    onFold: (rows, ms) => tellFold({ rows, ms }),
  });
const archives = { reading: open("reading"), track: open("track") };
const { reading } = archives;

const doors = {
  async open(): Promise<void> {
    await Promise.all(Object.values(archives));
  },
  async append(log: LogName, block: Uint8Array): Promise<void> {
    await (await archives[log]).append(block);
  },
  async existing(
    series: Int32Array,
    at: Float64Array,
  ): Promise<Moved<KnownReadings>> {
    const known = await (await reading).existing(series, at);
    return new Moved(known, [known.value.buffer, known.quality.buffer]);
  },
  /** A block of rows, as `packRows` makes it. */
  async range(
    log: LogName,
    series: Int32Array,
    from: number,
    to: number,
    corrections: boolean,
  ): Promise<Moved<Uint8Array>> {
    const archive = await archives[log];
    const block = packRows(await archive.range(series, from, to, corrections));
    return new Moved(block, [block.buffer]);
  },
  async rollup(
    series: number,
    level: LevelName,
    from: number,
    to: number,
  ): Promise<RollupBucket[]> {
    return (await reading).rollup(series, level, from, to);
  },
  async total(
    series: Int32Array,
    level: LevelName,
    from: number,
    to: number,
  ): Promise<Total> {
    return (await reading).total(series, level, from, to);
  },
  async saveCheckpoint(parts: Part[]): Promise<void> {
    const { log } = await reading;
    const { seq } = log;
    await log.settled();
    const save = saving.then(() => saveCheckpoint(db, parts, seq));
    saving = save.catch(() => undefined);
    await save;
    log.state.checkpoint = seq;
  },
  checkpoint: (): Promise<Map<string, Uint8Array>> => readCheckpoint(db),
  /** The next blocks after `seq`; null begins at the checkpoint. */
  async tail(seq: number | null): Promise<{ seq: number; data: Uint8Array }[]> {
    const { log } = await reading;
    return log.after(seq ?? (await checkpointedTo(db)));
  },
  async stats(): Promise<{ rows: number; bytes: number; unfolded: number }> {
    return (await reading).stats();
  },
  /** Resolves with the next fold. */
  nextFold: (): Promise<FoldTold> =>
    new Promise((told) => {
      tellFold = told;
    }),
  async settle(): Promise<void> {
    await (await reading).settle();
    await (await archives.track).settle();
  },
  async prune(now: number, keep: Retention): Promise<void> {
    await (await reading).prune(now, keep);
    await (await archives.track).prune(now, { ...keep, raw: keep.positions });
  },
  async close(): Promise<void> {
    for (const archive of Object.values(archives))
      await (await archive).close();
    await saving;
    await db.close();
  },
};
export type LogDoors = typeof doors;

answerCalls(parentPort!, doors);
