/** Values of indicators over time, as they were published. */
import { DAY, HOUR } from "../../contract/time.ts";
import { createZone, type Zone } from "../../contract/zone.ts";
import type { Db } from "./db.ts";
import type { IndicatorPoint, Retention, Store } from "./store.ts";

type Points = Pick<
  Store["indicators"],
  "publish" | "history" | "weekdayMean"
> & {
  /** Thins out: minute by minute, then one an hour, then one a day. */
  prune(now: number, keep: Retention): Promise<void>;
};

const WEEKS = 4;
const STRETCHES = 1000;

export function createPoints(db: Db, city: Zone): Points {
  const zones = new Map([[city.name, city]]);
  const zoneOf = (name: string) => {
    const zone = zones.get(name) ?? createZone(name);
    zones.set(name, zone);
    return zone;
  };

  /** The last point of each stretch that begins at one of `starts`. */
  function lastOfEach(
    indicator: string,
    scope: string,
    starts: number[],
    stretch: number,
    to: number,
  ): Promise<IndicatorPoint[]> {
    return db.all(
      `WITH stretches (start) AS (VALUES ${starts.map(() => "(CAST(? AS BIGINT))").join(", ")}),
      found (at) AS MATERIALIZED (
        SELECT (SELECT MAX(at) FROM indicator_points WHERE indicator = ?
          AND scope = ? AND at >= start AND at < start + CAST(? AS BIGINT)
          AND at < ?) FROM stretches)
      SELECT p.indicator, p.scope, p.at, p.value, p.state
      FROM found f JOIN indicator_points p
      ON p.indicator = ? AND p.scope = ? AND p.at = f.at ORDER BY p.at`,
      [...starts, indicator, scope, stretch, to, indicator, scope],
    );
  }

  /** Leaves the last point of each stretch in [from, to). */
  async function thin(
    from: number,
    to: number,
    stretch: number,
    lead: number,
  ): Promise<void> {
    const kinds = await db.all<{ indicator: string; scope: string }>(
      "SELECT DISTINCT indicator, scope FROM indicator_points",
    );
    for (const { indicator, scope } of kinds)
      await db.batch([
        {
          sql: `DELETE FROM indicator_points WHERE indicator = ? AND scope = ?
            AND at >= ? AND at < ? AND EXISTS (
              SELECT 1 FROM indicator_points later
              WHERE later.indicator = indicator_points.indicator
              AND later.scope = indicator_points.scope
              AND later.at > indicator_points.at
              AND later.at < ((indicator_points.at + CAST(? AS BIGINT))
              / CAST(? AS BIGINT) + 1) * CAST(? AS BIGINT)
              - CAST(? AS BIGINT))`,
          params: [indicator, scope, from, to, lead, stretch, stretch, lead],
        },
      ]);
  }

  return {
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
      const found: IndicatorPoint[] = [];
      for (let begin = from; begin < to; begin += stretch * STRETCHES) {
        const starts: number[] = [];
        for (let i = 0; i < STRETCHES && begin + i * stretch < to; i++)
          starts.push(begin + i * stretch);
        found.push(
          ...(await lastOfEach(indicator, scope, starts, stretch, to)),
        );
      }
      return found;
    },

    async weekdayMean(indicator, scope, at, timeZone) {
      const zone = zoneOf(timeZone);
      const today = zone.dayOf(at);
      const hour = Math.floor((at + zone.offsetAt(at) - today * DAY) / HOUR);
      let sum = 0;
      for (let week = 1; week <= WEEKS; week++) {
        const start = zone.startOfDay(today - 7 * week) + hour * HOUR;
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

    async prune(now, keep) {
      const hour = Math.max(keep.minute, keep.hour);
      const day = Math.max(hour, keep.day);
      await thin(now - hour, now - keep.minute, HOUR, city.hourLead);
      const days = now - hour;
      await thin(now - day, days, DAY, city.offsetAt(days));
      await db.batch([
        {
          sql: "DELETE FROM indicator_points WHERE at < ?",
          params: [now - day],
        },
      ]);
    },
  };
}
