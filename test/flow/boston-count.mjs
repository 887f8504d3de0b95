/**
 * Counts the requests of Boston's recorded 311 file by itself: nothing of ours
 * is imported, so that what a hub shows can be held against it.
 *
 * node test/flow/boston-count.mjs FILE.csv.gz → one line of JSON
 */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** How a request came in, as a dashboard names it. */
const SOURCES = {
  "Constituent Call": "hotline12345",
  "Citizens Connect App": "citizenSnap",
  "Self Service": "cityApp",
  "Employee Generated": "gridReport",
  "City Worker App": "gridReport",
  "Maximo Integration": "deptTransfer",
  Twitter: "media",
};
/** The point that is given to requests without a place. */
const CITY_HALL = "42.3594,-71.0587";

const lines = gunzipSync(readFileSync(process.argv[2])).toString().split("\n");
const header = lines[0].trim().split(",");
const column = (name) => header.indexOf(name);
const totals = {
  rows: 0,
  ids: 0,
  open: 0,
  closed: 0,
  source: {},
  district: {},
};
const ids = new Set();

for (const line of lines.slice(1)) {
  if (line.trim() === "") continue;
  const cells = line.trim().split(",");
  // A cell with a comma in it would be counted as two.
  if (cells.length !== header.length)
    throw new Error(`${cells.length} cells in: ${line}`);
  const cell = (name) => cells[column(name)];
  totals.rows++;
  ids.add(cell("CASE_ENQUIRY_ID"));
  if (cell("CLOSED_DT") !== "") {
    totals.closed++;
    continue;
  }
  totals.open++;
  const source = SOURCES[cell("Source")];
  const place = `${cell("LATITUDE")},${cell("LONGITUDE")}`;
  const district = place === CITY_HALL ? "none" : "BOS";
  totals.source[source] = (totals.source[source] ?? 0) + 1;
  totals.district[district] = (totals.district[district] ?? 0) + 1;
}
totals.ids = ids.size;
console.log(JSON.stringify(totals));
