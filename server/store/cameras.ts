import type { Db } from "./db.ts";
import type { Store, StoredCamera } from "./store.ts";

export function createCameras(db: Db): Store["cameras"] {
  return {
    async put(items) {
      const newest = new Map(items.map((item) => [item.id, item]));
      await db.batch([
        {
          sql: `INSERT INTO cameras (id, feed, updated_at, body)
            VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
            feed = excluded.feed, updated_at = excluded.updated_at,
            body = excluded.body`,
          each: [...newest.values()].map(({ feed, updatedAt, ...camera }) => [
            camera.id,
            feed,
            updatedAt,
            JSON.stringify(camera),
          ]),
        },
      ]);
    },
    async all() {
      const rows = await db.all<{
        id: string;
        feed: string;
        updated_at: number;
        body: string;
      }>("SELECT id, feed, updated_at, body FROM cameras ORDER BY id");
      return rows.map((row) => {
        const camera = JSON.parse(row.body) as StoredCamera;
        return {
          ...camera,
          // Rows of an older version have an id without its feed inside.
          id: row.id,
          district: camera.district ?? null,
          feed: row.feed,
          updatedAt: row.updated_at,
        };
      });
    },
  };
}
