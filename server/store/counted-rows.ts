/** The rows behind a figure of the statistics, each with its incident: by the conditions that the figure is counted by. */
import type { Act, Counting } from "../../contract/counted.ts";
import { after, is, isOneOf, toPage, where, type Condition } from "./cursor.ts";
import type { Reader } from "./db.ts";
import { read, SHOWN, type Readable } from "./incident-row.ts";
import { codeOf } from "./statistics-codes.ts";
import { BY_ORDER, conditionsOf } from "./statistics-filter.ts";
import type { CountedRow, Page, StatisticsAsked } from "./store.ts";

interface Row extends Readable {
  row_incident: string;
  row_rev: number;
  row_no: number;
  row_at: number;
  row_department: string;
  row_order: number | null;
  row_act: Act | null;
  row_due: number | null;
  row_stopped: number | null;
  row_kept: number | null;
}

/** Where a counting looks: its table, the column of its instant, and what of a row is told. */
interface Place {
  table: string;
  at: string;
  rev: string;
  told: string;
  conditions: (Condition | null)[];
}

function placeOf(counting: Counting): Place {
  if (counting.rows === "acts")
    return {
      ...{ table: "incident_acts", at: "at", rev: "rev" },
      told: `act AS row_act, NULL AS row_order, NULL AS row_due,
        NULL AS row_stopped, NULL AS row_kept`,
      conditions: [isOneOf("act", counting.acts)],
    };
  const { stage, by, isKept } = counting;
  const first = by === "first" ? "first_" : "";
  return {
    table: "incident_stages",
    at: by === "stop" ? "stopped_at" : `${first}settled_at`,
    // Clocks are numbered through.
    rev: "no",
    told: `NULL AS row_act, order_no AS row_order, ${first}due_at AS row_due,
      stopped_at AS row_stopped, is_${first}kept AS row_kept`,
    conditions: [
      is("stage = ?", stage),
      { sql: BY_ORDER, params: [] },
      isKept === null ? null : is(`is_${first}kept = ?`, Number(isKept)),
      by === "stop" ? { sql: "natural_ms IS NOT NULL", params: [] } : null,
    ],
  };
}

/** @throws BadCursor */
export async function countedRows(
  db: Reader,
  asked: StatisticsAsked & { limit: number; cursor?: string },
  counting: Counting,
): Promise<Page<CountedRow>> {
  const { table, at, rev, told, conditions } = placeOf(counting);
  const isDecided = counting.rows === "stages" && counting.by !== "stop";
  const key = { [at]: "number", incident: "text" } as const;
  const keys = { ...key, ...({ [rev]: "number", no: "number" } as const) };
  const { sql, params } = where([
    is(`${at} >= ?`, asked.from),
    // What is due later is not settled yet.
    is(`${at} < ?`, isDecided ? Math.min(asked.to, asked.now) : asked.to),
    ...conditions,
    ...conditionsOf(asked),
    after(keys, "<", asked.cursor),
  ]);
  const order = Object.keys(keys)
    .map((column) => `${column} DESC`)
    .join(", ");
  const rows = await db.all<Row>(
    `SELECT counted.*, ${SHOWN} FROM (
      SELECT incident AS row_incident, ${rev} AS row_rev, no AS row_no,
        ${at} AS row_at, ${codeOf("department")} AS row_department, ${told}
      FROM ${table} ${sql} ORDER BY ${order} LIMIT ?) AS counted
    JOIN incidents ON incidents.id = counted.row_incident
    ORDER BY row_at DESC, row_incident DESC, row_rev DESC, row_no DESC`,
    [...params, asked.limit + 1],
  );
  return toPage(
    rows,
    asked.limit,
    (row) => [
      ...[row.row_at, row.row_incident, row.row_rev],
      ...(rev === "no" ? [] : [row.row_no]),
    ],
    (row) => ({
      held: read(row),
      ...{ department: row.row_department, order: row.row_order },
      ...{ at: row.row_at, act: row.row_act, dueAt: row.row_due },
      stoppedAt: row.row_stopped,
      isKept: row.row_kept === null ? null : row.row_kept === 1,
    }),
  );
}
