import { draw, wander } from "../world/chance.ts";
import { clamp, ramp } from "../city/plane.ts";
import { hashOf } from "../city/random.ts";
import { STORM_SPAN } from "../world/storm.ts";
import type { World } from "../world/world.ts";

/**
 * What bureaus report of themselves: a usual value, how it follows the day, and
 * what a storm does to it. Values are a function of the seed and the time, so
 * what was reported last week can be told again and is the same.
 */
export interface Habit {
  usual: number;
  /**
   * `gauge`: a value of now. `flow`: so much in an hour of the busiest kind.
   * `tally`: counted since midnight; `usual` is a whole day's.
   */
  form: "gauge" | "flow" | "tally";
  /** What a gauge follows: added at most, in the value's unit. */
  withTraffic?: number;
  /** How far a gauge swings over days and over minutes. */
  slow?: number;
  quick?: number;
  /** Added at the storm's worst, by the curve of that name. */
  storm?: {
    by: "unrest" | "outage" | "streets" | "wind" | "river";
    add: number;
  };
  least?: number;
  most?: number;
  /** Counts are whole. */
  whole?: boolean;
}

const gauge = (usual: number, more: Partial<Habit> = {}): Habit => ({
  usual,
  form: "gauge",
  ...more,
});
/** A share that is rather near its upper end. */
const percent = (usual: number, slow: number, more: Partial<Habit> = {}) =>
  gauge(usual, { slow, quick: slow / 3, least: 0, most: 100, ...more });

// prettier-ignore
export const HABITS: Record<string, Habit> = {
  "traf.accidentsToday": { usual: 96, form: "tally", whole: true, storm: { by: "unrest", add: 28 } },
  "traf.keyVehicleOnline": percent(96.8, 0.6, { storm: { by: "outage", add: -1.2 } }),
  "traf.keyVehicleAlarm": gauge(2.6, { slow: 0.7, withTraffic: 1, least: 0, storm: { by: "unrest", add: 2.5 } }),
  "emer.accidentDeaths": gauge(0),
  "emer.fireCalls": { usual: 58, form: "tally", whole: true, storm: { by: "unrest", add: 11 } },
  "emer.geoRiskLevel": gauge(0, { whole: true, least: 0, most: 4, storm: { by: "river", add: 2 } }),
  "emer.teamReady": percent(98.2, 0.8),
  "psec.policeCalls": { usual: 210, form: "flow", whole: true, storm: { by: "unrest", add: 70 } },
  "psec.camQuality": percent(97.1, 0.4),
  "psec.camShared": gauge(100),
  "hot.calls": { usual: 600, form: "flow", whole: true, storm: { by: "unrest", add: 760 } },
  "hot.answerRate": percent(97.6, 0.6, { storm: { by: "unrest", add: -4.4 } }),
  "hot.answer15s": percent(94.1, 1, { storm: { by: "unrest", add: -9.5 } }),
  "hlt.infectious": gauge(41, { slow: 3.5, whole: true, least: 0 }),
  "econ.gdpGrowth": gauge(5.6),
  "econ.industryPower": gauge(4.7, { slow: 0.5 }),
  "econ.cpi": gauge(0.9, { slow: 0.05 }),
  "gov.onlineRate": percent(93.4, 0.3),
  "gov.goodRate": percent(99.4, 0.1),
  "gov.dataShared": percent(97.2, 0.3),
};

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Midnight to midnight in steps, for what is counted since midnight. */
const TALLY_STEP = HOUR / 4;

/** What a scope reports of an indicator at a city time. */
export type Reporter = (
  indicator: string,
  habit: Habit,
  scope: { code: string; share: number },
  at: number,
  every: number,
) => number;

export function createReporter(world: World, seed: number): Reporter {
  return (indicator, habit, { code, share }, at, every) => {
    const salt = hashOf(`${seed}/${indicator}/${code}`);
    const exact = {
      gauge: () => gaugeOf(salt, habit, at),
      flow: () => (every / HOUR) * share * flowOf(salt, habit, share, at),
      tally: () => share * tallyOf(salt, habit, share, at),
    }[habit.form]();
    const value = clamp(
      exact,
      habit.least ?? -Infinity,
      habit.most ?? Infinity,
    );
    return habit.whole ? Math.round(value) : value;
  };

  function gaugeOf(salt: number, habit: Habit, at: number): number {
    const { usual, slow = 0, quick = 0, withTraffic = 0, storm } = habit;
    return (
      usual +
      slow * wander(salt, at / DAY) +
      quick * wander(salt + 1, at / (HOUR / 3)) +
      withTraffic * world.traffic(at) +
      (storm ? storm.add * world.storm(at)[storm.by] : 0)
    );
  }

  function flowOf(salt: number, habit: Habit, share: number, at: number) {
    const { usual, storm } = habit;
    const noise = unevenness(usual * share) * wander(salt, at / (HOUR / 2));
    const more = storm ? storm.add * world.storm(at)[storm.by] : 0;
    return usual * world.bustle(middleOfHour(at)) * (1 + noise) + more;
  }

  function tallyOf(salt: number, habit: Habit, share: number, at: number) {
    const { usual, storm } = habit;
    const midnight = world.midnight(at);
    const luck = draw(salt, Math.floor(midnight / DAY)) * 2 - 1;
    const noise = unevenness(usual * share) * luck;
    // What was counted stays counted, also when the storm is over.
    const more =
      storm && world.stormBegan >= midnight
        ? storm.add * ramp(at - world.stormBegan, 0, STORM_SPAN)
        : 0;
    return usual * (1 + noise) * sofar(middleOfHour(at)) + more;
  }

  /** Share of the day's happenings that are over by now: 0 at midnight … 1. */
  function sofar(at: number): number {
    const midnight = world.midnight(at);
    let until = 0;
    let all = 0;
    for (let t = midnight; t < midnight + DAY; t += TALLY_STEP) {
      const busy = world.bustle(t);
      all += busy;
      if (t < at) until += busy * Math.min(1, (at - t) / TALLY_STEP);
    }
    return until / all;
  }
}

/**
 * Counts are booked by the hour, because that is how they are compared with
 * those of other weeks: a morning that only grows is no deviation.
 */
const middleOfHour = (at: number): number =>
  (Math.floor(at / HOUR) + 0.5) * HOUR;

/** How uneven counts are: small ones are steady, or each call would be an alarm. */
const unevenness = (count: number): number => 0.06 * Math.min(1, count / 300);
