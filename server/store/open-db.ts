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

/** A reader of its own, from the first question on: nobody waits behind what is asked there. */
export function readLater(url: string): Reader {
  let opened: Promise<Reader> | null = null;
  return {
    all: async <T>(sql: string, params?: Value[]) =>
      (await (opened ??= readDb(url))).all<T>(sql, params),
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
