import Database from "better-sqlite3";
import { mkdir, realpath } from "node:fs/promises";
import { dirname } from "node:path";
import { StoreDown, type Hold } from "./db.ts";
import { explained } from "./sqlite.ts";

/** A hub that is ending may need so long, ms. */
const PATIENCE = 3_000;

/** Locks a file beside the store: the system frees it with the process, however that ends. */
export async function holdSqlite(path: string): Promise<Hold> {
  await mkdir(dirname(path), { recursive: true });
  // By another name it is the same store.
  const file = await realpath(path).catch(() => path);
  let lock: Database.Database | null = null;
  try {
    lock = new Database(`${file}.lock`, { timeout: PATIENCE });
    // It keeps nothing, so it needs no journal beside it.
    lock.pragma("journal_mode = MEMORY");
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock?.close();
    if ((error as { code?: string }).code === "SQLITE_BUSY")
      throw new StoreDown(
        `The store ${path} is in use: a hub runs on it, or it is being moved. Stop that first.`,
      );
    throw explained(error as Error, path);
  }
  const held = lock;
  return {
    release: () => {
      held.close();
      return Promise.resolve();
    },
  };
}
