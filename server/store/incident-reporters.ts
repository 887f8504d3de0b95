/** Who reported incidents: sealed on the disk, told apart from them, forgotten when the time is over. */
import type { Reporter } from "../../contract/incident.ts";
import type { Db } from "./db.ts";
import { opened, reporterOf, type Stored } from "./incident-row.ts";
import type { Store } from "./store.ts";
import type { Sealed } from "./vault.ts";

/** Rows sealed at a time. */
const PAGE = 5_000;

type Row = Pick<Stored, "id" | "reporter_name" | "reporter_phone">;

export function createReporters(
  db: Db,
  sealed: Sealed,
): Pick<Store["incidents"], "reporters" | "sealReporters" | "forgetReporters"> {
  return {
    async reporters(ids) {
      const found = new Map<string, Reporter>();
      for (let i = 0; i < ids.length; i += 400) {
        const some = ids.slice(i, i + 400);
        const rows = await db.all<Row>(
          `SELECT id, reporter_name, reporter_phone FROM incidents
          WHERE id IN (${some.map(() => "?").join(", ")})`,
          some,
        );
        for (const row of rows) {
          const reporter = reporterOf(opened(row, sealed));
          if (reporter) found.set(row.id, reporter);
        }
      }
      return found;
    },

    async sealReporters() {
      for (;;) {
        const rows = await db.all<Row>(
          `SELECT id, reporter_name, reporter_phone FROM incidents
          WHERE reporter_name NOT LIKE 'sealed:%'
          OR reporter_phone NOT LIKE 'sealed:%' LIMIT ${PAGE}`,
        );
        if (rows.length === 0) return;
        await db.batch([
          {
            sql: `UPDATE incidents SET reporter_name = ?, reporter_phone = ? WHERE id = ?`,
            each: rows.map((stored) => {
              const row = opened(stored, sealed);
              return [
                sealed.close(row.reporter_name),
                sealed.close(row.reporter_phone),
                row.id,
              ];
            }),
          },
        ]);
      }
    },

    async forgetReporters(before) {
      await db.batch([
        {
          sql: `UPDATE incidents SET reporter_name = NULL, reporter_phone = NULL
            WHERE ended = 1 AND reported_at < ?
            AND (reporter_name IS NOT NULL OR reporter_phone IS NOT NULL)`,
          params: [before],
        },
        {
          sql: `DELETE FROM incident_callers WHERE reported_at < ?
            AND incident IN (SELECT id FROM incidents WHERE ended = 1)`,
          params: [before],
        },
      ]);
    },
  };
}
