/** SQLite as a `Db`: a writer thread and a reader thread behind ports. */
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import {
  MessageChannel,
  type MessagePort,
  type Worker,
} from "node:worker_threads";
import { createCaller, type Caller } from "../lib/port.ts";
import { startThread } from "../lib/thread.ts";
import {
  insertInto,
  revive,
  StoreDown,
  type Db,
  type Reader,
  type Row,
  type Value,
} from "./db.ts";
import { fromPieces } from "./pieces.ts";
import { sqliteWords } from "./sqlite-words.ts";
import type { SqliteDoors, SqliteThread } from "./sqlite-worker.ts";

type Side = Caller<SqliteDoors>;

/** @throws StoreFromFuture, StoreDown with what to do about it */
export async function openSqlite(path: string): Promise<Db> {
  await mkdir(dirname(path), { recursive: true });
  const writer = start({ path, role: "writer" });
  const reader = start({ path, role: "reader" });
  const stop = () =>
    Promise.all([writer.thread.terminate(), reader.thread.terminate()]);
  try {
    await writer.side.call("open", []);
  } catch (error) {
    await stop();
    throw explained(error as Error, path);
  }
  return createDb(writer.side, reader.side, {
    lend() {
      const ports = [writer, reader].map(({ side }) => {
        const { port1, port2 } = new MessageChannel();
        void side.call("serve", [port1], [port1]);
        return port2;
      });
      return {
        loan: { engine: "sqlite", writer: ports[0], reader: ports[1] },
        transfer: ports,
      };
    },
    async close() {
      await reader.side.call("close", []);
      await writer.side.call("close", []);
      await stop();
    },
  });
}

/** The store as it is; a file that is not there fails at the first question. */
export function readSqlite(path: string): Reader {
  const { thread, side } = start({ path, role: "reader" });
  return {
    all: createAll(side),
    async close() {
      await side.call("close", []);
      await thread.terminate();
    },
  };
}

/** The same store from another thread, by the ports that `lend` gave. */
export function borrowSqlite(writer: MessagePort, reader: MessagePort): Db {
  const [write, read] = [writer, reader].map((port) => {
    const side = createCaller<SqliteDoors>(port);
    port.on("close", () => side.fail(gone()));
    return side;
  });
  return createDb(write!, read!, {
    lend() {
      throw new Error("a borrowed store cannot be lent on");
    },
    close() {
      writer.close();
      reader.close();
      return Promise.resolve();
    },
  });
}

function createDb(
  write: Side,
  read: Side,
  own: Pick<Db, "lend" | "close">,
): Db {
  const batch: Db["batch"] = (statements) =>
    write.call("batch", [statements]).catch(rethrow);
  return {
    engine: "sqlite",
    words: sqliteWords,
    batch,
    all: createAll(read),
    async bulk(table, columns, rows) {
      await batch([{ sql: insertInto(table, columns), each: rows }]);
    },
    tables: () => write.call("tables", []).catch(rethrow),
    ...own,
  };
}

function createAll(read: Side): Db["all"] {
  return async <T = Row>(sql: string, params: Value[] = []) => {
    const told = await read.call("all", [sql, params]).catch(rethrow);
    const values = "rows" in told ? told.rows : fromPieces(told.pieces);
    const rows: Row[] = [];
    for (const row of values) rows.push(named(told.columns, row));
    return rows as T[];
  };
}

function named(columns: string[], values: Row[string][]): Row {
  const row: Row = {};
  for (let i = 0; i < columns.length; i++) row[columns[i]!] = values[i]!;
  return row;
}

function start(data: SqliteThread): { thread: Worker; side: Side } {
  const thread = startThread(import.meta.url, "./sqlite-worker", {
    workerData: data,
  });
  const side = createCaller<SqliteDoors>(thread);
  thread.on("error", (error) => side.fail(error));
  thread.on("exit", () => side.fail(gone()));
  return { thread, side };
}

const gone = () => new StoreDown("The store is closed.");

function rethrow(error: Error): never {
  throw revive(error);
}

/** better-sqlite3 is compiled where its binary cannot be fetched (decisions E4). */
export function explained(
  error: Error & { code?: string },
  path: string,
): Error {
  const binary =
    error.code === "ERR_DLOPEN_FAILED" ||
    error.message.includes("bindings file");
  return binary
    ? new StoreDown(
        `The store ${path} cannot be opened: better-sqlite3 has no binary for this machine. Install a C++ toolchain (Debian/Ubuntu: apt install build-essential python3), then run npm rebuild better-sqlite3. (${error.message.split("\n")[0]})`,
      )
    : revive(error);
}
