import type { Simulation } from "./sensing.ts";

/** Water supply and gas: from the works to the tap and the flame. */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Meals: when gas and water are wanted most. */
const meals = (hour: number): number =>
  [7, 12, 18.5].reduce(
    (sum, meal) => sum + Math.exp(-(((hour - meal) / 1.3) ** 2)),
    0,
  );

export const waterSupply: Record<string, Simulation> = {
  waterPlant: ({ world, time, own, slow }) => ({
    output:
      own("capacity") * (0.5 + 0.2 * world.bustle(time) + 0.02 * slow(HOUR)),
    capacity: own("capacity"),
    turbidity: 0.16 + 0.05 * slow(DAY) + 0.09 * world.storm(time).river,
  }),

  supplyPressure({ world, sensor, time, own, slow, trait }) {
    const demand = 0.022 * meals(world.hour(time)) + 0.012 * world.bustle(time);
    const { outage } = world.storm(time);
    // Boosters without power: the pressure sinks where lines are down.
    const down = trait() < 0.006 ? world.stormShare(sensor.at, time) : 0;
    const weak = 0.13 * outage * down;
    return {
      pressure: Math.max(
        0,
        own("normal") - demand + 0.006 * slow(HOUR / 3) - weak,
      ),
    };
  },

  supplyFlow: ({ world, time, own, slow }) => ({
    flow:
      own("normal") *
      (0.5 +
        0.3 * world.bustle(time) +
        0.3 * meals(world.hour(time)) +
        0.05 * slow(HOUR / 2)),
  }),

  supplyQuality: ({ world, time, slow, trait }) => ({
    turbidity:
      0.2 +
      0.1 * trait() +
      0.05 * slow(6 * HOUR) +
      0.06 * world.storm(time).river,
    chlorine: 0.34 + 0.2 * trait(1) + 0.05 * slow(5 * HOUR, 1),
    ph: 7.3 + 0.15 * slow(DAY, 2),
  }),
};

export const gas: Record<string, Simulation> = {
  gasAdjacent({ slow, luck, trait }) {
    // Marsh gas in old drains; now and then a real leak.
    const leak = luck(8 * HOUR) < 0.000_04 ? 0.3 + 0.5 * trait(1) : 0;
    return {
      methane: Math.max(0, 0.012 * trait() + 0.006 * slow(3 * HOUR) + leak),
    };
  },

  gasAlarm: ({ luck }) => ({ alarm: luck(4 * HOUR) < 0.000_03 ? 1 : 0 }),

  mainVibration({ world, time, slow, luck, trait }) {
    const digger = luck(4 * HOUR) < 0.0005 ? 7 + 9 * trait(1) : 0;
    const traffic = 0.2 + 0.4 * trait() * world.bustle(time);
    return { vibration: Math.max(0, traffic + 0.05 * slow(HOUR) + digger) };
  },

  gasRegulator: ({ world, time, slow, trait }) => ({
    pressure: 280 + 60 * trait() + 6 * slow(HOUR) - 8 * meals(world.hour(time)),
    flow:
      (300 + 900 * trait(1)) *
      (0.35 + 0.75 * meals(world.hour(time)) + 0.05 * slow(HOUR / 2, 1)),
  }),

  gasStorage: ({ slow, trait }) => ({
    stockDays: 6.6 + 1.6 * trait() + 0.5 * slow(5 * DAY),
  }),
};
