/**
 * How many incidents are open and how many were reported since midnight, by
 * facet, for the city and for every district: counted in memory as they change
 * (decisions D8).
 */
import type {
  Incident,
  incidentCountsTopic,
} from "../../../contract/incident.ts";
import type { ItemOf } from "../../../contract/live.ts";
import { DAY } from "../../../contract/time.ts";
import type { Zone } from "../../../contract/zone.ts";

export type IncidentCount = ItemOf<typeof incidentCountsTopic>;
type Facet = IncidentCount["facet"];

/** What of an incident is counted. */
export type Counted = Pick<
  Incident,
  | "priority"
  | "status"
  | "district"
  | "source"
  | "category"
  | "reportedAt"
  | "historic"
>;

/** Incidents reported today of equal facets, as the store sums them up at a start. */
export interface CountedRow {
  district: string | null;
  priority: number | null;
  status: string;
  source: string;
  category: string | null;
  count: number;
}

export interface IncidentCounts {
  /**
   * Counts an incident's change; `before` null for a new one, `after` null for
   * one that is over. Historic incidents count as open, never as today's.
   * @returns ids of the items that changed, of any district.
   */
  change(before: Counted | null, after: Counted | null, now: number): string[];
  /** Counts a new incident that was over when it came: of today, never open. */
  passed(incident: Counted, now: number): string[];
  /** Counts the ended incidents of today, which `change` never saw, at a start. */
  addToday(rows: readonly CountedRow[], now: number): void;
  ids(district: string | null): string[];
  item(id: string, district: string | null): IncidentCount | null;
  /** Begins a new day where midnight has passed. @returns ids of the items that changed. */
  roll(now: number): string[];
  clear(): void;
}

interface Count {
  open: number;
  today: number;
}

const CITY = "";
const TOTAL = "total:all";

export function createIncidentCounts(zone: Zone): IncidentCounts {
  /** District code (`` = the whole city) → item id → count. */
  const scopes = new Map<string, Map<string, Count>>();
  let today = -Infinity;

  function add(
    facets: Iterable<string>,
    district: string | null,
    open: number,
    reported: number,
    changed?: Set<string>,
  ): void {
    const names = district === null ? [CITY] : [CITY, district];
    for (const id of facets) {
      changed?.add(id);
      for (const name of names) {
        let counts = scopes.get(name);
        if (!counts) scopes.set(name, (counts = new Map<string, Count>()));
        let count = counts.get(id);
        if (!count) counts.set(id, (count = { open: 0, today: 0 }));
        count.open += open;
        count.today += reported;
        if (isForgotten(id, count)) counts.delete(id);
      }
    }
  }

  function roll(now: number): string[] {
    const midnight = zone.startOf(now, DAY);
    if (midnight <= today) return [];
    today = midnight;
    const changed = new Set<string>();
    for (const counts of scopes.values())
      for (const [id, count] of counts)
        if (count.today !== 0) {
          count.today = 0;
          if (isForgotten(id, count)) counts.delete(id);
          changed.add(id);
        }
    return [...changed];
  }

  const isToday = (incident: Counted) =>
    !incident.historic && incident.reportedAt >= today;

  return {
    change(before, after, now) {
      const changed = new Set(roll(now));
      if (before) {
        // An incident that ends today was still reported today.
        const leaves = after !== null && isToday(before) ? -1 : 0;
        add(facetsOf(before), before.district, -1, leaves, changed);
      }
      if (after)
        add(facetsOf(after), after.district, 1, +isToday(after), changed);
      return [...changed];
    },
    passed(incident, now) {
      const changed = new Set(roll(now));
      if (isToday(incident))
        add(facetsOf(incident), incident.district, 0, 1, changed);
      return [...changed];
    },
    addToday(rows, now) {
      roll(now);
      for (const row of rows) add(facetsOf(row), row.district, 0, row.count);
    },
    ids: (district) => [...(scopes.get(district ?? CITY)?.keys() ?? [])],
    item(id, district) {
      const count = scopes.get(district ?? CITY)?.get(id);
      if (!count) return null;
      const colon = id.indexOf(":");
      return {
        id,
        facet: id.slice(0, colon) as Facet,
        value: id.slice(colon + 1),
        ...count,
      };
    },
    roll,
    clear() {
      scopes.clear();
      today = -Infinity;
    },
  };
}

/** Words are a department's own: one that nothing has is no longer listed. Nothing at all is a count, too. */
const isForgotten = (id: string, { open, today }: Count): boolean =>
  open === 0 && today === 0 && id !== TOTAL;

/** Item ids (`facet:value`) under which an incident is counted. */
function facetsOf(of: Omit<CountedRow, "count">): string[] {
  return [
    TOTAL,
    `priority:${of.priority ?? "none"}`,
    `status:${of.status}`,
    `district:${of.district ?? "none"}`,
    `source:${of.source}`,
    `category:${of.category ?? "none"}`,
  ];
}
