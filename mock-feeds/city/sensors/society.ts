import type { SensorKind } from "./kind.ts";
import {
  atPlaces,
  HOUR,
  metric,
  MINUTE,
  numbered,
  round,
  times,
} from "./kind.ts";

/** What the bureaus share through the city's 物联感知平台. */
export const societyKinds: SensorKind[] = [
  {
    kind: "substation",
    system: "iot",
    feed: "power-readings",
    prefix: "SB",
    metrics: [
      metric("load", "MW", 0, 1200, 5 * MINUTE),
      metric("capacity", "MW", 0, 1200, 5 * MINUTE),
    ],
    sites: ({ spots }, random) =>
      times(96, (i) => {
        const spot = spots.roadside(random, ["主干路", "次干路"], 60);
        const volts = i < 26 ? 220 : 110;
        const town = spot.townName.replace(/(街道|镇|乡)$/, "");
        return {
          spot,
          name: `${volts}kV${town}${i + 1}变电站`,
          attributes: {
            volts,
            capacity: volts === 220 ? 360 : round(random.between(8, 13)) * 10,
          },
        };
      }),
  },
  {
    kind: "distributionRoom",
    system: "iot",
    feed: "power-readings",
    prefix: "DR",
    metrics: [
      metric("outageUsers", "household", 0, 5000, 5 * MINUTE),
      metric("load", "%", 0, 180, 5 * MINUTE),
    ],
    sites: ({ spots }, random) => {
      const seen = new Map<string, number>();
      return times(1500, () => {
        const spot = spots.homely(random);
        return {
          spot,
          name: `${numbered(seen, spot.by)}配电房`,
          attributes: { users: random.integer(120, 1600) },
        };
      });
    },
  },
  {
    kind: "hazardSource",
    system: "iot",
    feed: "iot-readings",
    prefix: "HZ",
    metrics: [
      metric("alarm", "", 0, 1, MINUTE),
      metric("pressure", "MPa", 0, 10, MINUTE),
      metric("temperature", "℃", -60, 300, MINUTE),
      metric("fill", "%", 0, 110, MINUTE),
    ],
    sites: (ground) =>
      atPlaces(ground, "hazard").map(({ place, spot }, i) => ({
        spot,
        name: place.nameZh,
        attributes: {
          grade: ["四级", "三级", "四级", "二级"][i % 4] ?? "四级",
          address: place.address,
        },
      })),
  },
  {
    kind: "hydrant",
    system: "iot",
    feed: "iot-readings",
    prefix: "HY",
    metrics: [metric("pressure", "MPa", 0, 1.6, HOUR)],
    sites: ({ spots }, random) => {
      const seen = new Map<string, number>();
      return times(1200, () => {
        const spot = spots.roadside(random, ["主干路", "次干路", "支路"], 9);
        return { spot, name: `${numbered(seen, spot.by)}消火栓` };
      });
    },
  },
  {
    kind: "fireHost",
    system: "iot",
    feed: "iot-readings",
    prefix: "FH",
    metrics: [
      metric("alarm", "", 0, 1, 10 * MINUTE),
      metric("fault", "", 0, 1, 10 * MINUTE),
    ],
    sites: (ground) =>
      [...atPlaces(ground, "market"), ...atPlaces(ground, "estate")]
        .slice(0, 900)
        .map(({ place, spot }) => ({
          spot,
          name: `${place.nameZh}消防主机`,
          attributes: { address: place.address },
        })),
  },
  {
    kind: "crowdSite",
    system: "iot",
    feed: "iot-readings",
    prefix: "CD",
    metrics: [
      metric("density", "person/m²", 0, 12, MINUTE),
      metric("people", "person", 0, 200_000, MINUTE),
    ],
    sites: (ground, random) =>
      atPlaces(ground, "plaza").map(({ place, spot }) => ({
        spot,
        name: place.nameZh,
        attributes: { area: random.integer(2, 30) * 1000 },
      })),
  },
  {
    kind: "scenicArea",
    system: "iot",
    feed: "iot-readings",
    prefix: "SA",
    metrics: [
      metric("loadRate", "%", 0, 200, 5 * MINUTE),
      metric("visitors", "person", 0, 100_000, 5 * MINUTE),
      metric("visitorsToday", "10k person", 0, 50, 5 * MINUTE),
    ],
    sites: (ground, random) =>
      atPlaces(ground, "scenic").map(({ place, spot }) => ({
        spot,
        name: place.nameZh,
        attributes: { capacity: random.integer(10, 120) * 100 },
      })),
  },
  {
    kind: "hospital",
    system: "iot",
    feed: "iot-readings",
    prefix: "HP",
    metrics: [
      metric("erWait", "min", 0, 600, 5 * MINUTE),
      metric("beds", "bed", 0, 6000, HOUR),
      metric("bedsUsed", "bed", 0, 6000, 15 * MINUTE),
    ],
    sites: (ground, random) =>
      atPlaces(ground, "hospital").map(({ place, spot }) => ({
        spot,
        name: place.nameZh,
        attributes: { beds: random.integer(15, 220) * 10 },
      })),
  },
  {
    kind: "ambulanceStation",
    system: "iot",
    feed: "iot-readings",
    prefix: "AM",
    metrics: [metric("arriveMinutes", "min", 0, 120, 15 * MINUTE)],
    sites: (ground) =>
      atPlaces(ground, "hospital")
        .slice(0, 40)
        .map(({ place, spot }) => ({
          spot,
          name: `${place.nameZh}急救站`,
        })),
  },
  {
    kind: "campus",
    system: "iot",
    feed: "iot-readings",
    prefix: "CP",
    metrics: [
      metric("alarm", "", 0, 1, 5 * MINUTE),
      metric("videoOnline", "", 0, 1, 5 * MINUTE),
    ],
    sites: (ground) =>
      atPlaces(ground, "school").map(({ place, spot }) => ({
        spot,
        name: place.nameZh,
        attributes: { address: place.address },
      })),
  },
  {
    kind: "wastePlant",
    system: "iot",
    feed: "iot-readings",
    prefix: "WT",
    metrics: [
      metric("inflow", "t/d", 0, 6000, 15 * MINUTE),
      metric("capacity", "t/d", 0, 6000, HOUR),
    ],
    sites: ({ spots }, random) =>
      times(6, (i) => {
        const spot = spots.roadside(random, ["次干路"], 150, true);
        const town = spot.townName.replace(/(街道|镇|乡)$/, "");
        return {
          spot,
          name: `${town}生活垃圾${i < 4 ? "焚烧" : "转运"}厂`,
          attributes: { capacity: [1500, 1200, 1000, 900, 500, 400][i] ?? 400 },
        };
      }),
  },
  {
    kind: "siteDust",
    system: "iot",
    feed: "iot-readings",
    prefix: "SD",
    metrics: [
      metric("pm10", "µg/m³", 0, 2000, 5 * MINUTE),
      metric("noise", "dB(A)", 25, 130, 5 * MINUTE),
    ],
    sites: (ground) =>
      atPlaces(ground, "construction").map(({ place, spot }) => ({
        spot,
        name: `${place.nameZh}扬尘点`,
        attributes: { address: place.address },
      })),
  },
  {
    kind: "elevator",
    system: "iot",
    feed: "iot-readings",
    prefix: "EV",
    metrics: [
      metric("fault", "", 0, 1, 15 * MINUTE),
      metric("trapped", "", 0, 1, 15 * MINUTE),
    ],
    sites: (ground, random) => {
      const estates = atPlaces(ground, "estate");
      return times(1600, (i) => {
        const home = estates[i % estates.length] ?? random.pick(estates);
        return {
          spot: home.spot,
          name: `${home.place.nameZh}${random.integer(1, 28)}幢${Math.floor(i / estates.length) + 1}号电梯`,
        };
      });
    },
  },
];
