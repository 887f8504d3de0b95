import type { Alarm } from "../../contract/alarm.ts";
import type { Db } from "./db.ts";
import type { AlarmRecord, Shelf, Store } from "./store.ts";

interface Stored {
  id: string;
  /** JSON. */
  alarm: string | null;
  shelf: string | null;
}

const json = (value: object | null) =>
  value === null ? null : JSON.stringify(value);

export function createAlarms(db: Db): Store["alarms"] {
  return {
    async put({ id, alarm, shelf }) {
      await db.batch([
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
  };
}
