import { insertInto, type Db, type Statement } from "./db.ts";
import type { Notices, Store, StoredNotice } from "./store.ts";

interface Stored {
  id: string;
  incident: string;
  system: string;
  body: string;
  tries: number;
}

const COLUMNS = [
  ...["id", "incident", "rev", "system", "body"],
  ...["due_at", "tries", "dead"],
];

/**
 * What goes with a step's own transaction. A step that is taken back takes its
 * notice along, and has none itself, as long as nobody began to send it.
 */
export function writeNotices({ notices, withdrawn }: Notices): Statement[] {
  const written: Statement = {
    sql: insertInto("outbox", COLUMNS),
    each: notices.map((n) => [
      ...[n.id, n.incident, n.rev, n.system, n.body, n.dueAt, 0, 0],
    ]),
  };
  if (!withdrawn) return [written];
  const { incident, rev } = withdrawn;
  return [
    written,
    {
      sql: `DELETE FROM outbox WHERE incident = ? AND rev = ? AND EXISTS (
        SELECT 1 FROM outbox AS undone WHERE undone.incident = ?
        AND undone.system = outbox.system
        AND undone.rev = ? AND undone.tries = 0)`,
      params: [incident, rev + 1, incident, rev],
    },
    {
      sql: "DELETE FROM outbox WHERE incident = ? AND rev = ? AND tries = 0",
      params: [incident, rev],
    },
  ];
}

export function createOutbox(db: Db): Store["outbox"] {
  return {
    async due(now, limit) {
      // Of one incident the next only when the one before it is told, or given up.
      const rows = await db.all<Stored>(
        `SELECT id, incident, system, body, tries FROM outbox
        WHERE dead = 0 AND due_at <= ? AND system IN (
          SELECT system FROM webhooks WHERE enabled = 1)
        AND NOT EXISTS (SELECT 1 FROM outbox AS earlier
          WHERE earlier.incident = outbox.incident
          AND earlier.system = outbox.system
          AND earlier.rev < outbox.rev AND earlier.dead = 0)
        ORDER BY due_at, id LIMIT ?`,
        [now, limit],
      );
      return rows.map((row): StoredNotice => ({ ...row }));
    },
    async begin(id) {
      const [rows] = await db.batch([
        {
          sql: `UPDATE outbox SET tries = tries + 1 WHERE id = ? RETURNING id`,
          params: [id],
        },
      ]);
      return rows!.length > 0;
    },
    async told(id) {
      await db.batch([
        { sql: "DELETE FROM outbox WHERE id = ?", params: [id] },
      ]);
    },
    async again(id, dueAt) {
      await db.batch([
        {
          sql: "UPDATE outbox SET due_at = ?, dead = ? WHERE id = ?",
          params: [dueAt ?? 0, Number(dueAt === null), id],
        },
      ]);
    },
    async counts() {
      const [row] = await db.all<{ waiting: number; dead: number }>(
        `SELECT COUNT(*) - COALESCE(SUM(dead), 0) AS waiting,
        COALESCE(SUM(dead), 0) AS dead FROM outbox`,
      );
      return { waiting: Number(row!.waiting), dead: Number(row!.dead) };
    },
    async webhooks() {
      const rows = await db.all<{
        system: string;
        url: string;
        enabled: number;
        secret: string;
      }>("SELECT * FROM webhooks ORDER BY system");
      return rows.map((row) => ({ ...row, enabled: row.enabled === 1 }));
    },
    async putWebhook({ system, url, enabled, secret }) {
      await db.batch([
        {
          sql: `INSERT INTO webhooks (system, url, enabled, secret)
            VALUES (?, ?, ?, ?) ON CONFLICT (system) DO UPDATE SET
            url = excluded.url, enabled = excluded.enabled,
            secret = excluded.secret`,
          params: [system, url, Number(enabled), secret],
        },
      ]);
    },
  };
}
