/** Pages of incidents, newest first, of the whole city or of a scope. */
import type { DataScope } from "../../contract/data-scope.ts";
import { after, is, toPage, where, type Condition } from "./cursor.ts";
import type { Db } from "./db.ts";
import { read, READABLE, type Readable } from "./incident-row.ts";
import type { Store } from "./store.ts";

/** Parts asked for at once: engines take so many in one question. */
const PARTS = 50;
const NEWEST = "ORDER BY reported_at DESC, id DESC LIMIT ?";

/**
 * A scope in parts that each have an index by time: a department, or a
 * district, at a time. So a page of few is found without reading the rest.
 */
function partsOf(within: DataScope | undefined): Condition[][] {
  const { departments = null, districts = null } = within ?? {};
  const among =
    departments === null || districts === null
      ? []
      : [
          {
            sql: `district IN (${districts.map(() => "?").join(", ")})`,
            params: districts,
          },
        ];
  if (districts?.length === 0) return [];
  if (departments !== null)
    return [...new Set(departments)].map((code) => [
      { sql: "department = ?", params: [code] },
      ...among,
    ]);
  if (districts === null) return [[]];
  return [...new Set(districts)].map((code) => [
    { sql: "district = ?", params: [code] },
  ]);
}

const byNewest = (a: Readable, b: Readable): number =>
  b.reported_at - a.reported_at || (a.id < b.id ? 1 : -1);

export function createIncidentPage(db: Db): Store["incidents"]["page"] {
  return async ({ status, district, feed, within, limit, cursor }) => {
    const asked = [
      is("status = ?", status),
      is("district = ?", district),
      is("feed = ?", feed),
      after({ reported_at: "number", id: "text" }, "<", cursor),
    ];
    const parts = partsOf(within).map((part) => {
      const { sql, params } = where([...asked, ...part]);
      return {
        sql: `SELECT ${READABLE} FROM incidents ${sql} ${NEWEST}`,
        params: [...params, limit + 1],
      };
    });
    const rows: Readable[] = [];
    for (let i = 0; i < parts.length; i += PARTS) {
      const some = parts.slice(i, i + PARTS);
      const all = some.map(({ sql }) => `SELECT * FROM (${sql}) AS part`);
      rows.push(
        ...(await db.all<Readable>(
          `SELECT * FROM (${all.join(" UNION ALL ")}) AS parts ${NEWEST}`,
          [...some.flatMap(({ params }) => params), limit + 1],
        )),
      );
    }
    if (parts.length > PARTS) rows.sort(byNewest);
    return toPage(rows, limit, (row) => [row.reported_at, row.id], read);
  };
}
