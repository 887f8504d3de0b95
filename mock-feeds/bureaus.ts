import type { IndicatorRow } from "./city/types.ts";
import { defineDepartment, type Duty, type Scene } from "./department.ts";
import { createReporter, HABITS } from "./content/reported.ts";

/**
 * Bureaus that report indicators of their own books, each through its own feed:
 * what they say now, and at the start what they said before.
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Same-weekday comparisons look back four weeks (domain.md §8). */
const BASELINE_DAYS = 28;
/** Nobody looks at a bureau's book more often. */
const OFTEN = MINUTE;
/** Steps of the last day's history. */
const RECENT_STEP = 5 * MINUTE;

export const bureaus = defineDepartment({
  id: "bureaus",
  nameZh: "各委办局",
  duties: (scene) =>
    scene.city.feeds
      .filter(({ format }) => format === "indicators/1")
      .flatMap(({ id, department }) => books(scene, id, department)),
});

interface Scope {
  code: string;
  /** Share of the city's people. */
  share: number;
}

/** What one bureau's feed reports. */
function books(scene: Scene, feed: string, department: string): Duty[] {
  const { city, world, seed } = scene;
  const reporter = createReporter(world, seed);
  const people = city.districts.reduce((n, d) => n + d.population, 0);
  const scopesOf = (row: IndicatorRow): Scope[] => {
    const scopes = row.scopes.split(";").flatMap((scope): Scope[] => {
      if (scope === "city") return [{ code: "city", share: 1 }];
      if (scope !== "district") return [];
      return city.districts.map(({ code, population }) => ({
        code,
        share: population / people,
      }));
    });
    return scopes;
  };
  const rows = city.indicators.filter(
    ({ ownerDept, source, baseline, id }) =>
      ownerDept === department &&
      id in HABITS &&
      (source === "reported" || baseline === "weekday4"),
  );

  const value = (row: IndicatorRow, scope: Scope, at: number) =>
    Number(
      reporter(row.id, HABITS[row.id]!, scope, at, row.every).toFixed(
        row.precision,
      ),
    );

  /** Hours of four weeks for what is compared with them, else a finer last day. */
  function history(row: IndicatorRow, time: number): number[] {
    const times: number[] = [];
    // Each in the middle of its step: it stands for the whole of it.
    const add = (span: number, step: number) => {
      const last = Math.floor(time / step) * step;
      for (let at = last - span; at < last; at += step)
        times.push(at + step / 2);
    };
    if (row.baseline === "weekday4") {
      add(BASELINE_DAYS * DAY, HOUR);
      return times;
    }
    const step = Math.max(row.every, RECENT_STEP);
    // Monthly and yearly figures have no last day; a dozen earlier ones do.
    add(step > 2 * HOUR ? 12 * step : DAY, step);
    return times;
  }

  return rows.flatMap((row) => {
    const scopes = scopesOf(row);
    const now: Duty = {
      feed,
      every: Math.max(OFTEN, row.every),
      report: ({ at, time }) =>
        scopes.map((scope) => ({
          indicator: row.id,
          scope: scope.code,
          at,
          value: value(row, scope, time),
        })),
    };
    const before: Duty = {
      feed,
      every: Infinity,
      report: ({ time, wall }) =>
        history(row, time).flatMap((at) =>
          scopes.map((scope) => ({
            indicator: row.id,
            scope: scope.code,
            at: Math.round(wall(at)),
            value: value(row, scope, at),
          })),
        ),
    };
    // What is only compared with its own past is computed by the hub itself now.
    return row.source === "reported" ? [before, now] : [before];
  });
}
