import { defineDepartment } from "./department.ts";
import { sensorDuties, type Simulation } from "./simulation/sensing.ts";

/** 生态环境局: air, noise, surface water, sources of drinking water, outlets, waste, soil. */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const airStation: Simulation = ({ world, sensor, time, slow, trait }) => {
  const haze = world.haze(sensor.at, time);
  const traffic = world.traffic(time);
  const hour = world.hour(time);
  const sun = Math.max(0, Math.sin(((hour - 6) / 13) * Math.PI));
  const site = 0.9 + 0.2 * trait();
  const quick = slow(HOUR / 4);
  const pm25 = site * (7 + 92 * haze ** 1.5) * (1 + 0.05 * quick);
  return {
    pm25,
    pm10: pm25 * (1.4 + 0.15 * slow(3 * HOUR, 1)) + 6 * traffic,
    so2: 5 + 7 * haze + 1.5 * slow(2 * HOUR, 2),
    no2: site * (10 + 26 * haze + 22 * traffic) * (1 + 0.06 * quick),
    co: 0.35 + 0.75 * haze + 0.15 * traffic + 0.04 * quick,
    // Nitrogen oxides of the rush hour eat ozone; sunlight makes it.
    o3: Math.max(
      4,
      42 + 78 * sun * (1 - 0.5 * haze) - 18 * traffic + 6 * quick,
    ),
  };
};

/** Zones of GB 3096: what is usual by day. */
const ZONE_NOISE = [50, 46, 49, 51, 54];

const noiseStation: Simulation = ({ world, sensor, time, own, slow }) => {
  const usual = ZONE_NOISE[own("zone")] ?? 50;
  const street = 3.2 * (world.traffic(time) - 0.5);
  const asleep = -7 * (1 - world.bustle(time));
  const downpour = Math.min(9, 0.3 * world.rain(sensor.at, time));
  return { noise: usual + street + asleep + 1.2 * slow(HOUR / 6) + downpour };
};

const waterSection: Simulation = ({ world, sensor, time, slow, trait }) => {
  const washed = world.storm(time).river * world.stormShare(sensor.at, time);
  const dirt = trait() ** 3 + 0.25 * slow(4 * DAY) + 0.8 * washed;
  return {
    // Ⅰ … Ⅴ and below Ⅴ as 1 … 6; most sections are Ⅱ or Ⅲ.
    waterGrade: Math.round(1.7 + 1.9 * Math.max(0, dirt)),
    ph: 7.4 + 0.3 * slow(2 * DAY, 1),
    dissolvedOxygen: 8.2 - 2.4 * Math.max(0, dirt) + 0.4 * slow(DAY, 2),
    ammonia: 0.18 + 0.55 * Math.max(0, dirt),
    permanganate: 2.4 + 2.2 * Math.max(0, dirt) + 0.2 * slow(DAY, 3),
  };
};

const sourceWater: Simulation = ({ world, time, slow }) => ({
  compliance: 1,
  turbidity: 2.6 + 0.7 * slow(2 * DAY) + 9 * world.storm(time).river,
  ammonia: 0.08 + 0.03 * slow(3 * DAY, 1),
});

const emissionOutlet: Simulation = ({ time, world, slow, luck, trait }) => {
  const over = luck(3 * HOUR) < 0.0006 ? 0.7 : 0;
  const ratio = 0.32 + 0.3 * trait() + 0.07 * slow(DAY / 3) + over;
  return {
    emissionRatio: ratio,
    cod: 80 * ratio,
    flow: (40 + 160 * trait(1)) * (0.55 + 0.45 * world.bustle(time)),
  };
};

/** A store fills up until it is fetched; a lorry comes some three times a year. */
const wasteStore: Simulation = ({ time, slow, trait }) => {
  const cycle = (100 + 60 * trait()) * DAY;
  const since = (time + trait(1) * cycle) % cycle;
  const filled = since / cycle;
  return {
    fill: 10 + (35 + 25 * trait(2)) * filled + 2 * slow(3 * DAY),
    storedDays: Math.floor(since / DAY),
  };
};

const soilStation: Simulation = ({ own, slow, trait }) => {
  const lead = 0.1 + 0.4 * trait() ** 2 + 0.01 * slow(20 * DAY);
  const arsenic = 0.12 + 0.4 * trait(1) ** 2 + 0.01 * slow(25 * DAY, 1);
  return {
    soilRatio: Math.max(lead, arsenic),
    lead: lead * own("leadLimit"),
    arsenic: arsenic * own("arsenicLimit"),
    ph: 6.2 + 1.6 * trait(2) + 0.05 * slow(10 * DAY, 2),
  };
};

export const air = defineDepartment({
  id: "air",
  nameZh: "生态环境监测",
  duties: (scene) => [
    ...sensorDuties(scene, {
      feed: "air-stations",
      simulations: { airStation },
    }),
    ...sensorDuties(scene, {
      feed: "eco-readings",
      simulations: {
        ...{ noiseStation, waterSection, sourceWater },
        ...{ emissionOutlet, wasteStore, soilStation },
      },
    }),
  ],
});
