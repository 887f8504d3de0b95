import { eachPage } from "./cursor.ts";
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
    each: (batch) =>
      eachPage<SeriesRow>(
        PAGE,
        (last) =>
          db.all(
            `SELECT no, system, sensor, metric FROM series
            WHERE no > ? ORDER BY no LIMIT ${PAGE}`,
            [last?.no ?? -1],
          ),
        batch,
      ),
  };
}
