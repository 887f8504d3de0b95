import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { instantOf } from "../world/zone.ts";
import {
  cell,
  lanesByKey,
  mergeByTime,
  oneLane,
  readCsv,
  type Recording,
  type Row,
} from "./recording.ts";

/**
 * Hourly air quality and weather of eight Beijing stations, 2013–2017 (UCI
 * data set 501). Missing is the text `NA`; it is sent as it is, for the hub to
 * count.
 */

const HOUR = 3_600_000;
const ZONE = "Asia/Shanghai";

/** Column → metric, unit, and what one unit of the file is in ours. */
const METRICS = [
  ["PM2.5", "pm25", "µg/m³", 1],
  ["PM10", "pm10", "µg/m³", 1],
  ["SO2", "so2", "µg/m³", 1],
  ["NO2", "no2", "µg/m³", 1],
  // The file has µg/m³; HJ 633 wants mg/m³.
  ["CO", "co", "mg/m³", 0.001],
  ["O3", "o3", "µg/m³", 1],
  ["TEMP", "temperature", "℃", 1],
  ["PRES", "pressure", "hPa", 1],
  ["DEWP", "dewPoint", "℃", 1],
  ["RAIN", "rain", "mm", 1],
  ["WSPM", "windSpeed", "m/s", 1],
] as const;

const COMPASS = "N NNE NE ENE E ESE SE SSE S SSW SW WSW W WNW NW NNW".split(
  " ",
);

/** Readings that one row of a station's file becomes. */
export const READINGS_PER_ROW = METRICS.length + 1;

interface Reading {
  sensor: string;
  metric: string;
  at: number;
  value: number | string;
}

export async function beijing(from: string): Promise<Recording[]> {
  const folder = join(from, "beijing-air-quality");
  const files = (await readdir(folder))
    .filter((name) => name.startsWith("PRSA_Data_"))
    .sort();
  return [
    {
      ...oneLane,
      feed: "bj-stations",
      catalogue: true,
      rows: (limit) => stations(join(folder, "stations.csv"), limit),
    },
    {
      ...oneLane,
      feed: "bj-air",
      lanes: files.length,
      laneOf: lanesByKey<Reading>(files.length, ({ sensor }) => sensor),
      rows: (limit) =>
        mergeByTime(files.map((file) => hours(join(folder, file), limit))),
    },
  ];
}

async function* stations(file: string, limit: number): AsyncGenerator<Row> {
  for await (const row of readCsv(file, limit))
    yield {
      at: null,
      items: [
        {
          id: cell(row, "station"),
          name: cell(row, "station"),
          kind: "airStation",
          lng: Number(cell(row, "lon")),
          lat: Number(cell(row, "lat")),
          district: "BJ",
          metrics: [
            ...METRICS.map(([, metric, unit]) => ({ metric, unit })),
            { metric: "windDirection", unit: "°" },
          ].map((metric) => ({ ...metric, period: HOUR })),
        },
      ],
    };
}

async function* hours(file: string, limit: number): AsyncGenerator<Row> {
  for await (const row of readCsv(file, limit)) {
    const sensor = cell(row, "station");
    const at = instantOf(
      ZONE,
      Date.UTC(
        Number(cell(row, "year")),
        Number(cell(row, "month")) - 1,
        Number(cell(row, "day")),
        Number(cell(row, "hour")),
      ),
    );
    const items: Reading[] = METRICS.map(([column, metric, , scale]) => ({
      sensor,
      metric,
      at,
      value: scaled(cell(row, column), scale),
    }));
    const wind = cell(row, "wd");
    const point = COMPASS.indexOf(wind);
    items.push({
      sensor,
      metric: "windDirection",
      at,
      value: point < 0 ? wind : point * 22.5,
    });
    yield { at, items };
  }
}

/** A number in our unit; what is no number goes as it stands. */
function scaled(text: string, scale: number): number | string {
  const value = Number(text);
  if (text === "" || Number.isNaN(value)) return text;
  return scale === 1 ? value : Math.round(value * scale * 1e6) / 1e6;
}
