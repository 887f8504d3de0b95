import { Indicator } from "../../contract/indicator.ts";
import type { Zone } from "../../contract/zone.ts";
import type { Db, Statement } from "./db.ts";
import { createQueue } from "../lib/queue.ts";
import { createPoints } from "./indicator-points.ts";
import { createReports } from "./indicator-reports.ts";
import type { Retention, Store } from "./store.ts";

interface Stored {
  id: string;
  rev: number;
  edited: number;
  body: string;
}

export function createIndicators(
  db: Db,
  city: Zone,
): Store["indicators"] & {
  prune(now: number, keep: Retention): Promise<void>;
} {
  const inTurn = createQueue();

  /** Writes a row and keeps the version it replaces. */
  function write(
    row: Indicator,
    old: Stored | undefined,
    edited: number,
    who: string,
    at: number,
  ): Statement[] {
    const keep: Statement = {
      sql: `INSERT INTO indicator_versions (id, rev, who, at, body)
        VALUES (?, ?, ?, ?, ?)`,
      params: [row.id, row.rev, who, at, JSON.stringify(row)],
    };
    const put: Statement = old
      ? {
          sql: `UPDATE indicators SET rev = ?, edited = ?, body = ?
            WHERE id = ? AND rev = ?`,
          params: [row.rev, edited, JSON.stringify(row), row.id, old.rev],
        }
      : {
          sql: `INSERT INTO indicators (id, rev, edited, body)
            VALUES (?, ?, ?, ?)`,
          params: [row.id, row.rev, edited, JSON.stringify(row)],
        };
    return [put, keep];
  }

  async function stored(): Promise<Map<string, Stored>> {
    const rows = await db.all<Stored>(
      "SELECT id, rev, edited, body FROM indicators ORDER BY id",
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  return {
    ...createPoints(db, city),
    ...createReports(db, inTurn),

    import: (rows) =>
      inTurn(async () => {
        const present = await stored();
        const statements: Statement[] = [];
        for (const row of new Map(
          rows.map((each) => [each.id, each]),
        ).values()) {
          const old = present.get(row.id);
          const next = { ...row, rev: old ? old.rev + 1 : row.rev };
          if (old?.edited || (old && sameBody(old, next))) continue;
          statements.push(...write(next, old, 0, "import", 0));
        }
        if (statements.length > 0) await db.batch(statements);
      }),

    async all() {
      return [...(await stored()).values()].map((row) =>
        Indicator.parse(JSON.parse(row.body)),
      );
    },

    edit: (row, expectedRev, who, at) =>
      inTurn(async () => {
        const old = (await stored()).get(row.id);
        if (old?.rev !== expectedRev) return null;
        const next = { ...row, rev: old.rev + 1 };
        await db.batch(write(next, old, 1, who, at));
        return next;
      }),
  };
}

/** Does an import say what is stored, but for the number of the version? */
function sameBody(old: Stored, next: Indicator): boolean {
  return old.body === JSON.stringify({ ...next, rev: old.rev });
}
