/**
 * How many incidents are open and how many were reported since midnight, by
 * facet, for the city and for every district: counted in memory as they change
 * (decisions D8).
 */
import { ENDED } from "../../../contract/incident-status.ts";
import {
  type Incident,
  type incidentCountsTopic,
} from "../../../contract/incident.ts";
import type { ItemOf } from "../../../contract/live.ts";
import { DAY } from "../../../contract/time.ts";
import type { Zone } from "../../../contract/zone.ts";

export type IncidentCount = ItemOf<typeof incidentCountsTopic>;
type Facet = IncidentCount["facet"];

/** What of an incident is counted, and whose it is. */
export type Counted = Pick<
  Incident,
  | "id"
  | "feed"
  | "departments"
  | "priority"
  | "status"
  | "district"
  | "source"
  | "category"
  | "reportedAt"
  | "historic"
>;

export interface IncidentCounts {
  /**
   * Counts an incident as it is now, instead of as it was: while it is open,
   * and as one of today's whether it is open or over. Historic ones are never
   * today's.
   * @returns ids of the items that changed, of any district.
   */
  tell(incident: Counted, now: number): string[];
  /** Takes an incident back, as if it had never been told. @returns as `tell` */
  drop(id: string, now: number): string[];
  /**
   * All that is counted, to count a part of it elsewhere; of very many that
   * ended today not the first.
   */
  held(): Iterable<Counted>;
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

const TOTAL = "total:all";
/**
 * Ended incidents of today that are known of one feed, as many as it may have
 * open; of more, the first are still counted, but would count again if resent.
 */
const MOST_ENDED = 200_000;

export function createIncidentCounts(
  zone: Zone,
  mostEnded = MOST_ENDED,
): IncidentCounts {
  /** District code (null = the whole city) → item id → count. */
  const scopes = new Map<string | null, Map<string, Count>>();
  /** All that is counted, as it is counted: what is open, and what ended of today's. */
  const held = new Map<string, Counted>();
  /** Feed → ids of those that ended, the longest known first. */
  const endedOf = new Map<string, Set<string>>();
  let today = -Infinity;

  function add(
    facets: readonly string[],
    district: string | null,
    open: number,
    reported: number,
  ): void {
    for (const name of district === null ? [null] : [null, district]) {
      let counts = scopes.get(name);
      if (!counts) scopes.set(name, (counts = new Map<string, Count>()));
      for (const id of facets) {
        let count = counts.get(id);
        if (!count) counts.set(id, (count = { open: 0, today: 0 }));
        count.open += open;
        count.today += reported;
        if (isForgotten(count)) counts.delete(id);
      }
    }
  }

  const isToday = ({ historic, reportedAt }: Counted) =>
    !historic && reportedAt >= today;

  /** @param times 1 counts it, -1 takes it back */
  function count(of: Counted, times: 1 | -1, changed: Set<string>): void {
    const facets = facetsOf(of);
    for (const id of facets) changed.add(id);
    add(facets, of.district, isEnded(of) ? 0 : times, isToday(of) ? times : 0);
  }

  function forget({ id, feed }: Counted): void {
    held.delete(id);
    const ended = endedOf.get(feed);
    if (ended?.delete(id) && ended.size === 0) endedOf.delete(feed);
  }

  function hold(incident: Counted): void {
    const { id, feed } = incident;
    if (!isEnded(incident)) return void held.set(id, incident);
    // Its text need not stay in memory.
    held.set(id, countedOf(incident));
    let ended = endedOf.get(feed);
    if (!ended) endedOf.set(feed, (ended = new Set()));
    ended.add(id);
    if (ended.size <= mostEnded) return;
    const [first] = ended;
    forget(held.get(first!)!);
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
          if (isForgotten(count)) counts.delete(id);
          changed.add(id);
        }
    for (const of of held.values())
      // A sender's clock may have been ahead of midnight.
      if (isToday(of)) add(facetsOf(of), of.district, 0, 1);
      else if (isEnded(of)) forget(of);
    return [...changed];
  }

  function takeBack(id: string, changed: Set<string>): void {
    const before = held.get(id);
    if (!before) return;
    count(before, -1, changed);
    forget(before);
  }

  return {
    tell(incident, now) {
      const changed = new Set(roll(now));
      takeBack(incident.id, changed);
      if (!isEnded(incident) || isToday(incident)) {
        count(incident, 1, changed);
        hold(incident);
      }
      return [...changed];
    },
    drop(id, now) {
      const changed = new Set(roll(now));
      takeBack(id, changed);
      return [...changed];
    },
    held: () => held.values(),
    ids: (district) => [
      ...new Set([TOTAL, ...(scopes.get(district)?.keys() ?? [])]),
    ],
    item(id, district) {
      // Nothing at all is a count, too.
      const nothing = id === TOTAL ? { open: 0, today: 0 } : null;
      const count = scopes.get(district)?.get(id) ?? nothing;
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
      held.clear();
      endedOf.clear();
      today = -Infinity;
    },
  };
}

const isEnded = ({ status }: Counted): boolean => ENDED.has(status);

/** The counted part alone: it holds no text of the incident in memory. */
export const countedOf = (of: Counted): Counted => ({
  id: of.id,
  feed: of.feed,
  departments: of.departments,
  priority: of.priority,
  status: of.status,
  district: of.district,
  source: of.source,
  category: of.category,
  reportedAt: of.reportedAt,
  historic: of.historic,
});

/** Words are a department's own: one that nothing has is no longer listed. */
const isForgotten = ({ open, today }: Count): boolean =>
  open === 0 && today === 0;

/** Item ids (`facet:value`) under which an incident is counted. */
function facetsOf(of: Counted): string[] {
  return [
    TOTAL,
    `priority:${of.priority ?? "none"}`,
    `status:${of.status}`,
    `district:${of.district ?? "none"}`,
    `source:${of.source}`,
    `category:${of.category ?? "none"}`,
  ];
}
