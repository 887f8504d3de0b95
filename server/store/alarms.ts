import type { Alarm, PastAlarm } from "../../contract/alarm.ts";
import type { Db, Statement } from "./db.ts";
import type { AlarmRecord, Retention, Shelf, Store } from "./store.ts";

interface Stored {
  id: string;
  /** JSON. */
  alarm: string | null;
  shelf: string | null;
}

/** Past alarms read at a time. */
const BATCH = 500;

const json = (value: object | null) =>
  value === null ? null : JSON.stringify(value);

/** A hub that was killed in between tells of the same end again. */
const ended = ({ overAt, ...alarm }: PastAlarm): Statement => ({
  sql: `INSERT INTO past_alarms (id, since, over_at, alarm)
    VALUES (?, ?, ?, ?) ON CONFLICT (id, since) DO NOTHING`,
  params: [alarm.id, alarm.since, overAt, JSON.stringify(alarm)],
});

export function createAlarms(db: Db): Store["alarms"] & {
  prune(now: number, keep: Retention): Promise<void>;
} {
  return {
    async put({ id, alarm, shelf }, past = null) {
      await db.batch([
        ...(past ? [ended(past)] : []),
        alarm === null && shelf === null
          ? { sql: "DELETE FROM alarms WHERE id = ?", params: [id] }
          : {
              sql: `INSERT INTO alarms (id, alarm, shelf) VALUES (?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET
                alarm = excluded.alarm, shelf = excluded.shelf`,
              params: [id, json(alarm), json(shelf)],
            },
      ]);
    },
    async all() {
      const rows = await db.all<Stored>(
        "SELECT id, alarm, shelf FROM alarms ORDER BY id",
      );
      return rows.map(({ id, alarm, shelf }): AlarmRecord => ({
        id,
        alarm: alarm === null ? null : (JSON.parse(alarm) as Alarm),
        shelf: shelf === null ? null : (JSON.parse(shelf) as Shelf),
      }));
    },
    async *past(from) {
      let last: { over_at: number; id: string } | null = null;
      for (;;) {
        const { over_at, id } = last ?? {
          over_at: Number.MAX_SAFE_INTEGER,
          id: "",
        };
        const rows: { id: string; over_at: number; alarm: string }[] =
          await db.all(
            `SELECT id, over_at, alarm FROM past_alarms
            WHERE over_at >= ? AND (over_at < ? OR (over_at = ? AND id > ?))
            ORDER BY over_at DESC, id LIMIT ?`,
            [from, over_at, over_at, id, BATCH],
          );
        if (rows.length > 0)
          yield rows.map((row) => ({
            ...(JSON.parse(row.alarm) as Alarm),
            overAt: row.over_at,
          }));
        if (rows.length < BATCH) return;
        last = rows.at(-1)!;
      }
    },
    async prune(now, keep) {
      await db.batch([
        {
          sql: "DELETE FROM past_alarms WHERE over_at < ?",
          params: [now - keep.alarms],
        },
      ]);
    },
  };
}
