/** The log of readings as the hub sees it: packs rows, hands them to the log's thread. */
import type { ReadingRows } from "../../../contract/reading.ts";
import { createCaller } from "../../lib/port.ts";
import { startThread } from "../../lib/thread.ts";
import { revive, StoreDown, type Db } from "../db.ts";
import type { TrackLog } from "../positions.ts";
import type { ReadingLog, Retention, StoreOptions } from "../store.ts";
import type { LogDoors, LogName, LogThread } from "./log-thread.ts";
import { packRows, unpackRows } from "./rows.ts";

export interface Logs {
  readings: ReadingLog;
  tracks: TrackLog;
  prune(now: number, keep: Retention): Promise<void>;
  close(): Promise<void>;
}

export async function openLogs(
  db: Db,
  timeZone: string,
  onFold: StoreOptions["onFold"],
): Promise<Logs> {
  const { loan, transfer } = db.lend();
  const thread = startThread(import.meta.url, "./log-thread", {
    workerData: { loan, timeZone } satisfies LogThread,
    transferList: transfer,
  });
  const log = createCaller<LogDoors>(thread);
  thread.on("error", (error) => log.fail(error));
  thread.on("exit", () => log.fail(new StoreDown("The store is closed.")));
  const call: typeof log.call = (...ask) =>
    log.call(...ask).catch((error: Error) => {
      throw revive(error);
    });
  try {
    await call("open", []);
  } catch (error) {
    await thread.terminate();
    throw error;
  }

  /** Until the thread is gone. */
  async function tellFolds(told: NonNullable<typeof onFold>): Promise<never> {
    for (;;) {
      const { rows, ms } = await call("nextFold", []);
      told(rows, ms);
    }
  }
  if (onFold) tellFolds(onFold).catch(() => undefined);

  const appendTo = (name: LogName) => (rows: ReadingRows) => {
    const block = packRows(rows);
    return call("append", [name, block], [block.buffer]);
  };

  return {
    tracks: {
      append: appendTo("track"),
      range: (series, from, to) =>
        call("range", ["track", series, from, to, false]).then(unpackRows),
    },
    readings: {
      append: appendTo("reading"),
      existing: (series, at) => call("existing", [series, at]),
      range: (series, from, to, corrections = false) =>
        call("range", ["reading", series, from, to, corrections]).then(
          unpackRows,
        ),
      rollup: (series, level, from, to) =>
        call("rollup", [series, level, from, to]),
      total: (series, level, from, to) =>
        call("total", [series, level, from, to]),
      saveCheckpoint: (parts) =>
        call("saveCheckpoint", [parts], [...new Set(parts.flatMap(ownBuffer))]),
      checkpoint: () => call("checkpoint", []),
      async tail(each) {
        let seq: number | null = null;
        for (;;) {
          const blocks: { seq: number; data: Uint8Array }[] = await call(
            "tail",
            [seq],
          );
          for (const block of blocks) each(unpackRows(block.data));
          const last = blocks.at(-1);
          if (!last) return;
          seq = last.seq;
        }
      },
      stats: () => call("stats", []),
      settle: () => call("settle", []),
    },
    prune: (now, keep) => call("prune", [now, keep]),
    async close() {
      await call("close", []);
      await thread.terminate();
    },
  };
}

/** Megabytes are handed over rather than copied in the hub's thread. */
function ownBuffer({ blob }: { blob: Uint8Array }): ArrayBuffer[] {
  const { buffer } = blob;
  const isWhole = buffer.byteLength === blob.byteLength;
  return isWhole && buffer instanceof ArrayBuffer ? [buffer] : [];
}
