/** Who called again: by keyed hashes, which leave the store nowhere. */
import { setImmediate as breath } from "node:timers/promises";
import { REPEAT_WITHIN } from "../../contract/statistics.ts";
import type { Db, Statement } from "./db.ts";
import { createFacts } from "./facts.ts";
import type { Store } from "./store.ts";
import type { Sealed } from "./vault.ts";

/** What counts as a repeat now looks back so far; older ones are looked back to by nothing. */
const KEPT = 2 * REPEAT_WITHIN;
/** Incidents of an older version that are read at a time. */
const TURN = 200;
const FACT = "callersKnown";

interface Reported {
  id: string;
  reported_at: number;
  reporter_phone: string | null;
}

/** A report that is sent again may name another. */
export function writeCallers(
  rows: readonly Reported[],
  sealed: Sealed,
): Statement[] {
  const known = rows.map((row) => ({
    row,
    caller: sealed.caller(row.reporter_phone),
  }));
  return [
    {
      sql: "DELETE FROM incident_callers WHERE incident = ?",
      each: known.flatMap(({ row, caller }) => (caller ? [] : [[row.id]])),
    },
    {
      sql: `INSERT INTO incident_callers (incident, caller, reported_at)
        VALUES (?, ?, ?) ON CONFLICT (incident) DO UPDATE SET
        caller = excluded.caller, reported_at = excluded.reported_at`,
      each: known.flatMap(({ row, caller }) =>
        caller ? [[row.id, caller, row.reported_at]] : [],
      ),
    },
  ];
}

export function createCallers(
  db: Db,
  sealed: Sealed,
): Store["callers"] & { prune(now: number): Promise<void> } {
  const facts = createFacts(db);
  return {
    async repeats({ from, to, sources }) {
      if (sources.length === 0) return { n: 0, of: 0 };
      const named = sources.map(() => "?").join(", ");
      const [row] = await db.all<{ n: number | null; of_all: number }>(
        `SELECT COUNT(*) AS of_all, SUM(CASE WHEN EXISTS (
            SELECT 1 FROM incident_callers b JOIN incidents e ON e.id = b.incident
            WHERE b.caller = a.caller AND b.incident <> a.incident
            AND b.reported_at > a.reported_at - ${REPEAT_WITHIN}
            AND (b.reported_at < a.reported_at
              OR (b.reported_at = a.reported_at AND b.incident < a.incident))
            AND e.category = i.category AND e.source IN (${named})
          ) THEN 1 ELSE 0 END) AS n
        FROM incident_callers a JOIN incidents i ON i.id = a.incident
        WHERE a.reported_at >= ? AND a.reported_at < ?
        AND i.category IS NOT NULL AND i.source IN (${named})`,
        [...sources, from, to, ...sources],
      );
      return { n: Number(row!.n ?? 0), of: Number(row!.of_all) };
    },

    async complete(now, signal) {
      if ((await facts.get(FACT)) === true) return;
      for (let last = ""; !signal.aborted;) {
        const rows = await db.all<Reported>(
          `SELECT id, reported_at, reporter_phone FROM incidents
          WHERE id > ? AND reported_at >= ? AND reporter_phone IS NOT NULL
          ORDER BY id LIMIT ${TURN}`,
          [last, now - KEPT],
        );
        const isLast = rows.length < TURN;
        await db.batch([
          ...writeCallers(
            rows.map((row) => ({
              ...row,
              reporter_phone: sealed.open(row.reporter_phone),
            })),
            sealed,
          ),
          ...(isLast ? [facts.setting(FACT, true)] : []),
        ]);
        if (isLast) return;
        last = rows.at(-1)!.id;
        await breath();
      }
    },

    async prune(now) {
      await db.batch([
        {
          sql: "DELETE FROM incident_callers WHERE reported_at < ?",
          params: [now - KEPT],
        },
      ]);
    },
  };
}
