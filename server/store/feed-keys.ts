import type { Db, Statement } from "./db.ts";
import { LAUNCHER, type FeedKeyRow, type Store } from "./store.ts";

interface Stored {
  id: string;
  feed: string;
  hash: string;
  created_at: number | null;
  created_by: string;
  until: number | null;
  used_at: number | null;
  used_from: string;
}

const INSERT = `INSERT INTO feed_keys
  (id, feed, hash, created_at, created_by, until, used_at, used_from)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;

const paramsOf = (key: FeedKeyRow) => [
  ...[key.id, key.feed, key.hash, key.createdAt, key.createdBy],
  ...[key.until, key.usedAt, key.usedFrom],
];

/** Adds a key. */
export const keyInsert = (key: FeedKeyRow): Statement => ({
  sql: INSERT,
  params: paramsOf(key),
});

export function createFeedKeys(db: Db): Store["feedKeys"] {
  return {
    async all() {
      const rows = await db.all<Stored>("SELECT * FROM feed_keys ORDER BY id");
      return rows.map((row) => ({
        ...{ id: row.id, feed: row.feed, hash: row.hash },
        ...{ createdAt: row.created_at, createdBy: row.created_by },
        until: row.until,
        ...{ usedAt: row.used_at, usedFrom: row.used_from },
      }));
    },
    async import(keys) {
      await db.batch([
        {
          sql: `DELETE FROM feed_keys
            WHERE feed = ? AND hash <> ? AND created_by = '${LAUNCHER}'`,
          each: keys.map(({ feed, hash }) => [feed, hash]),
        },
        {
          sql: `${INSERT} ON CONFLICT (feed, hash)
            DO UPDATE SET created_by = excluded.created_by`,
          each: keys.map(paramsOf),
        },
      ]);
    },
    async rotate(key, { now, until }) {
      await db.batch([
        {
          // The launcher's stays, or the next start would bring it back.
          sql: `DELETE FROM feed_keys
            WHERE feed = ? AND until <= ? AND created_by <> '${LAUNCHER}'`,
          params: [key.feed, now],
        },
        {
          sql: `UPDATE feed_keys SET until = ?
            WHERE feed = ? AND (until IS NULL OR until > ?)`,
          params: [until, key.feed, until],
        },
        keyInsert(key),
      ]);
    },
    async revoke(id, at) {
      await db.batch([
        {
          sql: `UPDATE feed_keys SET until = ?
            WHERE id = ? AND (until IS NULL OR until > ?)`,
          params: [at, id, at],
        },
      ]);
    },
    async saveUses(used) {
      await db.batch([
        {
          sql: "UPDATE feed_keys SET used_at = ?, used_from = ? WHERE id = ?",
          each: used.map(({ id, usedAt, usedFrom }) => [usedAt, usedFrom, id]),
        },
      ]);
    },
    async secrets() {
      const rows = await db.all<{ feed: string; sealed: string }>(
        "SELECT feed, sealed FROM feed_secrets",
      );
      return new Map(rows.map(({ feed, sealed }) => [feed, sealed]));
    },
    async putSecret(feed, sealed) {
      await db.batch([
        {
          sql: `INSERT INTO feed_secrets (feed, sealed) VALUES (?, ?)
            ON CONFLICT (feed) DO UPDATE SET sealed = excluded.sealed`,
          params: [feed, sealed],
        },
      ]);
    },
  };
}
