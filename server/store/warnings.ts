import type { WarningView } from "../../contract/warning.ts";
import type { Db } from "./db.ts";
import type { Store } from "./store.ts";

interface Stored {
  body: string;
}
const read = (row: Stored) => JSON.parse(row.body) as WarningView;

export function createWarnings(db: Db): Store["warnings"] {
  return {
    async put(items) {
      const newest = new Map(items.map((item) => [item.id, item]));
      await db.batch([
        {
          sql: `INSERT INTO warnings
            (id, feed, sent, expires, superseded, msg_type, body)
            VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
            feed = excluded.feed, sent = excluded.sent,
            expires = excluded.expires, superseded = excluded.superseded,
            msg_type = excluded.msg_type, body = excluded.body`,
          each: [...newest.values()].map((item) => [
            item.id,
            item.feed,
            item.sent,
            item.expires,
            Number(item.supersededBy !== null),
            item.msgType,
            JSON.stringify(item),
          ]),
        },
      ]);
    },
    /** A Cancel is itself never in force; what it cancels is superseded by it. */
    async inForce(now) {
      const rows = await db.all<Stored>(
        `SELECT body FROM warnings WHERE superseded = 0
        AND msg_type IN ('Alert', 'Update')
        AND (expires IS NULL OR expires > ?) ORDER BY sent, id`,
        [now],
      );
      return rows.map(read);
    },
    async get(ids) {
      const found: WarningView[] = [];
      for (let i = 0; i < ids.length; i += 500) {
        const some = ids.slice(i, i + 500);
        const marks = some.map(() => "?").join(", ");
        const rows = await db.all<Stored>(
          `SELECT body FROM warnings WHERE id IN (${marks})`,
          some,
        );
        found.push(...rows.map(read));
      }
      return found;
    },
    async count(feed) {
      const [row] = await db.all<{ n: number }>(
        "SELECT COUNT(*) AS n FROM warnings WHERE feed = ?",
        [feed],
      );
      return row!.n;
    },
  };
}
