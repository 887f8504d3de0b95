/** What a city without its own decisions holds about incidents. */
import { EMPTY_DOSSIER } from "../../contract/dossier.ts";
import { createZone } from "../../contract/zone.ts";
import { ORDINARY_HOURS } from "../../server/city/calendar.ts";
import { DEFAULT_LIMITS } from "../../server/city/limits.ts";
import { incidentRules } from "../../server/flow/incident-rules.ts";
import type { Place } from "../../server/flow/place.ts";
import type { Rules } from "../../server/hub/incidents/held.ts";

const named = (code: string) => ({ code, nameZh: code, nameEn: code });

/** Rules with the product's own limits, for these departments. */
export function rulesOf(
  place: Place,
  departments: readonly string[] = [],
  zone = createZone("Asia/Shanghai"),
): Rules {
  return incidentRules(
    {
      departments: departments.map(named),
      centres: departments
        .filter((code) => code.startsWith("DIST-"))
        .map((code) => ({ code, district: `9901${code.slice(-2)}` })),
      categories: [],
      limits: [...DEFAULT_LIMITS],
      calendar: { hours: ORDINARY_HOURS, days: [] },
      trusted: [],
    },
    place,
    zone,
  );
}

/** What an incident flow needs besides, where a test is about something else. */
export const flowRules = (place: Place) => ({
  rules: rulesOf(place),
  centre: "CITYOPS",
  pack: { categories: [] },
  /** Where nobody names any. */
  photos: { name: () => Promise.resolve([]) },
  algorithms: new Map(),
  noticesOf: () => ({ notices: [], withdrawn: null }),
  counted: () => undefined,
  learnerEnded: (error: Error) => {
    throw error;
  },
  failed: (error: unknown) => {
    throw error;
  },
});

export const NO_DOSSIER = structuredClone(EMPTY_DOSSIER);
