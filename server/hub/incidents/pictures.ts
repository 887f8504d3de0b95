/**
 * The open incidents in their order and all counts, for the whole city and for
 * every scope that somebody follows: what lies outside a scope moves nothing in it.
 */
import {
  isWholeCity,
  sees,
  viewKey,
  type DataScope,
  type Whose,
} from "../../../contract/data-scope.ts";
import { ENDED } from "../../../contract/incident-status.ts";
import type { Incident } from "../../../contract/incident.ts";
import type { Zone } from "../../../contract/zone.ts";
import {
  createIncidentCounts,
  type Counted,
  type IncidentCounts,
} from "./counts.ts";
import { createRanking, type Ranking } from "./ranking.ts";

export interface Picture {
  ranking: Ranking;
  counts: IncidentCounts;
}

/** Ids of counts that changed, by the scope in which they did. */
export type Changes = ReadonlyMap<string, ReadonlySet<string>>;

export interface Pictures {
  /** A scope's picture; made when it is first asked for. */
  of(scope: DataScope): Picture;
  /** An incident as it is now, and as it was where it was open before. */
  tell(incident: Counted, before?: Incident): Changes;
  /** Begins a new day where midnight has passed. */
  roll(): Changes;
  /** Forgets the scopes that are not among these. */
  keep(scopes: readonly DataScope[]): void;
  clear(): void;
}

/** Whose an incident is. */
export const whoseOf = ({
  departments,
  district,
}: Pick<Incident, "departments" | "district">): Whose => ({
  departments,
  district,
});

/** The same for every masking: what is seen is the same. */
const keys = new WeakMap<DataScope, string>();
export function scopeKey(scope: DataScope): string {
  let key = keys.get(scope);
  if (key === undefined)
    keys.set(scope, (key = viewKey({ ...scope, masking: "all" })));
  return key;
}

export function createPictures(zone: Zone, now: () => number): Pictures {
  const created = (): Picture => ({
    ranking: createRanking(),
    counts: createIncidentCounts(zone),
  });
  const city = created();
  const cityKey = scopeKey({ departments: null, districts: null });
  const scoped = new Map<string, Picture & { scope: DataScope }>();

  function tellCity(incident: Counted, before: Incident | undefined) {
    if (before) city.ranking.delete(before);
    if (!ENDED.has(incident.status)) city.ranking.add(incident);
    return city.counts.tell(incident, now());
  }

  function made(scope: DataScope): Picture & { scope: DataScope } {
    const picture = { ...created(), scope };
    for (const incident of city.counts.held()) {
      if (!sees(scope, whoseOf(incident))) continue;
      picture.counts.tell(incident, now());
      if (!ENDED.has(incident.status)) picture.ranking.add(incident);
    }
    return picture;
  }

  return {
    of(scope) {
      if (isWholeCity(scope)) return city;
      const key = scopeKey(scope);
      let picture = scoped.get(key);
      if (!picture) scoped.set(key, (picture = made(scope)));
      return picture;
    },

    tell(incident, before) {
      const changes = new Map<string, Set<string>>();
      const isOpen = !ENDED.has(incident.status);
      for (const [key, { scope, ranking, counts }] of scoped) {
        const isSeen = sees(scope, whoseOf(incident));
        if (before && sees(scope, whoseOf(before))) ranking.delete(before);
        if (isSeen && isOpen) ranking.add(incident);
        const changed = isSeen
          ? counts.tell(incident, now())
          : counts.drop(incident.id, now());
        if (changed.length > 0) changes.set(key, new Set(changed));
      }
      return changes.set(cityKey, new Set(tellCity(incident, before)));
    },

    roll() {
      const changes = new Map<string, Set<string>>();
      for (const [key, { counts }] of [...scoped, [cityKey, city] as const]) {
        const changed = counts.roll(now());
        if (changed.length > 0) changes.set(key, new Set(changed));
      }
      return changes;
    },

    keep(scopes) {
      const followed = new Set(scopes.map(scopeKey));
      for (const key of scoped.keys())
        if (!followed.has(key)) scoped.delete(key);
    },

    clear() {
      scoped.clear();
      city.ranking.clear();
      city.counts.clear();
    },
  };
}
