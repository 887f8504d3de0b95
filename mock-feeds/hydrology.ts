import { defineDepartment } from "./department.ts";
import { sensorDuties, type Simulation } from "./simulation/sensing.ts";

/** 水务局: rain, rivers, reservoirs, sluices, dikes. */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Half a moon day: the tide comes up the main river. */
const TIDE = 12.42 * HOUR;

const rainGauge: Simulation = ({ world, sensor, time }) => ({
  rain5m: world.rain(sensor.at, time) / 12,
  rain1h: world.rainSum(sensor.at, time, 1),
});

const riverLevel: Simulation = ({ world, sensor, time, own, slow, trait }) => {
  const alert = own("alertLevel");
  const normal = own("normalLevel");
  const tide =
    own("mainRiver") * 0.45 * Math.sin((2 * Math.PI * time) / TIDE + trait());
  // The storm fills the rivers nearly to the alert level, some a little over it.
  const flood =
    world.storm(time).river * (alert - normal) * (0.35 + 0.68 * trait(1) ** 2);
  const level =
    normal +
    (tide + 0.2 * slow(4 * DAY)) * (1 - 0.8 * world.storm(time).river) +
    flood;
  const wide = own("mainRiver") === 1 ? 5200 : 60;
  return {
    waterLevel: level,
    margin: alert - level,
    flow: Math.max(
      0,
      wide * (0.5 + 0.5 * trait(2)) * (1 + (1.4 * (level - normal)) / 3),
    ),
    rain1h: world.rainSum(sensor.at, time, 1),
  };
};

const reservoir: Simulation = ({ world, time, own, slow, trait }) => {
  const limit = own("floodLimit");
  const over =
    -1.1 - 5 * trait() + 0.25 * slow(6 * DAY) + 1.6 * world.storm(time).river;
  return {
    waterLevel: limit + over,
    overLimit: over,
    storage: own("capacity") * Math.min(1, 0.82 + 0.03 * over),
    inflow:
      (own("capacity") / 900) *
      (1 + 0.3 * slow(DAY, 1)) *
      (1 + 14 * world.storm(time).river),
  };
};

const sluice: Simulation = ({ world, time, slow, trait }) => {
  const { river } = world.storm(time);
  const inner = 3.1 + trait() + 0.1 * slow(DAY) + 0.9 * river;
  return {
    opening: river > 0.1 ? 1 + 2.2 * river : 0,
    outerLevel: inner - 0.25 + 0.35 * Math.sin((2 * Math.PI * time) / TIDE),
    innerLevel: inner,
  };
};

const dikeSection: Simulation = ({ world, time, slow, trait }) => {
  const { river } = world.storm(time);
  return {
    seepage: Math.max(
      0,
      0.3 + 1.2 * trait() + 0.1 * slow(DAY) + 3 * river * trait(),
    ),
    displacement: 2 + 6 * trait(1) + 0.3 * slow(9 * DAY, 1) + 0.8 * river,
  };
};

export const hydrology = defineDepartment({
  id: "hydrology",
  nameZh: "水务",
  duties: (scene) => [
    ...sensorDuties(scene, {
      feed: "rain-gauges",
      simulations: { rainGauge },
    }),
    ...sensorDuties(scene, {
      feed: "hydrology-readings",
      simulations: { riverLevel, reservoir, sluice, dikeSection },
    }),
  ],
});
