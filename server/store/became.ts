/** What became of incidents between two instants. */
import type { DataScope } from "../../contract/data-scope.ts";
import { is, isOneOf, where } from "./cursor.ts";
import type { Db } from "./db.ts";
import type { Became } from "./store.ts";

/** What came in, was registered and was closed from one instant to another, within a scope. */
export async function became(
  db: Db,
  span: { from: number; to: number },
  within: DataScope,
): Promise<Became> {
  const { from, to } = span;
  const { departments, districts } = within;
  const handled = isOneOf("incident_handlers.department", departments);
  const reported = isOneOf("incidents.department", departments);
  const seen = [
    isOneOf("incidents.district", districts),
    reported && {
      sql: `(${reported.sql} OR incidents.id IN (
        SELECT incident FROM incident_handlers WHERE ${handled!.sql}))`,
      params: [...reported.params, ...handled!.params],
    },
  ];
  const time = (column: string) => [
    is(`${column} >= ?`, from),
    is(`${column} < ?`, to),
  ];
  const first = where([...time("incidents.reported_at"), ...seen]);
  const then = where([...time("line.at"), ...seen]);
  const [rows, changes] = await Promise.all([
    db.all<{
      source: string;
      priority: number | null;
      district: string | null;
      n: number;
    }>(
      `SELECT source, priority, district, COUNT(*) AS n FROM incidents
      ${first.sql} GROUP BY source, priority, district`,
      first.params,
    ),
    db.all<{ what: string; n: number }>(
      // Literally as its index says it, or the index is not used.
      `SELECT line.to_status AS what, COUNT(DISTINCT line.incident) AS n
      FROM incident_history AS line
      JOIN incidents ON incidents.id = line.incident
      ${then.sql} AND line.to_status IN ('registered', 'closed')
      AND (line.from_status IN ('reported', 'verifying')
      OR line.to_status = 'closed' AND line.from_status IS NOT NULL
      AND line.from_status <> 'closed')
      AND incidents.historic = 0 GROUP BY line.to_status`,
      then.params,
    ),
  ]);
  const count = (what: string) =>
    changes.find((one) => one.what === what)?.n ?? 0;
  return {
    reported: rows,
    registered: count("registered"),
    closed: count("closed"),
  };
}
