import type { WarningStanding, WarningView } from "../../contract/warning.ts";
import { eachPage } from "./cursor.ts";
import type { Db, Value } from "./db.ts";
import type { Retention, Store } from "./store.ts";

/** Warnings in force read at a time: each may be long. */
const PAGE = 200;

interface Standing {
  id: string;
  status: WarningView["status"];
  superseded_by: string | null;
  orphan: number;
}
const STANDING = "w.id, w.status, w.superseded_by, w.orphan";

const standing = (row: Standing): WarningStanding => ({
  id: row.id,
  status: row.status,
  supersededBy: row.superseded_by,
  orphan: row.orphan === 1,
});

interface Stored extends Standing {
  sent: number;
  body: string;
}
/** The columns lead: the body is as the message came, or of an older version. */
const read = (row: Stored): WarningView => ({
  ...(JSON.parse(row.body) as WarningView),
  ...standing(row),
});

const COLUMNS = [
  ...["id", "feed", "sent", "expires", "msg_type", "body"],
  ...["ours", "status", "superseded", "superseded_by", "orphan"],
];
const values = (item: WarningView): Value[] => [
  ...[item.id, item.feed, item.sent, item.expires, item.msgType],
  ...[JSON.stringify(item), Number(item.ours), item.status],
  ...standingValues(item),
];
const standingValues = (of: WarningStanding): Value[] => [
  Number(of.supersededBy !== null),
  of.supersededBy,
  Number(of.orphan),
];

export function createWarnings(db: Db): Store["warnings"] & {
  prune(now: number, keep: Retention): Promise<void>;
} {
  return {
    async put(items, also) {
      const newest = new Map(items.map((item) => [item.id, item]));
      const [, ...given] = COLUMNS;
      await db.batch([
        {
          sql: `INSERT INTO warnings (${COLUMNS.join(", ")})
            VALUES (${COLUMNS.map(() => "?").join(", ")})
            ON CONFLICT (id) DO UPDATE SET
            ${given.map((name) => `${name} = excluded.${name}`).join(", ")}`,
          each: [...newest.values()].map(values),
        },
        {
          sql: `UPDATE warnings SET superseded = ?, superseded_by = ?,
            orphan = ? WHERE id = ?`,
          each: (also?.changed ?? []).map((one) => [
            ...standingValues(one),
            one.id,
          ]),
        },
        {
          sql: "DELETE FROM warning_endings WHERE warning = ?",
          each: [...newest.keys()].map((id) => [id]),
        },
        {
          sql: `INSERT INTO warning_endings (warning, ended_by, since)
            VALUES (?, ?, ?) ON CONFLICT (warning, ended_by) DO NOTHING`,
          each: (also?.awaits ?? []).map((id) => [
            id,
            also!.by.id,
            also!.by.receivedAt,
          ]),
        },
      ]);
    },
    async awaiting(id) {
      const rows = await db.all<Standing>(
        `SELECT ${STANDING} FROM warning_endings e
        JOIN warnings w ON w.id = e.ended_by WHERE e.warning = ?
        ORDER BY w.id`,
        [id],
      );
      return rows.map(standing);
    },
    /** A Cancel is itself never in force; what it cancels is superseded by it. */
    inForce: (now, batch) =>
      eachPage<Stored>(
        PAGE,
        (last) =>
          db.all(
            `SELECT ${STANDING}, w.sent, w.body FROM warnings w
            WHERE w.superseded = 0 AND w.ours = 1
            AND w.msg_type IN ('Alert', 'Update')
            AND (w.expires IS NULL OR w.expires > ?)
            ${last ? "AND (w.sent, w.id) > (?, ?)" : ""}
            ORDER BY w.sent, w.id LIMIT ${PAGE}`,
            last ? [now, last.sent, last.id] : [now],
          ),
        (rows) => batch(rows.map(read)),
      ),
    async standing(ids) {
      const found: WarningStanding[] = [];
      for (let i = 0; i < ids.length; i += 500) {
        const some = ids.slice(i, i + 500);
        const marks = some.map(() => "?").join(", ");
        const rows = await db.all<Standing>(
          `SELECT ${STANDING} FROM warnings w WHERE w.id IN (${marks})`,
          some,
        );
        found.push(...rows.map(standing));
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
