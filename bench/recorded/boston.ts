/**
 * Boston's 311 requests as suggestions may see them (decisions I5): place, time
 * and source. There is no description; TYPE and the department are what is
 * asked for, TITLE, REASON, SUBJECT and QUEUE tell them and stay unread.
 */
import { join } from "node:path";
import { createZone, type Zone } from "../../contract/zone.ts";
import type { Reported } from "../../server/hub/incidents/likeness/reported.ts";
import { readRows } from "./rows.ts";

/** The point of the city hall, given to requests without a place. */
const NOWHERE = "42.3594,-71.0587";

export interface Request extends Reported {
  category: string;
  /** Closed as the same matter as another one. */
  duplicate: boolean;
  /** Infinity while open. */
  closedAt: number;
}

export const BOSTON_ZONE = createZone("America/New_York");

/** In the order in which they were opened. */
export function readBoston(folder: string): Request[] {
  const file = join(folder, "311-boston", "boston-311-2015-01-02.csv.gz");
  const requests = readRows(file).map((row): Request => {
    const [lat, lng] = [row["LATITUDE"]!, row["LONGITUDE"]!];
    const known = `${lat},${lng}` !== NOWHERE;
    const closed = row["CLOSED_DT"]!;
    return {
      id: row["CASE_ENQUIRY_ID"]!,
      ...{ title: "", description: "" },
      // A corner or a house, and the neighbourhood: what a caller says of the place.
      address: `${row["neighborhood"]} ${row["Property_Type"]}`,
      category: row["TYPE"]!,
      department: row["Department"]!,
      source: row["Source"]!,
      ...{ departments: [], district: null },
      lng: known ? Number(lng) : null,
      lat: known ? Number(lat) : null,
      reportedAt: instantOf(row["OPEN_DT"]!, BOSTON_ZONE),
      closedAt: closed ? instantOf(closed, BOSTON_ZONE) : Infinity,
      duplicate: row["CLOSURE_CODE"]!.includes("Duplicate"),
    };
  });
  return requests.sort((a, b) => a.reportedAt - b.reportedAt);
}

/** Epoch ms of `MM/DD/YYYY hh:mm:ss AM|PM` in local time. */
function instantOf(text: string, zone: Zone): number {
  const [, month, day, year, hour, minute, second, half] =
    /^(\d+)\/(\d+)\/(\d+) (\d+):(\d+):(\d+) ([AP])M$/.exec(text) ?? [];
  const local = Date.UTC(
    ...([Number(year), Number(month) - 1, Number(day)] as const),
    (Number(hour) % 12) + (half === "P" ? 12 : 0),
    ...([Number(minute), Number(second)] as const),
  );
  if (Number.isNaN(local))
    throw new Error(`"${text}" is no time of the form MM/DD/YYYY hh:mm:ss AM`);
  return local - zone.offsetAt(local - zone.offsetAt(local));
}
