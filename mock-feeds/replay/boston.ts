import { join } from "node:path";
import { instantOf, isoIn } from "../world/zone.ts";
import {
  cell,
  oneLane,
  readCsv,
  type Recording,
  type Row,
} from "./recording.ts";

/**
 * Requests to Boston's 311 in the snow weeks of January and February 2015. US
 * Eastern local times. The point that the city hall gives to requests without
 * a place is no place.
 */

const ZONE = "America/New_York";
const NOWHERE = "42.3594,-71.0587";

/** How a request came in, in our words (domain.md §7). */
const SOURCES: Record<string, string> = {
  "Constituent Call": "hotline12345",
  "Citizens Connect App": "citizenSnap",
  "Self Service": "cityApp",
  "Employee Generated": "gridReport",
  "City Worker App": "gridReport",
  "Maximo Integration": "deptTransfer",
  Twitter: "media",
};

export function boston(from: string): Recording[] {
  const file = join(from, "311-boston", "boston-311-2015-01-02.csv.gz");
  return [
    { ...oneLane, feed: "boston-311", rows: (limit) => requests(file, limit) },
  ];
}

async function* requests(file: string, limit: number): AsyncGenerator<Row> {
  // The file is nearly in order; a paced replay wants it wholly so.
  const rows: Row[] = [];
  for await (const row of readCsv(file, limit)) rows.push(request(row));
  yield* rows.sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
}

function request(row: Record<string, string>): Row {
  const opened = localInstant(cell(row, "OPEN_DT"));
  const closed = cell(row, "CLOSED_DT");
  const lat = cell(row, "LATITUDE");
  const lng = cell(row, "LONGITUDE");
  const known = `${lat},${lng}` !== NOWHERE;
  const type = cell(row, "TYPE");
  const source = cell(row, "Source");
  return {
    at: opened,
    items: [
      {
        externalId: cell(row, "CASE_ENQUIRY_ID"),
        source: SOURCES[source] ?? source,
        title: cell(row, "CASE_TITLE") || type,
        description: `${cell(row, "SUBJECT")} · ${cell(row, "REASON")} · ${type}`,
        ...(known && { lng: Number(lng), lat: Number(lat) }),
        address: cell(row, "neighborhood"),
        reportedAt: isoIn(ZONE, opened),
        ...(closed && { closedAt: isoIn(ZONE, localInstant(closed)) }),
      },
    ],
  };
}

/** Epoch ms of `MM/DD/YYYY hh:mm:ss AM|PM`. */
function localInstant(text: string): number {
  const [date = "", time = "", half = ""] = text.split(" ");
  const [month, day, year] = date.split("/").map(Number);
  const [hour, minute, second] = time.split(":").map(Number);
  const local = Date.UTC(
    year ?? NaN,
    (month ?? NaN) - 1,
    day,
    ((hour ?? NaN) % 12) + (half === "PM" ? 12 : 0),
    minute,
    second,
  );
  if (Number.isNaN(local))
    throw new Error(`"${text}" is no time of the form MM/DD/YYYY hh:mm:ss AM`);
  return instantOf(ZONE, local);
}
