import { join } from "node:path";
import { instantOf } from "../world/zone.ts";
import {
  cell,
  lanesByKey,
  oneLane,
  readCsv,
  type Recording,
  type Row,
} from "./recording.ts";

/**
 * METR-LA: speeds of 156 loops on Los Angeles freeways, a week from 1 March
 * 2012 in steps of five minutes, US Pacific time. The file has no time column:
 * the row's number is its time.
 */

const STEP = 300_000;
const ZONE = "America/Los_Angeles";
const FIRST = instantOf(ZONE, Date.UTC(2012, 2, 1));
const LANES = 4;

export function losAngeles(from: string): Recording[] {
  const folder = join(from, "metr-la");
  const speeds = join(folder, "los_speed.csv.gz");
  return [
    {
      ...oneLane,
      feed: "la-stations",
      catalogue: true,
      rows: () => loops(join(folder, "graph_sensor_locations.csv"), speeds),
    },
    {
      ...oneLane,
      feed: "la-loops",
      lanes: LANES,
      laneOf: lanesByKey<{ sensor: string }>(LANES, ({ sensor }) => sensor),
      rows: (limit) => steps(speeds, limit),
    },
  ];
}

/** Only the loops that the speed file has, whatever the limit. */
async function* loops(places: string, speeds: string): AsyncGenerator<Row> {
  const ids = new Set<string>();
  for await (const row of readCsv(speeds, 1))
    for (const id of Object.keys(row)) ids.add(id);
  for await (const row of readCsv(places, Infinity)) {
    const id = cell(row, "sensor_id");
    if (!ids.has(id)) continue;
    yield {
      at: null,
      items: [
        {
          id,
          name: `Loop ${id}`,
          kind: "trafficLoop",
          lng: Number(cell(row, "longitude")),
          lat: Number(cell(row, "latitude")),
          district: "LA",
          metrics: [
            { metric: "speed", unit: "mph", min: 0, max: 100, period: STEP },
          ],
        },
      ],
    };
  }
}

async function* steps(file: string, limit: number): AsyncGenerator<Row> {
  let at = FIRST;
  for await (const row of readCsv(file, limit)) {
    const items = Object.entries(row).map(([sensor, speed]) => ({
      sensor,
      metric: "speed",
      at,
      value: Number(speed),
    }));
    yield { at, items };
    at += STEP;
  }
}
