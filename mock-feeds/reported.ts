import { draw, wander } from "./chance.ts";
import { clamp, ramp } from "./city/plane.ts";
import { hashOf } from "./city/random.ts";
import { STORM_SPAN } from "./storm.ts";
import type { World } from "./world.ts";

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
  withBustle?: number;
  withHeat?: number;
  /** Slow swing over days, and quick one over minutes: share of `usual`, or of 1 for gauges near 100. */
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
  "traf.metroMaxLoad": gauge(22, { withTraffic: 62, slow: 3, quick: 2, least: 0, storm: { by: "unrest", add: 14 } }),
  "traf.parkingFree": percent(46, 3, { withBustle: -20, withTraffic: -6 }),
  "traf.keyVehicleOnline": percent(96.8, 0.6, { storm: { by: "outage", add: -1.2 } }),
  "traf.keyVehicleAlarm": gauge(2.6, { slow: 0.7, withTraffic: 1, least: 0, storm: { by: "unrest", add: 2.5 } }),
  "eco.surfaceWaterGood": percent(94.2, 0.8),
  "eco.sourceWaterPass": gauge(100),
  "eco.emissionOver": gauge(0, { slow: 0.45, whole: true, least: 0 }),
  "water.reservoirOver": gauge(0, { slow: 0.3, whole: true, least: 0, storm: { by: "river", add: 1.2 } }),
  "water.supplyLoad": percent(64, 2.5, { withBustle: 12 }),
  "water.pumpAvailable": percent(99.2, 0.3, { storm: { by: "outage", add: -3.4 } }),
  "util.gasStockDays": gauge(7.4, { slow: 0.6 }),
  "util.heatPass": percent(98.9, 0.3),
  "util.powerLoad": percent(52, 2, { withBustle: 16, withHeat: 9, storm: { by: "outage", add: -6 } }),
  "util.outageUsers": gauge(120, { slow: 60, quick: 30, least: 0, whole: true, storm: { by: "outage", add: 8600 } }),
  "util.tunnelAlarms": gauge(0, { slow: 0.4, whole: true, least: 0 }),
  "util.streetLightOn": percent(98.9, 0.3, { storm: { by: "outage", add: -1.6 } }),
  "emer.openIncidents": gauge(0, { slow: 0.4, whole: true, least: 0, storm: { by: "unrest", add: 2.4 } }),
  "emer.accidentDeaths": gauge(0),
  "emer.hazmatAlarms": gauge(0, { slow: 0.4, whole: true, least: 0 }),
  "emer.fireCalls": { usual: 58, form: "tally", whole: true, storm: { by: "unrest", add: 11 } },
  "emer.forestFireLevel": gauge(1, { slow: 0.3, whole: true, least: 1, most: 5 }),
  "emer.geoRiskLevel": gauge(0, { whole: true, least: 0, most: 4, storm: { by: "river", add: 2 } }),
  "emer.teamReady": percent(98.2, 0.8),
  "psec.policeCalls": { usual: 172, form: "flow", whole: true, storm: { by: "unrest", add: 70 } },
  "psec.camQuality": percent(97.1, 0.4),
  "psec.camShared": gauge(100),
  "psec.aiPrecision": percent(86, 1.6),
  "urb.casesToday": { usual: 2350, form: "tally", whole: true },
  "urb.onTimeRate": percent(97.3, 0.5),
  "urb.reworkRate": percent(2.1, 0.3),
  "urb.dispatchAccuracy": percent(98.7, 0.2),
  "urb.wasteLoad": percent(83, 2.5),
  "hot.calls": { usual: 118, form: "flow", whole: true, storm: { by: "unrest", add: 190 } },
  "hot.answerRate": percent(97.6, 0.6, { storm: { by: "unrest", add: -4.4 } }),
  "hot.answer15s": percent(94.1, 1, { storm: { by: "unrest", add: -9.5 } }),
  "hot.responseRate": percent(99.5, 0.2),
  "hot.resolveRate": percent(92.6, 0.8),
  "hot.satisfaction": percent(96.1, 0.6),
  "hot.repeatRate": percent(3.8, 0.5),
  "hlt.erWait": gauge(17, { withBustle: 8, slow: 2.5, quick: 1.5, least: 3, storm: { by: "unrest", add: 12 } }),
  "hlt.bedUse": percent(79, 2.5),
  "hlt.ambulanceArrive": gauge(8.4, { withTraffic: 2.2, slow: 0.5, quick: 0.3, least: 4, storm: { by: "streets", add: 5.5 } }),
  "hlt.infectious": gauge(41, { slow: 3.5, whole: true, least: 0 }),
  "edu.campusAlarms": gauge(0, { slow: 0.35, whole: true, least: 0 }),
  "edu.campusVideo": gauge(100),
  "tour.scenicLoad": percent(4, 1, { withBustle: 38, storm: { by: "unrest", add: -18 } }),
  "tour.visitors": gauge(14.2, { slow: 3, least: 1 }),
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

/**
 * The value at a city time.
 * @param share of the whole city that the scope has; 1 for the city itself
 */
export function createReporter(world: World, seed: number) {
  return function report(
    indicator: string,
    habit: Habit,
    scope: string,
    share: number,
    at: number,
    every: number,
  ): number {
    const salt = hashOf(`${seed}/${indicator}/${scope}`);
    const day = wander(salt, at / DAY);
    const quick = wander(salt + 1, at / (HOUR / 3));
    const storm = habit.storm
      ? habit.storm.add * world.storm(at)[habit.storm.by]
      : 0;
    const midnight = world.midnight(at);
    const today = draw(salt, Math.floor(midnight / DAY)) * 2 - 1;
    // What was counted stays counted, also when the storm is over.
    const since =
      habit.storm && world.stormBegan >= midnight
        ? habit.storm.add * ramp(at - world.stormBegan, 0, STORM_SPAN)
        : 0;
    let value: number;
    switch (habit.form) {
      case "gauge":
        value =
          habit.usual +
          (habit.slow ?? 0) * day +
          (habit.quick ?? 0) * quick +
          (habit.withTraffic ?? 0) * world.traffic(at) +
          (habit.withBustle ?? 0) * world.bustle(at) +
          (habit.withHeat ?? 0) * heat(world, at) +
          storm;
        break;
      case "flow":
        value =
          share *
          (every / HOUR) *
          (habit.usual * world.bustle(at) * (1 + 0.05 * day + 0.05 * quick) +
            storm);
        break;
      case "tally":
        value =
          share * (habit.usual * (1 + 0.07 * today) * sofar(world, at) + since);
        break;
    }
    value = clamp(value, habit.least ?? -Infinity, habit.most ?? Infinity);
    return habit.whole ? Math.round(value) : value;
  };
}

/** Share of the day's happenings that are over by now: 0 at midnight … 1. */
function sofar(world: World, at: number): number {
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

/** 0 in mild weather, 1 in great heat or frost: heating and cooling. */
const heat = (world: World, at: number): number =>
  clamp(Math.abs(world.temperature(world.centre, at) - 20) / 16, 0, 1);
