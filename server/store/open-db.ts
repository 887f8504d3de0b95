import type { MessagePort } from "node:worker_threads";
import type { Db, DbLoan } from "./db.ts";
import { borrowPostgres, openPostgres } from "./postgres.ts";
import { borrowSqlite, openSqlite } from "./sqlite.ts";

/**
 * Opens the store behind a URL and brings it to the present version.
 * @param url `sqlite:PATH` or `postgres://…`
 * @throws StoreFromFuture, StoreDown
 */
export async function openDb(url: string): Promise<Db> {
  const scheme = url.slice(0, url.indexOf(":"));
  switch (scheme) {
    case "sqlite":
      return openSqlite(url.slice("sqlite:".length));
    case "postgres":
    case "postgresql":
      return openPostgres(url);
    default:
      throw new Error(
        `The store's URL begins with "${scheme}:", but only sqlite:PATH and postgres://… are known.`,
      );
  }
}

/** The same store in another thread. */
export function borrowDb(loan: DbLoan): Db {
  switch (loan.engine) {
    case "sqlite":
      return borrowSqlite(
        loan.writer as MessagePort,
        loan.reader as MessagePort,
      );
    case "postgres":
      return borrowPostgres(loan.url);
  }
}
