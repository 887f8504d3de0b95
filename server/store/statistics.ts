/**
 * What statistics count of incidents: written with the change that it is of,
 * counted by instant. Cells are few, however many rows stand behind them.
 */
import type {
  Act,
  ActRow,
  Counted,
  MeasuredStage,
  StageRow,
} from "../../contract/counted.ts";
import type { IncidentRecord } from "../../contract/incident.ts";
import { is, where } from "./cursor.ts";
import { BY_ORDER, conditionsOf } from "./statistics-filter.ts";
import { inTurns } from "../lib/turns.ts";
import { countedRows } from "./counted-rows.ts";
import { insertInto, type Reader, type Statement } from "./db.ts";
import type {
  Apart,
  CellExtras,
  CellParts,
  Store,
  TimesCell,
} from "./store.ts";

/** Columns of both tables. */
const APART: Record<Apart, readonly string[]> = {
  parts: ["department", "district", "source", "matter_class"],
  ...{ category: ["category"], town: ["town"], nothing: [] },
};

const STAGE_COLUMNS = [
  ...["incident", "no", "stage", "order_no", "department", "district"],
  ...["source", "category", "matter_class", "started_at", "due_at"],
  ...["first_due_at", "stopped_at", "settled_at", "first_settled_at"],
  ...["is_kept", "is_first_kept", "natural_ms", "worked_ms", "town"],
];
const ACT_COLUMNS = [
  ...["incident", "rev", "no", "act", "at", "department"],
  ...["district", "source", "category", "matter_class", "town"],
];

export type Whose = Pick<
  IncidentRecord,
  "id" | "district" | "source" | "category" | "matterClass"
>;

/** Puts what a change of each incident makes of its rows in their place. */
export function writeCounted(
  all: readonly {
    incident: Whose;
    counted: Counted;
    /** It was never stored before: it has no rows. */
    isNew?: boolean;
  }[],
): Statement[] {
  const known = all.filter(({ isNew }) => !isNew);
  const ids = known.map(({ incident }) => [incident.id]);
  return [
    { sql: "DELETE FROM incident_stages WHERE incident = ?", each: ids },
    {
      sql: insertInto("incident_stages", STAGE_COLUMNS),
      each: all.flatMap(({ incident, counted }) =>
        counted.stages.map((row) => [
          ...[incident.id, row.no, row.stage, row.order, row.department],
          ...[incident.district, incident.source, incident.category],
          ...[incident.matterClass, row.startedAt, row.dueAt, row.firstDueAt],
          ...[row.stoppedAt, row.settledAt, row.firstSettledAt],
          ...[Number(row.isKept), Number(row.isFirstKept)],
          ...[row.natural, row.worked, counted.town],
        ]),
      ),
    },
    {
      sql: "DELETE FROM incident_acts WHERE incident = ? AND rev = ?",
      each: all.flatMap(({ incident, counted: { undone } }) =>
        undone === null ? [] : [[incident.id, undone]],
      ),
    },
    {
      // What it is about may have been mended since.
      sql: `UPDATE incident_acts SET district = ?, source = ?, category = ?,
        matter_class = ?, town = ? WHERE incident = ?`,
      each: known.map(({ incident, counted }) => [
        ...[incident.district, incident.source, incident.category],
        ...[incident.matterClass, counted.town, incident.id],
      ]),
    },
    {
      sql: insertInto("incident_acts", ACT_COLUMNS),
      each: all.flatMap(({ incident, counted }) =>
        counted.acts.map((row) => [
          ...[incident.id, row.rev, row.no, row.act, row.at, row.department],
          ...[incident.district, incident.source, incident.category],
          ...[incident.matterClass, counted.town],
        ]),
      ),
    },
  ];
}

export function createStatistics(db: Reader): Store["statistics"] {
  return {
    async settled(asked, by, apart = "parts") {
      const first = by === "first" ? "first_" : "";
      const { sql, params } = where([
        is(`${first}settled_at >= ?`, asked.from),
        is(`${first}settled_at < ?`, Math.min(asked.to, asked.now)),
        { sql: BY_ORDER, params: [] },
        ...conditionsOf(asked),
      ]);
      const columns = ["stage", ...APART[apart]].join(", ");
      const rows = await db.all<
        PartRow & { stage: MeasuredStage; n: number; kept: number }
      >(
        `SELECT ${columns}, COUNT(*) AS n, SUM(is_${first}kept) AS kept
        FROM incident_stages ${sql} GROUP BY ${columns}`,
        params,
      );
      return rows.map((row) => ({
        ...{ ...partsIn(row), stage: row.stage },
        ...{ n: Number(row.n), kept: Number(row.kept) },
      }));
    },

    async acts(asked, apart = "parts") {
      const { sql, params } = where([
        is("at >= ?", asked.from),
        is("at < ?", asked.to),
        ...conditionsOf(asked),
      ]);
      const columns = ["act", ...APART[apart]].join(", ");
      const rows = await db.all<PartRow & { act: Act; n: number }>(
        `SELECT ${columns}, COUNT(*) AS n
        FROM incident_acts ${sql} GROUP BY ${columns}`,
        params,
      );
      return rows.map((row) => ({
        ...{ ...partsIn(row), act: row.act, n: Number(row.n) },
      }));
    },

    async times(asked) {
      const { sql, params } = where([
        { sql: "natural_ms IS NOT NULL", params: [] },
        is("stopped_at >= ?", asked.from),
        is("stopped_at < ?", asked.to),
        { sql: BY_ORDER, params: [] },
        ...conditionsOf(asked),
      ]);
      const columns = ["stage", ...APART.parts].join(", ");
      const rows = await db.all<
        PartRow & {
          stage: MeasuredStage;
          natural: string;
          worked: string | null;
        }
      >(
        `SELECT ${columns}, ${listOf("natural_ms")} AS natural,
          ${listOf("worked_ms")} AS worked
        FROM incident_stages ${sql} GROUP BY ${columns}`,
        params,
      );
      return inTurns(timesIn(rows));
    },

    counted: (asked, counting) => countedRows(db, asked, counting),

    rowsOf: (incident) => rowsOf(db, incident),
  };
}

/** One list of all numbers of a group: they are ranked together with those of other groups. */
const listOf = (column: string): string =>
  `STRING_AGG(CAST(${column} AS TEXT), ',')`;

function* timesIn(
  rows: readonly (PartRow & {
    stage: MeasuredStage;
    natural: string;
    worked: string | null;
  })[],
): Generator<void, TimesCell[]> {
  const cells: TimesCell[] = [];
  let read = 0;
  for (const row of rows) {
    const [natural, worked] = [row.natural, row.worked].map(numbersIn);
    cells.push({
      ...{ ...partsIn(row), stage: row.stage },
      ...{ natural: natural!, worked: worked! },
    });
    if ((read += natural!.length) < AT_ONCE) continue;
    read = 0;
    yield;
  }
  return cells;
}

/** Numbers read before others get their turn: about a ms. */
const AT_ONCE = 5_000;

const numbersIn = (list: string | null): Float64Array =>
  list === null
    ? new Float64Array()
    : Float64Array.from(list.split(","), Number);

/** Columns that tell cells apart; absent where they do not. */
interface PartRow {
  department?: string;
  district?: string | null;
  source?: string;
  matter_class?: string;
  category?: string | null;
  town?: string | null;
}
const partsIn = (row: PartRow): CellParts & CellExtras => ({
  ...{ department: row.department ?? "", district: row.district ?? "" },
  ...{ source: row.source ?? "", matterClass: row.matter_class ?? "" },
  ...{ category: row.category ?? "", town: row.town ?? "" },
});

/** What is kept of one incident, in order. */
export async function rowsOf(
  db: Reader,
  incident: string,
): ReturnType<Store["statistics"]["rowsOf"]> {
  const [stages, acts, towns] = await Promise.all([
    db.all<Record<string, number | string | null>>(
      `SELECT * FROM incident_stages WHERE incident = ? ORDER BY no`,
      [incident],
    ),
    db.all<ActRow>(
      `SELECT rev, no, act, at, department FROM incident_acts
      WHERE incident = ? ORDER BY rev, no`,
      [incident],
    ),
    db.all<{ town: string | null }>(
      `SELECT town FROM incident_stages WHERE incident = ?
      UNION SELECT town FROM incident_acts WHERE incident = ?`,
      [incident, incident],
    ),
  ]);
  return {
    towns: towns.map(({ town }) => town),
    stages: stages.map(
      (row) =>
        ({
          ...{ no: row["no"], stage: row["stage"], order: row["order_no"] },
          ...{ department: row["department"], startedAt: row["started_at"] },
          ...{ dueAt: row["due_at"], firstDueAt: row["first_due_at"] },
          ...{ stoppedAt: row["stopped_at"], settledAt: row["settled_at"] },
          firstSettledAt: row["first_settled_at"],
          isKept: row["is_kept"] === 1,
          isFirstKept: row["is_first_kept"] === 1,
          ...{ natural: row["natural_ms"], worked: row["worked_ms"] },
        }) as StageRow,
    ),
    acts: acts.map((row) => ({ ...row })),
  };
}
