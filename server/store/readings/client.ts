/** The log of readings as the hub sees it: packs rows, hands them to the log's thread. */
import { createCaller } from "../../lib/port.ts";
import { startThread } from "../../lib/thread.ts";
import { revive, StoreDown, type Db } from "../db.ts";
import type { ReadingLog } from "../store.ts";
import type { LogDoors, LogThread } from "./log-thread.ts";
import { packRows, unpackRows } from "./rows.ts";

export async function openReadings(
  db: Db,
  timeZone: string,
): Promise<{ readings: ReadingLog; close(): Promise<void> }> {
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
  await call("open", []);

  return {
    readings: {
      append(rows) {
        const block = packRows(rows);
        return call("append", ["reading", block], [block.buffer]);
      },
      existing: (series, at) => call("existing", [series, at]),
      range: (series, from, to, corrections = false) =>
        call("range", ["reading", series, from, to, corrections]).then(
          unpackRows,
        ),
      rollup: (series, level, from, to) =>
        call("rollup", [series, level, from, to]),
      saveCheckpoint: (parts) => call("saveCheckpoint", [parts]),
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
    async close() {
      await call("close", []);
      await thread.terminate();
    },
  };
}
