import type { PositionView } from "../../contract/position.ts";
import type { Db } from "./db.ts";
import type { Store } from "./store.ts";

interface Stored extends Omit<PositionView, "alarms"> {
  alarms: string;
}
const COLUMNS = "id, kind, at, lng, lat, speed, heading, alarms";

export function createPositions(db: Db): Store["positions"] {
  return {
    async append(items, receivedAt) {
      const newest = new Map<string, PositionView>();
      for (const item of items)
        if ((newest.get(item.id)?.at ?? -Infinity) <= item.at)
          newest.set(item.id, item);
      await db.batch([
        {
          sql: `INSERT INTO positions (no, received_at, ${COLUMNS})
            VALUES (0, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET kind = excluded.kind,
            at = excluded.at, lng = excluded.lng, lat = excluded.lat,
            speed = excluded.speed, heading = excluded.heading,
            alarms = excluded.alarms, received_at = excluded.received_at
            WHERE excluded.at >= positions.at`,
          each: [...newest.values()].map((item) => [
            receivedAt,
            item.id,
            item.kind,
            item.at,
            item.lng,
            item.lat,
            item.speed,
            item.heading,
            JSON.stringify(item.alarms),
          ]),
        },
      ]);
    },
    async latest(since) {
      const rows = await db.all<Stored>(
        `SELECT ${COLUMNS} FROM positions WHERE at >= ? ORDER BY id`,
        [since],
      );
      return rows.map((row) => ({
        ...row,
        alarms: JSON.parse(row.alarms) as string[],
      }));
    },
    track: () => Promise.reject(new Error("tracks are not kept yet")),
  };
}
