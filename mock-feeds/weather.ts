import { defineDepartment } from "./department.ts";
import { sensorDuties, type Simulation } from "./simulation/sensing.ts";
import { createWarningDesk } from "./content/weather-warnings.ts";

/** 气象局: weather stations, and warnings in CAP 1.2. */

const HOUR = 3_600_000;
const WARNINGS_EVERY = 2_000;

/** m/s at which each force of the Beaufort scale begins, from force 1. */
const BEAUFORT = [
  0.3, 1.6, 3.4, 5.5, 8, 10.8, 13.9, 17.2, 20.8, 24.5, 28.5, 32.7,
];

const weatherStation: Simulation = ({ world, sensor, time, own, slow }) => {
  const lapse = 0.006 * own("altitude");
  const temperature =
    world.temperature(sensor.at, time) - lapse + 0.3 * slow(HOUR / 2);
  const wind = world.wind(sensor.at, time) * (1 + 0.12 * slow(HOUR / 12, 1));
  const rain = world.rain(sensor.at, time);
  const haze = world.haze(sensor.at, time);
  return {
    temperature,
    temperatureMax: Math.max(
      temperature,
      world.warmest(sensor.at, time) - lapse,
    ),
    humidity: world.humidity(sensor.at, time) + 2 * slow(HOUR, 2),
    pressure:
      1016 -
      own("altitude") / 8.3 +
      4 * slow(70 * HOUR, 3) -
      3 * world.storm(time).wind,
    windSpeed: wind,
    windForce: BEAUFORT.filter((least) => wind >= least).length,
    windDirection:
      (world.windDirection(time) + 14 * slow(HOUR / 6, 4) + 360) % 360,
    visibility:
      (24_000 * (1 - 0.8 * haze)) / (1 + 0.14 * rain) + 900 * slow(HOUR, 5),
    rain1h: world.rainSum(sensor.at, time, 1),
    rain3h: world.rainSum(sensor.at, time, 3),
    rain6h: world.rainSum(sensor.at, time, 6),
    rain12h: world.rainSum(sensor.at, time, 12),
  };
};

export const weather = defineDepartment({
  id: "weather",
  nameZh: "气象",
  duties: (scene) => [
    ...sensorDuties(scene, {
      feed: "weather-stations",
      simulations: { weatherStation },
    }),
    {
      feed: "weather-warnings",
      every: WARNINGS_EVERY,
      report: createWarningDesk(scene),
    },
  ],
});
