/** What the city decided once for all its incidents, out of its pack. */
import { DAY } from "../../contract/time.ts";
import type { Zone } from "../../contract/zone.ts";
import type { CityPack } from "../city/pack.ts";
import { createCalendar } from "../../contract/work-time.ts";
import type { Rules } from "../hub/incidents/held.ts";
import type { Place } from "./place.ts";

/** Days in which a closed incident may be opened again. */
const REOPEN_DAYS = 30;

export function incidentRules(
  pack: Pick<
    CityPack,
    "departments" | "centres" | "categories" | "limits" | "calendar" | "trusted"
  >,
  place: Place,
  zone: Zone,
): Rules {
  const parents = new Map(
    pack.categories.map(({ code, parent }) => [code, parent]),
  );
  function parentsOf(category: string | null): string[] {
    const found: string[] = [];
    let next = category === null ? null : (parents.get(category) ?? null);
    while (next !== null && !found.includes(next)) {
      found.push(next);
      next = parents.get(next) ?? null;
    }
    return found;
  }
  return {
    calendar: createCalendar({ ...pack.calendar, zone }),
    limits: pack.limits,
    parentsOf,
    departments: new Set(pack.departments.map(({ code }) => code)),
    centres: new Map(pack.centres.map((centre) => [centre.code, centre])),
    districtAt: place.districtAt,
    gridAt: place.gridAt,
    townAt: place.townAt,
    trusted: new Set(pack.trusted),
    reopenWithin: REOPEN_DAYS * DAY,
  };
}
