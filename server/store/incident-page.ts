/** Pages of incidents, newest first, of the whole city or of a scope. */
import type { DataScope } from "../../contract/data-scope.ts";
import { after, is, toPage, where, type Condition } from "./cursor.ts";
import type { Db } from "./db.ts";
import { read, READABLE, type Readable } from "./incident-row.ts";
import type { Store } from "./store.ts";

/** Parts asked for at once: engines take so many in one question. */
const PARTS = 50;
const SHOWN = READABLE.split(", ")
  .map((column) => `incidents.${column}`)
  .join(", ");

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

const byNewest = (a: Readable, b: Readable): number =>
  b.reported_at - a.reported_at || (a.id < b.id ? 1 : -1);

export function createIncidentPage(db: Db): Store["incidents"]["page"] {
  return async ({ status, district, feed, within, limit, cursor }) => {
    const asked = [
      is("incidents.status = ?", status),
      is("incidents.district = ?", district),
      is("incidents.feed = ?", feed),
    ];
    const parts = partsOf(within).map(({ from, narrow }) => {
      const [time, id] = from.startsWith("incidents")
        ? ["incidents.reported_at", "incidents.id"]
        : ["handler.reported_at", "handler.incident"];
      const { sql, params } = where([
        ...asked,
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
    const rows = [...found.values()].sort(byNewest);
    return toPage(rows, limit, (row) => [row.reported_at, row.id], read);
  };
}
