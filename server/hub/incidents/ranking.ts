/** Open incidents in their order, of the city and of every district: a list of the first few is never searched for. */
import type { Incident } from "../../../contract/incident.ts";
import { createSorted, type Sorted } from "./sorted.ts";

type Ranked = Pick<Incident, "id" | "priority" | "reportedAt" | "district">;

/** The first `limit` of a district; of the city where no district is given. */
export interface Best {
  district?: string;
  limit: number;
}

export interface Ranking {
  add(incident: Ranked): void;
  /** Takes it out; it must be as it was added. */
  delete(incident: Ranked): void;
  ids(best: Best): string[];
  /** How many `ids` gives. */
  size(best: Best): number;
  has(incident: Ranked, best: Best): boolean;
  clear(): void;
}

export function createRanking(): Ranking {
  /** District (undefined = the whole city) → its open incidents. */
  const lists = new Map<string | undefined, Sorted<Ranked>>();

  /** One without a district is of the city alone (decisions C2). */
  const scopesOf = ({ district }: Ranked) =>
    district === null ? [undefined] : [undefined, district];
  const sizeOf = ({ district, limit }: Best) =>
    Math.min(limit, lists.get(district)?.size ?? 0);

  return {
    add(incident) {
      for (const scope of scopesOf(incident)) {
        let list = lists.get(scope);
        if (!list) lists.set(scope, (list = createSorted(byWorst)));
        list.add(incident);
      }
    },
    delete(incident) {
      for (const scope of scopesOf(incident))
        lists.get(scope)?.delete(incident);
    },
    ids: ({ district, limit }) =>
      (lists.get(district)?.first(limit) ?? []).map(({ id }) => id),
    size: sizeOf,
    has(incident, { district, limit }) {
      if (district !== undefined && incident.district !== district)
        return false;
      const last = lists.get(district)?.at(limit - 1);
      return last === undefined || byWorst(incident, last) <= 0;
    },
    clear: () => lists.clear(),
  };
}

/** Worst first, then newest; the id only tells equals apart. */
function byWorst(a: Ranked, b: Ranked): number {
  return (
    (a.priority ?? 9) - (b.priority ?? 9) ||
    b.reportedAt - a.reportedAt ||
    (a.id < b.id ? -1 : Number(a.id > b.id))
  );
}
