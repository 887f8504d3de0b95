import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { IndicatorRow } from "../city/types.ts";

/**
 * The city pack of a replay: one polygon for each place that recorded data
 * come from (decisions B5), feeds that keep the sources' own time, and a few
 * indicators over them.
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Box = [west: number, south: number, east: number, north: number];

interface Area {
  code: string;
  nameZh: string;
  nameEn: string;
  boxes: Box[];
}

/** Boxes with a margin around what the files hold; they are no borders. */
const AREAS: readonly Area[] = [
  {
    code: "BJ",
    nameZh: "北京",
    nameEn: "Beijing",
    boxes: [[115.95, 39.65, 116.95, 40.45]],
  },
  {
    code: "LA",
    nameZh: "洛杉矶",
    nameEn: "Los Angeles",
    boxes: [[-118.65, 33.95, -118.05, 34.35]],
  },
  {
    code: "BOS",
    nameZh: "波士顿",
    nameEn: "Boston",
    boxes: [[-71.21, 42.21, -70.97, 42.42]],
  },
  {
    code: "LDN",
    nameZh: "伦敦",
    nameEn: "London",
    boxes: [[-0.55, 51.28, 0.3, 51.72]],
  },
  {
    // What the alerts speak of: without it every one would be "not ours".
    code: "CAP",
    nameZh: "预警涉及区域",
    nameEn: "Areas of the alerts",
    boxes: [
      [-83.6, 41.3, -78.2, 43.8], // southern Ontario
      [-110.1, 53.4, -101.3, 57], // Saskatchewan
      [146.4, -36, 147.7, -34.8], // New South Wales
      [-121, 38, -119.3, 39.2], // Sierra Nevada
      [-118.6, 40.2, -116.9, 41.6], // northern Nevada
      [-116, 32.6, -115, 33.4], // Imperial Valley
      [-123.2, 38.4, -122.4, 39.2], // The Geysers
      [-89.4, 12.2, -88.2, 13.4], // off El Salvador
      [-174.3, -17, -172.7, -15.2], // Tonga
    ],
  },
];

const CITY = {
  nameZh: "录制数据回放",
  nameEn: "Replay of recorded data",
  // No province has this prefix (decisions C4).
  regionCode: "990000",
  center: [10, 35],
  bounds: [-180, -45, 180, 65],
  timeZone: "Asia/Shanghai",
};

const DEPARTMENTS = [
  ["CITYOPS", "城市运行管理中心", "City operations centre"],
  ["ECO", "生态环境局", "Ecology & environment"],
  ["TRANS", "交通运输局", "Transport"],
  ["HOTLINE", "12345热线中心", "Hotline centre"],
  ["METEO", "气象局", "Weather"],
] as const;

interface Origin {
  id: string;
  system: string;
  department: string;
  nameZh: string;
  nameEn: string;
  format: string;
  timeZone: string;
  clock: "wall" | "source";
  expectEvery: number;
  historic?: boolean;
}

const FEEDS: readonly Origin[] = [
  {
    id: "bj-stations",
    system: "bj-air",
    department: "ECO",
    nameZh: "北京空气站目录",
    nameEn: "Beijing air stations",
    format: "sensors/1",
    timeZone: "Asia/Shanghai",
    clock: "wall",
    expectEvery: DAY,
  },
  {
    id: "bj-air",
    system: "bj-air",
    department: "ECO",
    nameZh: "北京空气质量 2013–2017",
    nameEn: "Beijing air quality 2013–2017",
    format: "readings/1",
    timeZone: "Asia/Shanghai",
    clock: "source",
    expectEvery: HOUR,
  },
  {
    id: "la-stations",
    system: "la-traffic",
    department: "TRANS",
    nameZh: "洛杉矶线圈目录",
    nameEn: "Los Angeles loops",
    format: "sensors/1",
    timeZone: "America/Los_Angeles",
    clock: "wall",
    expectEvery: DAY,
  },
  {
    id: "la-loops",
    system: "la-traffic",
    department: "TRANS",
    nameZh: "洛杉矶线圈车速 2012",
    nameEn: "Los Angeles loop speeds 2012",
    format: "readings/1",
    timeZone: "America/Los_Angeles",
    clock: "source",
    expectEvery: 5 * MINUTE,
  },
  {
    id: "boston-311",
    system: "boston-311",
    department: "HOTLINE",
    nameZh: "波士顿 311 诉求 2015",
    nameEn: "Boston 311 requests 2015",
    format: "incidents/1",
    timeZone: "America/New_York",
    clock: "source",
    expectEvery: HOUR,
    historic: true,
  },
  {
    id: "london-cameras",
    system: "london-cameras",
    department: "TRANS",
    nameZh: "伦敦道路摄像机",
    nameEn: "London road cameras",
    format: "cameras/1",
    timeZone: "Europe/London",
    clock: "wall",
    expectEvery: DAY,
  },
  {
    id: "cap-google",
    system: "cap-google",
    department: "METEO",
    nameZh: "预警报文(谷歌测试集)",
    nameEn: "CAP alerts (Google test set)",
    format: "cap/1.2",
    timeZone: "UTC",
    clock: "source",
    expectEvery: DAY,
  },
  {
    id: "cap-oasis",
    system: "cap-oasis",
    department: "METEO",
    nameZh: "预警报文(OASIS 附录)",
    nameEn: "CAP alerts (OASIS appendix)",
    format: "cap/1.2",
    timeZone: "UTC",
    clock: "source",
    expectEvery: DAY,
  },
];

/** Feeds of a replay, in the order in which `feeds.json` has them. */
export const REPLAY_FEEDS: readonly string[] = FEEDS.map(({ id }) => id);

const over = (
  id: string,
  names: [zh: string, en: string],
  unit: string,
  direction: "H" | "L" | "N",
  limits: [blue: string, yellow: string, orange: string, red: string],
  precision: number,
  more: Partial<IndicatorRow> & { metric: string; system: string },
): IndicatorRow => {
  const air = more.system === "bj-air";
  const every = air ? HOUR : 5 * MINUTE;
  const [blue, yellow, orange, red] = limits;
  return {
    id,
    theme: air ? "空气质量" : "道路交通",
    themeEn: air ? "Air quality" : "Road traffic",
    nameZh: names[0],
    nameEn: names[1],
    unit,
    direction,
    blue,
    yellow,
    orange,
    red,
    hysteresis: "",
    ownerDept: air ? "ECO" : "TRANS",
    every,
    staleAfter: 3 * every,
    precision,
    source: "sensors",
    kind: air ? "airStation" : "trafficLoop",
    aggregate: "mean",
    windowKind: "latest",
    window: "",
    step: "",
    weightBy: "",
    percentile: "",
    where: "",
    formula: "",
    baseline: "none",
    scopes: "city;district;object",
    target: "",
    priority: "",
    category: "",
    opensIncident: false,
    note: "",
    ...more,
  };
};

const beijing = (metric: string, more: Partial<IndicatorRow> = {}) => ({
  system: "bj-air",
  metric,
  ...more,
});
const losAngeles = (more: Partial<IndicatorRow> = {}) => ({
  system: "la-traffic",
  metric: "speed",
  ...more,
});
const NO_LIMITS: [string, string, string, string] = ["", "", "", ""];

// prettier-ignore
const INDICATORS: readonly IndicatorRow[] = [
  // HJ 633 break points of the 24-hour (CO, O3: 1-hour) sub-index at 100, 150, 200, 300.
  over("bj.pm25", ["北京PM2.5平均浓度", "Beijing PM2.5"], "µg/m³", "L", ["75", "115", "150", "250"], 0, beijing("pm25")),
  over("bj.pm25Max", ["北京PM2.5最差站", "Beijing PM2.5, worst station"], "µg/m³", "L", ["75", "115", "150", "250"], 0, beijing("pm25", { aggregate: "max", scopes: "city;district" })),
  over("bj.pm10", ["北京PM10平均浓度", "Beijing PM10"], "µg/m³", "L", ["150", "250", "350", "420"], 0, beijing("pm10")),
  over("bj.so2", ["北京二氧化硫", "Beijing SO₂"], "µg/m³", "L", ["150", "475", "800", "1600"], 0, beijing("so2")),
  over("bj.no2", ["北京二氧化氮", "Beijing NO₂"], "µg/m³", "L", ["80", "180", "280", "565"], 0, beijing("no2")),
  over("bj.co", ["北京一氧化碳", "Beijing CO"], "mg/m³", "L", ["10", "35", "60", "90"], 1, beijing("co")),
  over("bj.o3", ["北京臭氧", "Beijing O₃"], "µg/m³", "L", ["200", "300", "400", "800"], 0, beijing("o3")),
  over("bj.temperature", ["北京气温", "Beijing temperature"], "℃", "N", NO_LIMITS, 1, beijing("temperature")),
  over("bj.windSpeed", ["北京风速", "Beijing wind speed"], "m/s", "N", NO_LIMITS, 1, beijing("windSpeed")),
  over("la.speed", ["洛杉矶平均车速", "Los Angeles mean speed"], "mph", "H", ["50", "40", "30", "20"], 1, losAngeles()),
  over("la.speedMin", ["洛杉矶最慢路段车速", "Los Angeles, slowest loop"], "mph", "N", NO_LIMITS, 1, losAngeles({ aggregate: "min", scopes: "city;district" })),
  over("la.jammed", ["洛杉矶拥堵线圈占比", "Los Angeles, loops below 30 mph"], "%", "L", ["10", "20", "35", "50"], 1, losAngeles({ aggregate: "ratio", where: "value < 30.0", scopes: "city;district" })),
];

/** Writes the pack; files of an earlier one are overwritten. */
export async function writeReplayPack(dir: string): Promise<void> {
  await mkdir(join(dir, "basemap"), { recursive: true });
  const json = (name: string, value: unknown) =>
    writeFile(join(dir, name), `${JSON.stringify(value, null, 2)}\n`);
  const csv = (name: string, rows: readonly (readonly unknown[])[]) =>
    writeFile(
      join(dir, name),
      rows.map((row) => row.map(csvCell).join(",")).join("\n") + "\n",
    );
  const columns = Object.keys(INDICATORS[0]!) as (keyof IndicatorRow)[];
  const areas = AREAS.map(({ boxes, ...properties }) => ({
    type: "Feature",
    properties: { ...properties, level: "district" },
    geometry: { type: "MultiPolygon", coordinates: boxes.map(ringOf) },
  }));

  await json("city.json", CITY);
  await json("districts.geojson", {
    type: "FeatureCollection",
    features: areas,
  });
  await json("basemap/land.geojson", {
    type: "FeatureCollection",
    features: areas,
  });
  await json(
    "feeds.json",
    FEEDS.map(({ historic = false, ...feed }) => ({
      ...feed,
      transport: "http",
      mapping: null,
      yields: null,
      crs: "WGS84",
      historic,
      // At `--speed max` only the acknowledgements set the pace.
      quota: { perSecond: 1_000_000, burst: 1_000_000 },
      enabled: true,
    })),
  );
  await csv("departments.csv", [["code", "nameZh", "nameEn"], ...DEPARTMENTS]);
  await csv("categories.csv", [["code", "parent", "nameZh", "nameEn"]]);
  await csv("limits.csv", [
    ["category", "grade", "type", "value", "verifyMinutes"],
  ]);
  await csv("calendar.csv", [["date", "kind", "nameZh", "nameEn"]]);
  await csv("indicators.csv", [
    columns,
    ...INDICATORS.map((row) => columns.map((column) => row[column])),
  ]);
}

/** One polygon, its corners cut, its first point repeated at the end. */
function ringOf([w, s, e, n]: Box): [number, number][][] {
  const x = (e - w) / 5;
  const y = (n - s) / 5;
  return [
    [
      [w + x, s],
      [e - x, s],
      [e, s + y],
      [e, n - y],
      [e - x, n],
      [w + x, n],
      [w, n - y],
      [w, s + y],
      [w + x, s],
    ],
  ];
}

function csvCell(value: unknown): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
