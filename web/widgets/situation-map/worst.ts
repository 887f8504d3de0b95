import type { Incident } from "../../../contract/incident.ts";

/** More than a handful that shout is noise. */
const MOST = 6;

export interface PlacedIncident extends Incident {
  lng: number;
  lat: number;
}

/**
 * The incidents that shout: all of the worst priority there is, if that is
 * `from` or worse, newest first. Historic ones never shout (decisions B3). Pure.
 */
export function worstIncidents(
  incidents: Iterable<Incident>,
  from: number,
): PlacedIncident[] {
  let worst = from;
  let found: PlacedIncident[] = [];
  for (const incident of incidents) {
    const { priority, lng, lat, historic } = incident;
    if (priority === null || priority > worst || historic) continue;
    if (lng === null || lat === null) continue;
    if (priority < worst) found = [];
    worst = priority;
    found.push({ ...incident, lng, lat });
  }
  return found
    .sort((a, b) => b.reportedAt - a.reportedAt || (a.id < b.id ? -1 : 1))
    .slice(0, MOST);
}
