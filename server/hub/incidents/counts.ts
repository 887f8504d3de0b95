/** Open incidents counted by facet, in memory (decisions D8): city-wide and by district. */
import type { Incident } from "../../../contract/incident.ts";

type Facet =
  "total" | "priority" | "status" | "district" | "source" | "category";

export interface IncidentCount {
  id: string;
  facet: Facet;
  value: string;
  open: number;
  today: number;
}

export interface IncidentCounts {
  /**
   * An incident changed: `before` and `after` are null where it was not, or is
   * no longer, open. @returns the ids of the counts that changed.
   */
  change(before: Incident | null, after: Incident | null): string[];
  /** A new report of today, counted once however long it stays open. */
  reported(
    incident: Pick<
      Incident,
      "district" | "priority" | "status" | "source" | "category"
    >,
  ): string[];
  ids(district: string | null): string[];
  item(id: string, district: string | null): IncidentCount | null;
  /** Midnight in the city: what was reported today begins again. @returns every id. */
  newDay(): string[];
  clear(): void;
}

const NONE = "none";

export function createIncidentCounts(): IncidentCounts {
  /** District ("" = city) → facet:value → counts. */
  const tables = new Map<string, Map<string, IncidentCount>>();

  function add(
    of: Pick<
      Incident,
      "district" | "priority" | "status" | "source" | "category"
    >,
    open: number,
    today: number,
    touched: Set<string>,
  ): void {
    const facets: [Facet, string][] = [
      ["total", "all"],
      ["priority", String(of.priority ?? NONE)],
      ["status", of.status],
      ["district", of.district ?? NONE],
      ["source", of.source],
      ["category", of.category ?? NONE],
    ];
    for (const table of of.district === null ? [""] : ["", of.district]) {
      let counts = tables.get(table);
      if (!counts) tables.set(table, (counts = new Map()));
      for (const [facet, value] of facets) {
        const id = `${facet}:${value}`;
        let count = counts.get(id);
        if (!count)
          counts.set(id, (count = { id, facet, value, open: 0, today: 0 }));
        count.open += open;
        count.today += today;
        touched.add(id);
      }
    }
  }

  return {
    change(before, after) {
      const touched = new Set<string>();
      if (before) add(before, -1, 0, touched);
      if (after) add(after, 1, 0, touched);
      return [...touched];
    },

    reported(incident) {
      const touched = new Set<string>();
      add(incident, 0, 1, touched);
      return [...touched];
    },

    ids: (district) => [...(tables.get(district ?? "")?.keys() ?? [])],

    item(id, district) {
      const count = tables.get(district ?? "")?.get(id);
      // A copy: what was sent must not change under the encoder.
      return count ? { ...count } : null;
    },

    newDay() {
      const touched = new Set<string>();
      for (const counts of tables.values())
        for (const count of counts.values()) {
          count.today = 0;
          touched.add(count.id);
        }
      return [...touched];
    },

    clear: () => tables.clear(),
  };
}
