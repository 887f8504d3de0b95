/** A page of incidents where nothing but the time and a scope is asked for, and while the index is not complete. */
import type { DataScope } from "../../contract/data-scope.ts";
import { after, where, type Condition } from "./cursor.ts";
import type { Db } from "./db.ts";
import { conditionsOf } from "./incident-filter.ts";
import { byNewest, SHOWN, type Readable } from "./incident-row.ts";
import type { IncidentsAsked } from "./store.ts";

/** Parts asked for at once: engines take so many in one question. */
const PARTS = 50;

/** Where a part of a scope is found, by time, and what narrows it. */
interface Part {
  from: string;
  narrow: Condition[];
}

/**
 * A scope in parts that each have an index by time: what a department
 * reported, what it has orders of, or a district, at a time. So a page of few
 * is found without reading the rest.
 */
function partsOf(within: DataScope | undefined): Part[] {
  const { departments = null, districts = null } = within ?? {};
  const among =
    departments === null || districts === null
      ? []
      : [
          {
            sql: `incidents.district IN (${districts.map(() => "?").join(", ")})`,
            params: districts,
          },
        ];
  if (districts?.length === 0) return [];
  if (departments !== null)
    return [...new Set(departments)].flatMap((code) => [
      {
        from: "incidents",
        narrow: [{ sql: "incidents.department = ?", params: [code] }, ...among],
      },
      {
        from: "incident_handlers AS handler JOIN incidents ON incidents.id = handler.incident",
        narrow: [
          // Told once: by its source where that is the department's own.
          { sql: "incidents.department <> ?", params: [code] },
          { sql: "handler.department = ?", params: [code] },
          ...among,
        ],
      },
    ]);
  if (districts === null) return [{ from: "incidents", narrow: [] }];
  return [...new Set(districts)].map((code) => ({
    from: "incidents",
    narrow: [{ sql: "incidents.district = ?", params: [code] }],
  }));
}

/** The newest first, up to one more than a page holds of every part. */
export async function byTime(
  db: Db,
  asked: IncidentsAsked,
): Promise<Readable[]> {
  const { within, limit, cursor } = asked;
  const parts = partsOf(within).map(({ from, narrow }) => {
    const [time, id] = from.startsWith("incidents")
      ? ["incidents.reported_at", "incidents.id"]
      : ["handler.reported_at", "handler.incident"];
    const { sql, params } = where([
      ...conditionsOf(asked),
      ...narrow,
      after({ [time]: "number", [id]: "text" }, "<", cursor),
    ]);
    return {
      sql: `SELECT ${SHOWN} FROM ${from} ${sql}
        ORDER BY ${time} DESC, ${id} DESC LIMIT ?`,
      params: [...params, limit + 1],
    };
  });
  const found = new Map<string, Readable>();
  for (let i = 0; i < parts.length; i += PARTS) {
    const some = parts.slice(i, i + PARTS);
    const all = some.map(({ sql }) => `SELECT * FROM (${sql}) AS part`);
    const rows = await db.all<Readable>(
      `SELECT * FROM (${all.join(" UNION ALL ")}) AS parts`,
      some.flatMap(({ params }) => params),
    );
    // Two departments of a scope may have orders of one incident.
    for (const row of rows) found.set(row.id, row);
  }
  return [...found.values()].sort(byNewest);
}
