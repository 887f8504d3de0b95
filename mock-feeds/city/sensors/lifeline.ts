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

/** 燃气, 热力, bridges, tunnels and the ground: the lifeline office of 住房和城乡建设局. */
export const lifelineKinds: SensorKind[] = [
  {
    kind: "gasAdjacent",
    system: "lifeline",
    feed: "gas",
    prefix: "GA",
    metrics: [metric("methane", "%VOL", 0, 100, 5 * MINUTE)],
    sites: ({ spots }, random) => {
      const seen = new Map<string, number>();
      const SPACES = ["雨水井", "污水井", "电力井", "通信井", "暗渠"] as const;
      return times(5400, () => {
        const spot = spots.roadside(random, ["主干路", "次干路", "支路"], 5);
        const space = random.pick(SPACES);
        return {
          spot,
          name: `${numbered(seen, spot.by)}${space}甲烷监测点`,
          attributes: { space },
        };
      });
    },
  },
  {
    kind: "gasAlarm",
    system: "lifeline",
    feed: "gas",
    prefix: "GL",
    metrics: [metric("alarm", "", 0, 1, 30 * MINUTE)],
    sites: ({ spots }, random) => {
      const USERS = ["餐饮用户", "居民用户", "学校食堂", "酒店"] as const;
      return times(4800, (i) => {
        const spot = spots.homely(random);
        const user = random.pick(USERS);
        return {
          spot,
          name: `${spot.by}${user}燃气报警器${i + 1}`,
          attributes: { user },
        };
      });
    },
  },
  {
    kind: "gasRegulator",
    system: "lifeline",
    feed: "gas",
    prefix: "GR",
    metrics: [
      metric("pressure", "kPa", 0, 800, 5 * MINUTE),
      metric("flow", "m³/h", 0, 40_000, 5 * MINUTE),
    ],
    sites: ({ spots }, random) => {
      const seen = new Map<string, number>();
      return times(240, () => {
        const spot = spots.roadside(random, ["次干路", "支路"], 20);
        return { spot, name: `${numbered(seen, spot.by)}调压站` };
      });
    },
  },
  {
    kind: "mainVibration",
    system: "lifeline",
    feed: "gas",
    prefix: "MV",
    metrics: [metric("vibration", "mm/s", 0, 100, MINUTE)],
    sites: ({ spots }, random) => {
      const seen = new Map<string, number>();
      return times(180, () => {
        const spot = spots.roadside(random, ["主干路", "次干路"], 6);
        return { spot, name: `${numbered(seen, spot.by)}燃气干管振动点` };
      });
    },
  },
  {
    kind: "gasStorage",
    system: "lifeline",
    feed: "gas",
    prefix: "GS",
    metrics: [metric("stockDays", "day", 0, 60, HOUR)],
    sites: ({ spots }, random) =>
      times(4, (i) => ({
        spot: spots.roadside(random, ["主干路"], 150, true),
        name: `江澜燃气第${"一二三四".charAt(i)}储配站`,
      })),
  },
  {
    kind: "heatRoom",
    system: "lifeline",
    feed: "heating",
    prefix: "HR",
    metrics: [metric("roomTemperature", "℃", -20, 45, 30 * MINUTE)],
    sites: (ground, random) => {
      const estates = atPlaces(ground, "estate");
      return times(1800, (i) => {
        const home = estates[i % estates.length] ?? random.pick(estates);
        return {
          spot: home.spot,
          name: `${home.place.nameZh}${random.integer(1, 28)}幢室温点${Math.floor(i / estates.length) + 1}`,
        };
      });
    },
  },
  {
    kind: "heatStation",
    system: "lifeline",
    feed: "heating",
    prefix: "HT",
    metrics: [
      metric("supplyTemperature", "℃", 0, 150, 5 * MINUTE),
      metric("returnTemperature", "℃", 0, 120, 5 * MINUTE),
      metric("pressure", "MPa", 0, 3, 5 * MINUTE),
    ],
    sites: ({ spots }, random) => {
      const seen = new Map<string, number>();
      return times(240, () => {
        const spot = spots.homely(random);
        return { spot, name: `${numbered(seen, spot.by)}换热站` };
      });
    },
  },
  {
    kind: "bridge",
    system: "lifeline",
    feed: "structures",
    prefix: "BG",
    metrics: [metric("alarmLevel", "level", 0, 4, 5 * MINUTE)],
    sites: (ground) =>
      monitoredBridges(ground).map(({ bridge, spot }) => ({
        spot,
        name: `${bridge.nameZh}健康监测`,
        attributes: { bridge: bridge.id, length: bridge.length },
      })),
  },
  bridgePart("bridgeStress", "BS", 10, "桥墩应力", [
    metric("stress", "MPa", -300, 300, 5 * MINUTE),
  ]),
  bridgePart("bridgeDisplacement", "BD", 5, "水平位移", [
    metric("displacement", "mm", -200, 200, 5 * MINUTE),
  ]),
  bridgePart("bridgeCrack", "BC", 2, "裂缝", [
    metric("width", "mm", 0, 10, HOUR),
  ]),
  {
    kind: "roadSettlement",
    system: "lifeline",
    feed: "structures",
    prefix: "ST",
    metrics: [
      metric("settlementRate", "mm/d", -5, 50, 10 * MINUTE),
      metric("settlement", "mm", -50, 500, 10 * MINUTE),
    ],
    sites: ({ spots }, random) => {
      const seen = new Map<string, number>();
      return times(360, () => {
        const spot = spots.roadside(random, ["主干路", "次干路"]);
        return { spot, name: `${numbered(seen, spot.by)}路面沉降点` };
      });
    },
  },
  {
    kind: "buildingTilt",
    system: "lifeline",
    feed: "structures",
    prefix: "BT",
    metrics: [
      metric("tilt", "‰", -30, 30, 30 * MINUTE),
      metric("settlement", "mm", -50, 300, 30 * MINUTE),
    ],
    sites: (ground) =>
      atPlaces(ground, "estate")
        .slice(0, 320)
        .map(({ place, spot }) => ({
          spot,
          name: `${place.nameZh}房屋倾斜点`,
        })),
  },
  {
    kind: "tunnelSection",
    system: "lifeline",
    feed: "structures",
    prefix: "UT",
    metrics: [
      metric("alarmLevel", "level", 0, 4, 5 * MINUTE),
      metric("methane", "%VOL", 0, 100, 5 * MINUTE),
      metric("oxygen", "%VOL", 0, 25, 5 * MINUTE),
      metric("temperature", "℃", -10, 80, 5 * MINUTE),
      metric("waterLevel", "m", 0, 4, 5 * MINUTE),
    ],
    sites: ({ spots }, random) => {
      const seen = new Map<string, number>();
      return times(260, () => {
        const spot = spots.roadside(random, ["快速路", "主干路"], 8);
        return {
          spot,
          name: `${spot.by}综合管廊${numbered(seen, spot.by).slice(spot.by.length)}分区`,
          attributes: { tunnel: `${spot.by}综合管廊`, length: round(200) },
        };
      });
    },
  },
];

const MONITORED = 72;

function monitoredBridges({
  bridges,
  spots,
}: Parameters<SensorKind["sites"]>[0]) {
  return [...bridges]
    .sort((a, b) => b.length - a.length)
    .flatMap((bridge) => {
      const spot = spots.at(bridge.at, bridge.nameZh);
      return spot ? [{ bridge, spot }] : [];
    })
    .slice(0, MONITORED);
}

/** `each` sensors of one sort on every monitored bridge. */
function bridgePart(
  kind: string,
  prefix: string,
  each: number,
  what: string,
  metrics: SensorKind["metrics"],
): SensorKind {
  return {
    kind,
    system: "lifeline",
    feed: "structures",
    prefix,
    metrics,
    sites: (ground) =>
      monitoredBridges(ground).flatMap(({ bridge, spot }) =>
        times(each, (i) => ({
          spot,
          name: `${bridge.nameZh}${what}${i + 1}`,
          attributes: { bridge: bridge.id, pier: i + 1 },
        })),
      ),
  };
}
