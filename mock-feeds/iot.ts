import { defineDepartment } from "./department.ts";
import { power, powerRows } from "./simulation/power.ts";
import { sensorDuties, type Simulation } from "./simulation/sensing.ts";

/** 物联感知平台: what many bureaus' small sensors send to one gateway. */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** An alarm contact: 1 for `span` with this chance. */
const contact =
  (chance: number, span = 2 * HOUR): Simulation =>
  ({ luck }) => ({ alarm: luck(span) < chance ? 1 : 0 });

const simulations: Record<string, Simulation> = {
  metroSection({ world, time, slow, trait }) {
    const hour = world.hour(time);
    if (hour > 0.3 && hour < 5.6) return { loadRate: 0, passengers: 0 };
    const load =
      8 + (28 + 52 * trait() ** 2) * world.traffic(time) + 3 * slow(HOUR / 3);
    return {
      loadRate: Math.max(1, load),
      passengers: Math.max(50, 420 * load),
    };
  },

  // The cabinet tells how many of its lamps answer, by day as by night.
  lightCabinet({ world, sensor, time, slow, trait }) {
    const dark = world.storm(time).outage * world.stormShare(sensor.at, time);
    const on =
      99.6 -
      1.8 * trait() ** 4 +
      0.3 * slow(3 * DAY) -
      (trait(1) < 0.06 ? 60 * dark : 0);
    const hour = world.hour(time);
    const lit = hour < 6 || hour > 17.7;
    return { onRate: on, current: lit ? 26 + 12 * trait(2) : 0.4 };
  },

  manholeCover({ world, sensor, time, luck, trait, slow }) {
    const lifted =
      world.storm(time).pipes > 0.7 &&
      trait() < 0.004 * world.stormShare(sensor.at, time);
    const open = lifted || luck(5 * HOUR) < 0.0002;
    return { open: open ? 1 : 0, tilt: open ? 35 : 0.6 + 0.4 * slow(DAY) };
  },

  hazardSource({ luck, slow, trait }) {
    const alarm = luck(2 * HOUR) < 0.0006 ? 1 : 0;
    return {
      alarm,
      pressure: 0.6 + 1.2 * trait() + 0.03 * slow(HOUR) + 0.4 * alarm,
      temperature: 18 + 12 * trait(1) + 2 * slow(8 * HOUR, 1),
      fill: 45 + 30 * trait(2) + 4 * slow(DAY, 2),
    };
  },

  hydrant: ({ slow, trait }) => ({
    pressure: 0.24 + 0.1 * trait() + 0.01 * slow(6 * HOUR),
  }),

  fireHost: (sight) => ({
    ...contact(0.000_05)(sight),
    fault: sight.luck(9 * HOUR, 1) < 0.006 ? 1 : 0,
  }),

  crowdSite({ world, sensor, time, own, slow, trait }) {
    const wet = Math.min(0.85, 0.06 * world.rain(sensor.at, time));
    const free = world.workday(time) ? 0.6 : 1;
    const density =
      0.03 +
      (0.15 + 0.6 * trait()) * free * world.bustle(time) * (1 - wet) +
      0.03 * slow(HOUR / 3);
    return {
      density: Math.max(0, density),
      people: Math.round(Math.max(0, density) * own("area")),
    };
  },

  scenicArea({ world, sensor, time, own, slow, trait }) {
    const hour = world.hour(time);
    const open = Math.max(0, Math.sin(((hour - 7.5) / 11) * Math.PI));
    const wet = Math.min(0.9, 0.08 * world.rain(sensor.at, time));
    const busy = (world.workday(time) ? 22 : 48) * (0.5 + 0.7 * trait());
    const load =
      hour < 7.5 || hour > 18.5
        ? 0
        : busy * open * (1 - wet) + 2 * slow(HOUR / 2);
    // Each visitor stays for about two hours.
    const soFar = Math.min(1, Math.max(0, (hour - 7.5) / 11));
    return {
      loadRate: Math.max(0, load),
      visitors: Math.round((own("capacity") * Math.max(0, load)) / 100),
      visitorsToday: (own("capacity") * busy * 2.6 * soFar) / 100 / 10_000,
    };
  },

  hospital: ({ world, time, own, slow, trait }) => ({
    erWait: Math.max(
      3,
      10 +
        12 * trait() +
        9 * world.bustle(time) +
        3 * slow(HOUR) +
        9 * world.storm(time).unrest,
    ),
    beds: own("beds"),
    bedsUsed: Math.round(
      own("beds") * (0.72 + 0.12 * trait(1) + 0.02 * slow(DAY, 1)),
    ),
  }),

  ambulanceStation: ({ world, sensor, time, slow, trait }) => ({
    arriveMinutes:
      6.2 +
      2 * trait() +
      4 * world.congestion(sensor.at, time) +
      0.8 * slow(HOUR / 2),
  }),

  campus: (sight) => ({
    ...contact(0.000_08)(sight),
    videoOnline: sight.luck(8 * HOUR, 1) < 0.0005 ? 0 : 1,
  }),

  wastePlant: ({ world, time, own, slow }) => ({
    inflow:
      own("capacity") * (0.78 + 0.06 * world.bustle(time) + 0.03 * slow(DAY)),
    capacity: own("capacity"),
  }),

  siteDust({ world, sensor, time, slow, trait }) {
    const work = world.hour(time) > 6 && world.hour(time) < 22 ? 1 : 0.3;
    const wet = Math.min(0.7, 0.1 * world.rain(sensor.at, time));
    return {
      pm10:
        (45 + 70 * world.haze(sensor.at, time) + 60 * trait() * work) *
          (1 - wet) +
        6 * slow(HOUR / 2),
      noise: 50 + 12 * work * trait(1) + 3 * slow(HOUR / 3, 1),
    };
  },

  elevator({ world, sensor, time, luck, trait }) {
    const dark =
      0.03 * world.storm(time).outage * world.stormShare(sensor.at, time);
    const fault = luck(5 * HOUR) < 0.004 || trait() < dark;
    return {
      fault: fault ? 1 : 0,
      trapped: trait() < dark * 0.12 || luck(HOUR, 1) < 0.000_02 ? 1 : 0,
    };
  },

  forestStation({ world, sensor, time, slow }) {
    const wet = Math.min(1, world.rainSum(sensor.at, time, 12) / 10);
    return {
      fireDanger: Math.max(1, Math.round(1.1 + 0.35 * slow(3 * DAY) - wet)),
      litterMoisture: 24 + 6 * slow(2 * DAY, 1) + 40 * wet,
    };
  },

  geoHazard({ world, time, slow, trait }) {
    const slid = 3 * world.storm(time).river * trait(1);
    return {
      displacement: 3 + 14 * trait() + 0.4 * slow(20 * DAY) + slid,
      tilt: 0.2 + 0.5 * trait(2) + 0.05 * slow(15 * DAY, 1),
    };
  },

  soilMoisture({ world, sensor, time, slow, trait }) {
    const wet = Math.min(1, world.rainSum(sensor.at, time, 12) / 30);
    return { moisture: 18 + 10 * trait() + 4 * slow(3 * DAY) + 25 * wet };
  },
};

export const iot = defineDepartment({
  id: "iot",
  nameZh: "物联感知平台",
  duties: (scene) => [
    ...sensorDuties(scene, {
      feed: "iot-readings",
      simulations,
    }),
    ...sensorDuties(scene, {
      feed: "power-readings",
      simulations: power,
      write: powerRows,
    }),
  ],
});
