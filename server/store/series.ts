import type { Db } from "./db.ts";
import type { SeriesRow, Store } from "./store.ts";

const PAGE = 20_000;

export function createSeries(db: Db): Store["series"] {
  return {
    /** A number given again in the doubt of a lost commit takes its new meaning. */
    async add(rows) {
      await db.batch([
        {
          sql: `INSERT INTO series (no, system, sensor, metric)
            VALUES (?, ?, ?, ?) ON CONFLICT (no) DO UPDATE SET
            system = excluded.system, sensor = excluded.sensor,
            metric = excluded.metric`,
          each: rows.map((row) => [row.no, row.system, row.sensor, row.metric]),
        },
      ]);
    },
    async each(batch) {
      let last = -1;
      for (;;) {
        const rows = await db.all<SeriesRow>(
          `SELECT no, system, sensor, metric FROM series
          WHERE no > ? ORDER BY no LIMIT ${PAGE}`,
          [last],
        );
        if (rows.length > 0) batch(rows);
        if (rows.length < PAGE) return;
        last = rows.at(-1)!.no;
      }
    },
  };
}
