import { insertInto, type Db, type Statement } from "./db.ts";
import type { Notices, Store, StoredNotice } from "./store.ts";

interface Stored {
  id: string;
  incident: string;
  system: string;
  body: string;
  tries: number;
}

interface StoredStanding {
  system: string;
  url: string;
  enabled: number;
  told_at: number | null;
  failed_at: number | null;
  failure: string;
  waiting: number;
  dead: number;
  tries: number;
  next_at: number | null;
}

/** The webhook of a notice. */
const OF_NOTICE = "system = (SELECT system FROM outbox WHERE id = ?)";

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
    async told(id, at) {
      await db.batch([
        {
          sql: `UPDATE webhooks SET told_at = ? WHERE ${OF_NOTICE}`,
          params: [at, id],
        },
        { sql: "DELETE FROM outbox WHERE id = ?", params: [id] },
      ]);
    },
    async again(id, dueAt, { at, why }) {
      await db.batch([
        {
          sql: `UPDATE webhooks SET failed_at = ?, failure = ?
            WHERE ${OF_NOTICE}`,
          params: [at, why, id],
        },
        {
          sql: "UPDATE outbox SET due_at = ?, dead = ? WHERE id = ?",
          params: [dueAt ?? 0, Number(dueAt === null), id],
        },
      ]);
    },
    async retry(system, now) {
      // What was never tried may still be taken back: its time is its own.
      const [rows] = await db.batch([
        {
          sql: `UPDATE outbox SET due_at = ?, dead = 0, tries = 1
            WHERE system = ? AND tries > 0 RETURNING id`,
          params: [now, system],
        },
      ]);
      return rows!.length;
    },
    async standings() {
      const rows = await db.all<StoredStanding>(
        `SELECT w.system, w.url, w.enabled, w.told_at, w.failed_at, w.failure,
        COUNT(o.id) - COALESCE(SUM(o.dead), 0) AS waiting,
        COALESCE(SUM(o.dead), 0) AS dead,
        COALESCE(MAX(CASE WHEN o.dead = 0 THEN o.tries END), 0) AS tries,
        MIN(CASE WHEN o.dead = 0 THEN o.due_at END) AS next_at
        FROM webhooks AS w LEFT JOIN outbox AS o ON o.system = w.system
        GROUP BY w.system, w.url, w.enabled, w.told_at, w.failed_at, w.failure
        ORDER BY w.system`,
      );
      return rows.map((row) => ({
        ...{ system: row.system, url: row.url, enabled: row.enabled === 1 },
        ...{ waiting: Number(row.waiting), dead: Number(row.dead) },
        ...{ tries: Number(row.tries), nextAt: row.next_at },
        ...{ toldAt: row.told_at, failedAt: row.failed_at },
        failure: row.failure,
      }));
    },
    async dropWebhook(system) {
      await db.batch([
        { sql: "DELETE FROM outbox WHERE system = ?", params: [system] },
        { sql: "DELETE FROM webhooks WHERE system = ?", params: [system] },
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
      }>("SELECT system, url, enabled, secret FROM webhooks ORDER BY system");
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
