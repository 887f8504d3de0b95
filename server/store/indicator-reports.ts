/** Values that departments report themselves. */
import type { Db, Value } from "./db.ts";
import type { Store } from "./store.ts";

type Reports = Pick<Store["indicators"], "report" | "reported">;
type Outcome = "new" | "duplicate" | "correction";

interface Kept {
  correction: number;
  value: number;
}

export function createReports(
  db: Db,
  inTurn: <T>(work: () => Promise<T>) => Promise<T>,
): Reports {
  /** The last value kept at each (indicator, scope, at). */
  async function kept(
    values: { indicator: string; scope: string; at: number }[],
  ): Promise<Map<string, Kept>> {
    const found = new Map<string, Kept>();
    for (let i = 0; i < values.length; i += 200) {
      const some = values.slice(i, i + 200);
      const rows = await db.all<
        Kept & { indicator: string; scope: string; at: number }
      >(
        `SELECT indicator, scope, at, correction, value FROM indicator_reports
        WHERE (indicator, scope, at) IN (VALUES ${some.map(() => "(?, ?, CAST(? AS BIGINT))").join(", ")})
        ORDER BY correction`,
        some.flatMap((each) => [each.indicator, each.scope, each.at]),
      );
      for (const row of rows) found.set(keyOf(row), row);
    }
    return found;
  }

  return {
    report: (values) =>
      inTurn(async () => {
        const known = await kept(values);
        const rows: Value[][] = [];
        const newest = new Map<string, (typeof values)[number]>();
        const judged = (each: (typeof values)[number]): Outcome => {
          const key = keyOf(each);
          const old = known.get(key);
          if (old?.value === each.value) return "duplicate";
          const correction = old ? old.correction + 1 : 0;
          known.set(key, { correction, value: each.value });
          rows.push([
            each.indicator,
            each.scope,
            each.at,
            correction,
            each.value,
            each.feed,
            each.receivedAt,
          ]);
          const place = JSON.stringify([each.indicator, each.scope]);
          if ((newest.get(place)?.at ?? -Infinity) <= each.at)
            newest.set(place, each);
          return old ? "correction" : "new";
        };
        const outcomes = values.map((each, index) => ({
          index,
          outcome: judged(each),
        }));
        if (rows.length > 0)
          await db.batch([
            {
              sql: `INSERT INTO indicator_reports (indicator, scope, at,
                correction, value, feed, received_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)`,
              each: rows,
            },
            {
              sql: `INSERT INTO indicator_newest
                (indicator, scope, at, value, received_at)
                VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (indicator, scope) DO UPDATE SET
                at = excluded.at, value = excluded.value,
                received_at = excluded.received_at
                WHERE excluded.at >= indicator_newest.at`,
              each: [...newest.values()].map((each) => [
                each.indicator,
                each.scope,
                each.at,
                each.value,
                each.receivedAt,
              ]),
            },
          ]);
        return outcomes;
      }),

    reported: () =>
      db
        .all<{
          indicator: string;
          scope: string;
          at: number;
          value: number;
          received_at: number;
        }>("SELECT * FROM indicator_newest ORDER BY indicator, scope")
        .then((rows) =>
          rows.map(({ received_at, ...row }) => ({
            ...row,
            receivedAt: received_at,
          })),
        ),
  };
}

function keyOf(value: { indicator: string; scope: string; at: number }) {
  return JSON.stringify([value.indicator, value.scope, value.at]);
}
