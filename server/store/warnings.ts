import type { WarningView } from "../../contract/warning.ts";
import type { Db } from "./db.ts";
import type { Retention, Store } from "./store.ts";

interface Stored {
  id: string;
  body: string;
}
/** The key leads: rows of an older version have an id without its feed inside. */
const read = ({ id, body }: Stored): WarningView => ({
  ...(JSON.parse(body) as WarningView),
  id,
});

export function createWarnings(db: Db): Store["warnings"] & {
  prune(now: number, keep: Retention): Promise<void>;
} {
  return {
    async put(items, ending) {
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
        {
          sql: "DELETE FROM warning_endings WHERE warning = ?",
          each: [...newest.keys()].map((id) => [id]),
        },
        {
          sql: `INSERT INTO warning_endings (warning, ended_by, since)
            VALUES (?, ?, ?) ON CONFLICT (warning, ended_by) DO NOTHING`,
          each: (ending?.awaits ?? []).map((id) => [
            id,
            ending!.by.id,
            ending!.by.receivedAt,
          ]),
        },
      ]);
    },
    async awaiting(id) {
      const rows = await db.all<Stored>(
        `SELECT w.id, w.body FROM warning_endings e
        JOIN warnings w ON w.id = e.ended_by WHERE e.warning = ?
        ORDER BY w.id`,
        [id],
      );
      return rows.map(read);
    },
    /** A Cancel is itself never in force; what it cancels is superseded by it. */
    async inForce(now) {
      const rows = await db.all<Stored>(
        `SELECT id, body FROM warnings WHERE superseded = 0
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
          `SELECT id, body FROM warnings WHERE id IN (${marks})`,
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
    async prune(now, keep) {
      await db.batch([
        {
          sql: "DELETE FROM warning_endings WHERE since < ?",
          params: [now - keep.awaited],
        },
      ]);
    },
  };
}
