import { Indicator } from "../../contract/indicator.ts";
import { DAY, HOUR } from "../../contract/time.ts";
import { createZone, type Zone } from "../lib/zone.ts";
import type { Db, Statement } from "./db.ts";
import { createQueue } from "./queue.ts";
import { createReports } from "./indicator-reports.ts";
import type { IndicatorPoint, Store } from "./store.ts";

const WEEKS = 4;

interface Stored {
  id: string;
  rev: number;
  edited: number;
  body: string;
}

export function createIndicators(db: Db): Store["indicators"] {
  const inTurn = createQueue();
  const zones = new Map<string, Zone>();

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

    async publish(points) {
      const newest = new Map(
        points.map((point) => [
          JSON.stringify([point.indicator, point.scope, point.at]),
          point,
        ]),
      );
      await db.batch([
        {
          sql: `INSERT INTO indicator_points
            (indicator, scope, at, value, state) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (indicator, scope, at) DO UPDATE SET
            value = excluded.value, state = excluded.state`,
          each: [...newest.values()].map((point) => [
            point.indicator,
            point.scope,
            point.at,
            point.value,
            point.state,
          ]),
        },
      ]);
    },

    /** Of every stretch of (to − from) / points its last point: what a wall showed then. */
    async history(indicator, scope, from, to, points) {
      const stretch = Math.max(1, Math.ceil((to - from) / points));
      const starts: number[] = [];
      for (let start = from; start < to; start += stretch) starts.push(start);
      if (starts.length === 0) return [];
      return db.all<IndicatorPoint>(
        `WITH stretches (start) AS (VALUES ${starts.map(() => "(CAST(? AS BIGINT))").join(", ")})
        SELECT p.indicator, p.scope, p.at, p.value, p.state
        FROM stretches s JOIN indicator_points p
        ON p.indicator = ? AND p.scope = ? AND p.at = (
          SELECT MAX(at) FROM indicator_points WHERE indicator = ?
          AND scope = ? AND at >= s.start AND at < s.start + ? AND at < ?)
        ORDER BY p.at`,
        [...starts, indicator, scope, indicator, scope, stretch, to],
      );
    },

    async weekdayMean(indicator, scope, at, timeZone) {
      let zone = zones.get(timeZone);
      if (!zone) zones.set(timeZone, (zone = createZone(timeZone)));
      const today = zone.dayOf(at);
      const sinceMidnight = at + zone.offset(at) - today * DAY;
      const hour = Math.floor(sinceMidnight / HOUR) * HOUR;
      let sum = 0;
      for (let week = 1; week <= WEEKS; week++) {
        const start = zone.startOfDay(today - 7 * week) + hour;
        const [row] = await db.all<{ mean: number | null }>(
          `SELECT AVG(value) AS mean FROM indicator_points
          WHERE indicator = ? AND scope = ? AND at >= ? AND at < ?`,
          [indicator, scope, start, start + HOUR],
        );
        if (row!.mean === null) return null;
        sum += row!.mean;
      }
      return sum / WEEKS;
    },
  };
}

/** Does an import say what is stored, but for the number of the version? */
function sameBody(old: Stored, next: Indicator): boolean {
  return old.body === JSON.stringify({ ...next, rev: old.rev });
}
