import type { Simulation } from "./sensing.ts";

/** Bridges, tunnels, the ground, houses and heat. */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** 15 November to 15 March. */
function heatingSeason(time: number): boolean {
  const date = new Date(time + 8 * HOUR);
  const day = (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
  return day >= 1115 || day <= 315;
}

export const structures: Record<string, Simulation> = {
  bridge: ({ luck }) => ({ alarmLevel: luck(6 * HOUR) < 0.0015 ? 1 : 0 }),

  bridgeStress({ world, sensor, time, slow, trait }) {
    const load = 6 * world.congestion(sensor.at, time);
    const warm = 0.25 * (world.temperature(sensor.at, time) - 17);
    return { stress: -18 - 24 * trait() + load + warm + 1.5 * slow(HOUR / 6) };
  },

  bridgeDisplacement({ world, sensor, time, slow, trait }) {
    const warm = 0.35 * (world.temperature(sensor.at, time) - 17);
    const sway = 0.4 * world.wind(sensor.at, time) * slow(HOUR / 30);
    return { displacement: 8 * (trait() - 0.5) + warm + sway };
  },

  bridgeCrack: ({ slow, trait }) => ({
    width: 0.06 + 0.1 * trait() + 0.006 * slow(20 * DAY),
  }),

  roadSettlement({ world, time, slow, luck, trait }) {
    const sinking = luck(20 * HOUR) < 0.000_15 ? 2.4 : 0;
    const washed = 0.5 * world.storm(time).pipes * trait(1);
    const rate =
      0.12 + 0.35 * trait() + 0.08 * slow(2 * DAY) + washed + sinking;
    return { settlementRate: rate, settlement: 3 + 16 * trait() + rate };
  },

  buildingTilt: ({ slow, trait }) => ({
    tilt: 0.4 + 1.6 * trait() + 0.04 * slow(15 * DAY),
    settlement: 4 + 18 * trait(1) + 0.3 * slow(30 * DAY, 1),
  }),

  tunnelSection({ world, sensor, time, slow, luck, trait }) {
    const seep =
      0.4 *
      world.storm(time).pipes *
      world.stormShare(sensor.at, time) *
      trait() ** 6;
    const alarm = luck(7 * HOUR) < 0.0004;
    return {
      alarmLevel: alarm || seep > 0.3 ? 1 : 0,
      methane: 0.004 + 0.004 * slow(6 * HOUR),
      oxygen: 20.8 + 0.08 * slow(4 * HOUR, 1),
      temperature: 18.5 + 1.5 * trait(1) + 0.6 * slow(3 * DAY, 2),
      waterLevel: 0.02 + seep,
    };
  },
};

export const heating: Record<string, Simulation> = {
  heatRoom({ world, sensor, time, slow, trait }) {
    // One home in a hundred is too cold.
    const cold = trait() < 0.011 ? -3.4 : 0;
    if (heatingSeason(time))
      return {
        roomTemperature:
          20.6 + 1.1 * (trait(1) - 0.5) + 0.5 * slow(8 * HOUR) + cold,
      };
    const outside = world.temperature(sensor.at, time);
    return {
      roomTemperature: Math.max(18.4, outside + 1.5) + 0.5 * slow(8 * HOUR),
    };
  },

  heatStation({ world, sensor, time, slow, trait }) {
    if (!heatingSeason(time))
      return { supplyTemperature: 24, returnTemperature: 23, pressure: 0.2 };
    const frost = Math.max(0, 12 - world.temperature(sensor.at, time));
    const supply = 52 + 1.1 * frost + 3 * trait() + slow(2 * HOUR);
    return {
      supplyTemperature: supply,
      returnTemperature: supply - 15 - 3 * trait(1),
      pressure: 0.42 + 0.02 * slow(HOUR, 1),
    };
  },
};
