/** The thread that keeps the log, so that neither the hub nor the writer does. */
import { parentPort, workerData } from "node:worker_threads";
import { answerCalls, Moved } from "../../lib/port.ts";
import { systemClock } from "../../lib/clock.ts";
import type { DbLoan } from "../db.ts";
import { borrowDb } from "../open-db.ts";
import { readCheckpoint, saveCheckpoint, type Part } from "./checkpoint.ts";
import { openLog } from "./log.ts";

export interface LogThread {
  loan: DbLoan;
  timeZone: string;
}

const { loan } = workerData as LogThread;
const db = borrowDb(loan);
const readings = openLog(db, "reading", systemClock);
const saving = { last: Promise.resolve() as Promise<unknown> };

const doors = {
  async open(): Promise<void> {
    await readings;
  },
  async append(block: Uint8Array): Promise<void> {
    await (await readings).append(block);
  },
  async existing(
    series: Int32Array,
    at: Float64Array,
  ): Promise<Moved<Float64Array>> {
    const log = await readings;
    await log.settled();
    const values = new Float64Array(series.length);
    for (let i = 0; i < series.length; i++)
      values[i] = log.find(series[i]!, at[i]!);
    return new Moved(values, [values.buffer]);
  },
  async saveCheckpoint(parts: Part[]): Promise<void> {
    const log = await readings;
    const { seq } = log;
    await log.settled();
    const save = saving.last.then(() => saveCheckpoint(db, parts, seq));
    saving.last = save.catch(() => undefined);
    await save;
    log.state.checkpoint = seq;
  },
  checkpoint: (): Promise<Map<string, Uint8Array>> => readCheckpoint(db),
  /** The next blocks after `seq`; null begins at the checkpoint. */
  async tail(seq: number | null): Promise<{ seq: number; data: Uint8Array }[]> {
    const log = await readings;
    return log.after(seq ?? log.state.checkpoint);
  },
  async stats(): Promise<{ rows: number; bytes: number; unfolded: number }> {
    const log = await readings;
    await log.settled();
    const { unfolded } = log;
    return {
      rows: log.state.rows + unfolded,
      bytes: log.state.bytes + unfolded * 21,
      unfolded,
    };
  },
  async close(): Promise<void> {
    await (await readings).settled();
    await saving.last;
    await db.close();
  },
};
export type LogDoors = typeof doors;

answerCalls(parentPort!, doors);
