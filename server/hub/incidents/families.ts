/** Which incidents were merged into which; told once of each, it counts without looking. */
import type { IncidentRecord } from "../../../contract/incident.ts";

type Member = Pick<IncidentRecord, "id" | "parent">;

export interface Families {
  /** How an incident is now. Gives those whose number of children changed by it. */
  tell(incident: Member): string[];
  /** How many were merged into an incident. */
  count(id: string): number;
  clear(): void;
}

export function createFamilies(): Families {
  /** Of the merged ones alone, so of few. */
  const parents = new Map<string, string>();
  const counts = new Map<string, number>();
  const add = (id: string, by: number) => {
    const n = (counts.get(id) ?? 0) + by;
    if (n === 0) counts.delete(id);
    else counts.set(id, n);
  };

  return {
    tell({ id, parent }) {
      const before = parents.get(id) ?? null;
      if (before === parent) return [];
      const changed = [before, parent].filter((one) => one !== null);
      if (before !== null) add(before, -1);
      if (parent === null) parents.delete(id);
      else {
        parents.set(id, parent);
        add(parent, 1);
      }
      return changed;
    },
    count: (id) => counts.get(id) ?? 0,
    clear() {
      parents.clear();
      counts.clear();
    },
  };
}
