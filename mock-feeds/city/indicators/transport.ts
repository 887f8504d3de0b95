import type { Theme } from "./row.ts";
import {
  CITY_ONLY,
  formula,
  HOUR,
  latest,
  MINUTE,
  NO_LIMITS,
  reported,
  sliding,
} from "./row.ts";

const LOOPS = ["traffic", "trafficLoop"] as const;

/**
 * Congestion index from the share of congested arterials, piecewise linear as
 * in DB11/T 785: 4, 8, 11, 14 and 24 % are the indices 2, 4, 6, 8 and 10.
 */
const CONGESTION =
  `ind["traf.congestedShare"] <= 4.0 ? ind["traf.congestedShare"] / 2.0
: ind["traf.congestedShare"] <= 8.0 ? 2.0 + (ind["traf.congestedShare"] - 4.0) / 2.0
: ind["traf.congestedShare"] <= 11.0 ? 4.0 + (ind["traf.congestedShare"] - 8.0) / 1.5
: ind["traf.congestedShare"] <= 14.0 ? 6.0 + (ind["traf.congestedShare"] - 11.0) / 1.5
: ind["traf.congestedShare"] <= 24.0 ? 8.0 + (ind["traf.congestedShare"] - 14.0) / 5.0
: 10.0`.replaceAll("\n", " ");

export const transport: Theme = {
  nameZh: "交通",
  nameEn: "Transport",
  rows: [
    {
      id: "traf.congestionIndex",
      nameZh: "交通运行指数",
      nameEn: "Traffic performance index",
      unit: "0–10",
      direction: "L",
      limits: [4, 6, 7, 8],
      owner: "TRANS",
      every: MINUTE,
      from: formula(CONGESTION),
      precision: 1,
      note: "GB/T 33171 bands 2/4/6/8; from the share of congested arterials",
    },
    {
      id: "traf.congestedShare",
      nameZh: "主干路拥堵比例",
      nameEn: "Congested arterials",
      unit: "%",
      direction: "N",
      limits: NO_LIMITS,
      owner: "POLICE",
      every: MINUTE,
      from: latest([...LOOPS, "speed"], "ratio", { where: "value <= 20.0" }),
      precision: 1,
      note: "sections slower than 20 km/h",
    },
    {
      id: "traf.arterialSpeed",
      nameZh: "主干路平均车速",
      nameEn: "Mean arterial speed",
      unit: "km/h",
      direction: "H",
      limits: [30, 20, 15, 10],
      owner: "POLICE",
      every: MINUTE,
      from: sliding([...LOOPS, "speed"], "weightedMean", 5 * MINUTE, MINUTE, {
        weightBy: "length",
      }),
      precision: 1,
      note: "length-weighted over 5 min; levels 40/30/20/15 are common too",
    },
    {
      id: "traf.expresswaySpeed15",
      nameZh: "快速路15%位车速",
      nameEn: "Expressway speed, 15th percentile",
      unit: "km/h",
      direction: "H",
      limits: [50, 40, 30, 20],
      owner: "POLICE",
      every: MINUTE,
      from: latest(["traffic", "expresswayLoop", "speed"], "percentile", {
        percentile: "15",
      }),
      precision: 1,
    },
    {
      id: "traf.accidentsToday",
      nameZh: "当日交通事故数",
      nameEn: "Accidents today",
      unit: "count",
      direction: "L",
      limits: ["+20%", "+50%", "+100%", "+200%"],
      owner: "POLICE",
      every: 15 * MINUTE,
      from: reported,
      note: "since midnight",
    },
    {
      id: "traf.metroMaxLoad",
      nameZh: "轨道最大断面满载率",
      nameEn: "Metro peak load",
      unit: "%",
      direction: "L",
      limits: [80, 100, 110, 120],
      owner: "TRANS",
      every: 5 * MINUTE,
      from: latest(["iot", "metroSection", "loadRate"], "max"),
      precision: 0,
      scopes: CITY_ONLY,
    },
    {
      id: "traf.parkingFree",
      nameZh: "公共泊位空余率",
      nameEn: "Free public parking",
      unit: "%",
      direction: "H",
      limits: [20, 10, 5, 2],
      owner: "TRANS",
      every: MINUTE,
      from: formula(
        '100.0 * ind["traf.parkingSpaces"] / ind["traf.parkingCapacity"]',
      ),
      precision: 1,
    },
    {
      id: "traf.parkingSpaces",
      nameZh: "公共停车空余泊位",
      nameEn: "Free parking spaces",
      unit: "space",
      direction: "N",
      limits: NO_LIMITS,
      owner: "TRANS",
      every: MINUTE,
      from: latest(["parking", "parkingLot", "free"], "sum"),
    },
    {
      id: "traf.parkingCapacity",
      nameZh: "公共停车泊位总数",
      nameEn: "Parking capacity",
      unit: "space",
      direction: "N",
      limits: NO_LIMITS,
      owner: "TRANS",
      every: MINUTE,
      from: latest(["parking", "parkingLot", "capacity"], "sum"),
    },
    {
      id: "traf.keyVehicleOnline",
      nameZh: "两客一危一货在线率",
      nameEn: "Key-vehicle online rate",
      unit: "%",
      direction: "H",
      limits: [95, 90, 85, 80],
      owner: "TRANS",
      every: 5 * MINUTE,
      from: reported,
      precision: 1,
      scopes: CITY_ONLY,
    },
    {
      id: "traf.keyVehicleAlarm",
      nameZh: "重点车辆百车报警数",
      nameEn: "Alarms per 100 key vehicles·day",
      unit: "count",
      direction: "L",
      limits: [5, 10, 20, 30],
      owner: "TRANS",
      every: HOUR,
      from: reported,
      precision: 1,
      scopes: CITY_ONLY,
    },
  ],
};
