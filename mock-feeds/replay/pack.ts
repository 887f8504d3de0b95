import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { IndicatorRow } from "../city/types.ts";
import { AREAS, FEEDS, type Box } from "./origins.ts";

/**
 * The city pack of a replay: one polygon for each place that recorded data
 * come from (decisions B5), feeds that keep the sources' own time, and a few
 * indicators over them.
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

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
    least: "",
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
    ["category", "matterClass", "stage", "amount", "type"],
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
