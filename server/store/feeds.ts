import { Feed } from "../../contract/feed.ts";
import type { Db } from "./db.ts";
import { keyInsert } from "./feed-keys.ts";
import type { Store } from "./store.ts";

interface Stored {
  body: string;
  accepted: number;
  duplicates: number;
  missing: number;
  rejected: number;
  last_at: number | null;
}

const INSERT = `INSERT INTO feeds
  (id, edited, accepted, duplicates, missing, rejected, last_at, body)
  VALUES (?, ?, 0, 0, 0, 0, NULL, ?) ON CONFLICT (id) DO UPDATE SET`;

/** A row of an older version may break a newer rule: its feed then does not run, and the city starts. */
function read(body: string): Feed {
  const row: unknown = JSON.parse(body);
  const known = Feed.safeParse(row);
  return known.success ? known.data : (row as Feed);
}

export function createFeeds(db: Db): Store["feeds"] {
  return {
    async import(rows) {
      const newest = new Map(rows.map((row) => [row.id, row]));
      await db.batch([
        {
          sql: `${INSERT} body = excluded.body WHERE feeds.edited = 0`,
          each: [...newest.values()].map((feed) => [
            feed.id,
            0,
            JSON.stringify(feed),
          ]),
        },
      ]);
    },
    async put(feed, key) {
      await db.batch([
        {
          sql: `${INSERT} edited = 1, body = excluded.body`,
          params: [feed.id, 1, JSON.stringify(feed)],
        },
        ...(key ? [keyInsert(key)] : []),
      ]);
    },
    async all() {
      const rows = await db.all<Stored>("SELECT * FROM feeds ORDER BY id");
      return rows.map((row) => ({
        feed: read(row.body),
        counts: {
          accepted: row.accepted,
          duplicates: row.duplicates,
          missing: row.missing,
          rejected: row.rejected,
        },
        lastAt: row.last_at,
      }));
    },
    async saveCounts(rows) {
      await db.batch([
        {
          sql: `UPDATE feeds SET accepted = ?, duplicates = ?, missing = ?,
            rejected = ?, last_at = ? WHERE id = ?`,
          each: rows.map(({ id, counts, lastAt }) => [
            counts.accepted,
            counts.duplicates,
            counts.missing,
            counts.rejected,
            lastAt,
            id,
          ]),
        },
      ]);
    },
  };
}
