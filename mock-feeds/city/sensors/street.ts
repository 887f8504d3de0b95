import type { SensorKind, Site } from "./kind.ts";
import {
  atPlaces,
  directionName,
  HOUR,
  metric,
  MINUTE,
  numbered,
  round,
  times,
} from "./kind.ts";
import type { RoadClass } from "../types.ts";

/** Vehicles an hour that one lane carries at best. */
const LANE_CAPACITY = 1400;

/** Traffic, parking, metro. */
export const streetKinds: SensorKind[] = [
  loops("expresswayLoop", "EL", 480, "快速路"),
  loops("trafficLoop", "TL", 1560, "主干路"),
  {
    kind: "parkingLot",
    system: "parking",
    feed: "parking-readings",
    prefix: "PL",
    metrics: [
      metric("free", "space", 0, 5000, MINUTE),
      metric("capacity", "space", 0, 5000, MINUTE),
    ],
    sites: (ground, random) =>
      atPlaces(ground, "parking").map(({ place, spot }) => ({
        spot,
        name: place.nameZh,
        attributes: {
          capacity: round(random.between(6, 90)) * 10,
          address: place.address,
          public: "公共",
        },
      })),
  },
  {
    kind: "metroSection",
    system: "iot",
    feed: "iot-readings",
    prefix: "MS",
    metrics: [
      metric("loadRate", "%", 0, 180, 5 * MINUTE),
      metric("passengers", "person/h", 0, 60_000, 5 * MINUTE),
    ],
    sites: ({ metro, spots }) =>
      metro.flatMap((line) =>
        line.stations.flatMap((station, i): Site[] => {
          const next = line.stations[i + 1];
          const spot = next && spots.at(station.at, station.nameZh);
          return spot
            ? [
                {
                  spot,
                  name: `${line.id}号线${station.nameZh}至${next.nameZh}断面`,
                  attributes: { line: line.id, section: i + 1 },
                },
              ]
            : [];
        }),
      ),
  },
  {
    kind: "lightCabinet",
    system: "iot",
    feed: "iot-readings",
    prefix: "LC",
    metrics: [
      metric("onRate", "%", 0, 100, 15 * MINUTE),
      metric("current", "A", 0, 400, 15 * MINUTE),
    ],
    sites: ({ spots }, random) => {
      const seen = new Map<string, number>();
      return times(2400, () => {
        const spot = spots.roadside(random, ["主干路", "次干路", "支路"], 7);
        return {
          spot,
          name: `${numbered(seen, spot.by)}路灯控制箱`,
          attributes: { lamps: random.integer(24, 120) },
        };
      });
    },
  },
  {
    kind: "manholeCover",
    system: "iot",
    feed: "iot-readings",
    prefix: "MC",
    metrics: [metric("open", "", 0, 1, HOUR), metric("tilt", "°", 0, 90, HOUR)],
    sites: ({ spots }, random) => {
      const seen = new Map<string, number>();
      return times(MANHOLE_COVERS, () => {
        const spot = spots.roadside(random, ["主干路", "次干路", "支路"], 4);
        return { spot, name: `${numbered(seen, spot.by)}智能井盖` };
      });
    },
  },
];

export const MANHOLE_COVERS = 2265;

function loops(
  kind: string,
  prefix: string,
  count: number,
  roadClass: RoadClass,
): SensorKind {
  return {
    kind,
    system: "traffic",
    feed: "traffic-loops",
    prefix,
    metrics: [
      metric("speed", "km/h", 0, 140, MINUTE),
      metric("flow", "veh/h", 0, 9000, MINUTE),
      metric("occupancy", "%", 0, 100, MINUTE),
    ],
    sites: ({ spots }, random) => {
      const seen = new Map<string, number>();
      return times(count, () => {
        const spot = spots.roadside(random, [roadClass], 4);
        const edge = spot.edge;
        const heading = random.chance(0.5)
          ? (spot.heading ?? 0)
          : ((spot.heading ?? 0) + 180) % 360;
        const lanes = edge?.lanes ?? 2;
        return {
          spot,
          name: `${spot.by}${directionName(heading)}行${numbered(seen, spot.by).slice(spot.by.length)}断面`,
          attributes: {
            road: spot.by,
            roadClass,
            edge: edge?.id ?? 0,
            heading,
            lanes,
            length: edge?.length ?? 100,
            freeSpeed: edge?.freeSpeed ?? 50,
            capacity: lanes * LANE_CAPACITY,
          },
        };
      });
    },
  };
}
