import type { MessagePort } from "node:worker_threads";
import type { Db, DbLoan, Reader, Value } from "./db.ts";

/**
 * Only the driver in use is loaded. Opens the store behind a URL and brings it to the present version.
 * @param url `sqlite:PATH` or `postgres://…`
 * @throws StoreFromFuture, StoreDown
 */
export async function openDb(url: string): Promise<Db> {
  const scheme = url.slice(0, url.indexOf(":"));
  switch (scheme) {
    case "sqlite":
      return (await import("./sqlite.ts")).openSqlite(
        url.slice("sqlite:".length),
      );
    case "postgres":
    case "postgresql":
      return (await import("./postgres.ts")).openPostgres(url);
    default:
      throw new Error(
        `The store's URL begins with "${scheme}:", but only sqlite:PATH and postgres://… are known.`,
      );
  }
}

/**
 * Looks into a store, whether or not a hub runs on it: nothing is made, held
 * or brought to the present version. @param url as for `openDb`
 */
export async function readDb(url: string): Promise<Reader> {
  return url.startsWith("sqlite:")
    ? (await import("./sqlite.ts")).readSqlite(url.slice("sqlite:".length))
    : (await import("./postgres.ts")).borrowPostgres(url);
}

/**
 * A reader of its own, from the first question on: nobody waits behind what is
 * asked there. One that cannot be opened or answers with an error fails its
 * question, and the next one opens another: a reader that died would otherwise
 * fail them all until the hub's next start.
 */
export function readLater(url: string, open = readDb): Reader {
  let opened: Promise<Reader> | null = null;
  function drop(failed: Promise<Reader>): void {
    if (opened === failed) opened = null;
    // What it was asked before is answered first; a dead one cannot be closed.
    failed.then((reader) => reader.close()).catch(() => undefined);
  }
  return {
    async all<T>(sql: string, params?: Value[]) {
      const reader = (opened ??= open(url));
      try {
        return await (await reader).all<T>(sql, params);
      } catch (error) {
        drop(reader);
        throw error;
      }
    },
    close: async () => (await opened)?.close(),
  };
}

/** The same store in another thread. */
export async function borrowDb(loan: DbLoan): Promise<Db> {
  switch (loan.engine) {
    case "sqlite":
      return (await import("./sqlite.ts")).borrowSqlite(
        loan.writer as MessagePort,
        loan.reader as MessagePort,
      );
    case "postgres":
      return (await import("./postgres.ts")).borrowPostgres(loan.url);
  }
}
