import type { Quarantined } from "../../contract/feed.ts";
import { after, is, toPage, where } from "./cursor.ts";
import type { Db } from "./db.ts";
import type { Retention, Store } from "./store.ts";

const COLUMNS = "id, feed, at, path, message, raw, replayed, times";

/** Entries removed in one transaction. */
const SLICE = 500;

export function createQuarantine(db: Db): Store["quarantine"] & {
  prune(now: number, keep: Retention): Promise<void>;
} {
  return {
    async add(entries, again = new Map()) {
      await db.batch([
        {
          sql: `INSERT INTO quarantine (${COLUMNS})
            VALUES (?, ?, ?, ?, ?, ?, NULL, 1) ON CONFLICT (id) DO NOTHING`,
          each: entries.map((entry) => [
            entry.id,
            entry.feed,
            entry.at,
            entry.path,
            entry.message,
            entry.raw,
          ]),
        },
        {
          sql: "UPDATE quarantine SET times = times + ? WHERE id = ?",
          each: [...again].map(([id, times]) => [times, id]),
        },
      ]);
    },
    async page(feed, limit, cursor) {
      const { sql, params } = where([
        is("feed = ?", feed),
        after({ at: "number", id: "text" }, "<", cursor),
      ]);
      const rows = await db.all<Quarantined>(
        `SELECT ${COLUMNS} FROM quarantine ${sql}
        ORDER BY at DESC, id DESC LIMIT ?`,
        [...params, limit + 1],
      );
      return toPage(
        rows,
        limit,
        (row) => [row.at, row.id],
        (row) => row,
      );
    },
    async get(feed, ids) {
      if (ids?.length === 0) return [];
      const chosen = ids
        ? `id IN (${ids.map(() => "?").join(", ")})`
        : "replayed IS NULL";
      return db.all<Quarantined>(
        `SELECT ${COLUMNS} FROM quarantine WHERE feed = ? AND ${chosen}
        ORDER BY at, id`,
        [feed, ...(ids ?? [])],
      );
    },
    async markReplayed(ids, at) {
      const [marked] = await db.batch([
        {
          sql: `UPDATE quarantine SET replayed = ?
            WHERE id = ? AND replayed IS NULL RETURNING id`,
          each: ids.map((id) => [at, id]),
        },
      ]);
      return marked!.length;
    },
    async counts() {
      const rows = await db.all<{ feed: string; n: number }>(
        `SELECT feed, COUNT(*) AS n FROM quarantine
        WHERE replayed IS NULL GROUP BY feed`,
      );
      return new Map(rows.map((row) => [row.feed, row.n]));
    },
    async prune(now, keep) {
      for (;;) {
        const [gone] = await db.batch([
          {
            sql: `DELETE FROM quarantine WHERE id IN (
              SELECT id FROM quarantine WHERE at < ? LIMIT ${SLICE})
              RETURNING id`,
            params: [now - keep.quarantine],
          },
        ]);
        if (gone!.length < SLICE) return;
      }
    },
  };
}
