import type { SensorKind } from "./kind.ts";
import {
  atPlaces,
  DAY,
  HOUR,
  metric,
  MINUTE,
  numbered,
  round,
  times,
} from "./kind.ts";

/** 生态环境局 and 气象局. */
export const environmentKinds: SensorKind[] = [
  {
    kind: "airStation",
    system: "eco",
    feed: "air-stations",
    prefix: "AQ",
    metrics: [
      metric("pm25", "µg/m³", 0, 800, MINUTE),
      metric("pm10", "µg/m³", 0, 1200, MINUTE),
      metric("so2", "µg/m³", 0, 800, MINUTE),
      metric("no2", "µg/m³", 0, 600, MINUTE),
      metric("co", "mg/m³", 0, 40, MINUTE),
      metric("o3", "µg/m³", 0, 700, MINUTE),
    ],
    sites: ({ spots }, random) => {
      const seen = new Map<string, number>();
      return times(42, (i) => {
        const spot = spots.homely(random);
        const town = spot.townName.replace(/(街道|镇|乡)$/, "");
        const nth = (seen.get(town) ?? 0) + 1;
        seen.set(town, nth);
        return {
          spot,
          name: `${town}${nth > 1 ? nth : ""}空气自动站`,
          attributes: { grade: i < 9 ? "国控" : i < 20 ? "省控" : "市控" },
        };
      });
    },
  },
  {
    kind: "noiseStation",
    system: "eco",
    feed: "eco-readings",
    prefix: "NS",
    metrics: [metric("noise", "dB(A)", 25, 120, MINUTE)],
    sites: ({ spots }, random) =>
      times(64, (i) => {
        const spot = spots.roadside(random, ["主干路", "次干路"], 25);
        // GB 3096: class 1 homes, 2 mixed, 3 industry, 4 beside trunk roads.
        const zone = [2, 1, 4, 2, 3][i % 5] ?? 2;
        return {
          spot,
          name: `${spot.townName}${spot.by}噪声站`,
          attributes: { zone, limitDay: [55, 55, 60, 65, 70][zone] ?? 60 },
        };
      }),
  },
  {
    kind: "waterSection",
    system: "eco",
    feed: "eco-readings",
    prefix: "WS",
    metrics: [
      metric("waterGrade", "grade", 1, 6, HOUR),
      metric("ph", "", 0, 14, HOUR),
      metric("dissolvedOxygen", "mg/L", 0, 20, HOUR),
      metric("ammonia", "mg/L", 0, 20, HOUR),
      metric("permanganate", "mg/L", 0, 40, HOUR),
    ],
    sites: ({ spots }) =>
      times(60, (i) => {
        const stream = i % 6;
        const spot = spots.waterside(stream, 0.08 + 0.09 * Math.floor(i / 6));
        return { spot, stream };
      })
        .flatMap(({ spot }) =>
          spot ? [{ spot, name: `${spot.by}${spot.townName}断面` }] : [],
        )
        .slice(0, 36),
  },
  {
    kind: "sourceWater",
    system: "eco",
    feed: "eco-readings",
    prefix: "SW",
    metrics: [
      metric("compliance", "", 0, 1, HOUR),
      metric("turbidity", "NTU", 0, 500, HOUR),
      metric("ammonia", "mg/L", 0, 20, HOUR),
    ],
    sites: ({ spots }) =>
      times(12, (i) => spots.waterside(i % 6, 0.3 + 0.25 * Math.floor(i / 6)))
        .flatMap((spot) =>
          spot ? [{ spot, name: `${spot.by}${spot.townName}水源地` }] : [],
        )
        .slice(0, 6),
  },
  {
    kind: "emissionOutlet",
    system: "eco",
    feed: "eco-readings",
    prefix: "EM",
    metrics: [
      metric("emissionRatio", "", 0, 20, HOUR),
      metric("cod", "mg/L", 0, 2000, HOUR),
      metric("flow", "m³/h", 0, 5000, HOUR),
    ],
    sites: (ground) =>
      atPlaces(ground, "factory")
        .slice(0, 128)
        .map(({ place, spot }) => ({
          spot,
          name: `${place.nameZh}排口`,
          attributes: { enterprise: place.nameZh, codLimit: 80 },
        })),
  },
  {
    kind: "wasteStore",
    system: "eco",
    feed: "eco-readings",
    prefix: "WD",
    metrics: [
      metric("fill", "%", 0, 200, HOUR),
      metric("storedDays", "d", 0, 3650, HOUR),
    ],
    // Every other factory has waste that may not go into a bin.
    sites: (ground, random) =>
      atPlaces(ground, "factory")
        .filter((_, i) => i % 2 === 0)
        .slice(0, 60)
        .map(({ place, spot }) => ({
          spot,
          name: `${place.nameZh}危废贮存间`,
          attributes: {
            enterprise: place.nameZh,
            capacity: random.integer(2, 60) * 5,
          },
        })),
  },
  {
    kind: "soilStation",
    system: "eco",
    feed: "eco-readings",
    prefix: "SO",
    metrics: [
      metric("soilRatio", "", 0, 20, 4 * HOUR),
      metric("lead", "mg/kg", 0, 16_000, 4 * HOUR),
      metric("arsenic", "mg/kg", 0, 1200, 4 * HOUR),
      metric("ph", "", 0, 14, 4 * HOUR),
    ],
    sites: (ground) =>
      atPlaces(ground, "factory")
        .filter((_, i) => i % 3 === 0)
        .slice(0, 40)
        .map(({ place, spot }) => ({
          spot,
          name: `${place.nameZh}土壤监测点`,
          // Screening values of GB 36600 for land of class 2, mg/kg.
          attributes: {
            enterprise: place.nameZh,
            leadLimit: 800,
            arsenicLimit: 60,
          },
        })),
  },
  {
    kind: "weatherStation",
    system: "weather",
    feed: "weather-stations",
    prefix: "MT",
    metrics: [
      metric("temperature", "℃", -40, 55, MINUTE),
      metric("temperatureMax", "℃", -40, 55, MINUTE),
      metric("humidity", "%", 0, 100, MINUTE),
      metric("pressure", "hPa", 850, 1080, MINUTE),
      metric("windSpeed", "m/s", 0, 75, MINUTE),
      metric("windForce", "Beaufort", 0, 17, MINUTE),
      metric("windDirection", "°", 0, 360, MINUTE),
      metric("visibility", "m", 0, 50_000, MINUTE),
      metric("rain1h", "mm", 0, 250, MINUTE),
      metric("rain3h", "mm", 0, 500, MINUTE),
      metric("rain6h", "mm", 0, 800, MINUTE),
      metric("rain12h", "mm", 0, 1200, MINUTE),
    ],
    sites: ({ spots }, random) => {
      const seen = new Map<string, number>();
      return times(136, (i) => {
        const spot = i % 9 === 8 ? spots.hilly(random) : spots.homely(random);
        return {
          spot,
          name: `${numbered(seen, spot.townName)}气象站`,
          attributes: { altitude: round(random.between(3, 60)) },
        };
      });
    },
  },
  {
    kind: "forestStation",
    system: "iot",
    feed: "iot-readings",
    prefix: "FF",
    metrics: [
      metric("fireDanger", "level", 1, 5, HOUR),
      metric("litterMoisture", "%", 0, 100, HOUR),
    ],
    sites: ({ spots }, random) =>
      times(24, () => {
        const spot = spots.hilly(random);
        return { spot, name: `${spot.townName}林火因子站` };
      }),
  },
  {
    kind: "geoHazard",
    system: "iot",
    feed: "iot-readings",
    prefix: "GH",
    metrics: [
      metric("displacement", "mm", -200, 2000, HOUR),
      metric("tilt", "°", -30, 30, HOUR),
    ],
    sites: ({ spots }, random) => {
      const seen = new Map<string, number>();
      return times(180, () => {
        const spot = spots.hilly(random);
        return {
          spot,
          name: `${numbered(seen, spot.townName)}滑坡监测点`,
          attributes: { alarm: 50 },
        };
      });
    },
  },
  {
    kind: "soilMoisture",
    system: "iot",
    feed: "iot-readings",
    prefix: "SM",
    metrics: [metric("moisture", "%", 0, 100, DAY / 12)],
    sites: ({ spots }, random) => {
      const seen = new Map<string, number>();
      return times(200, () => {
        const spot = spots.roadside(random, ["主干路", "次干路"], 18);
        return { spot, name: `${numbered(seen, spot.by)}绿地墒情点` };
      });
    },
  },
];
