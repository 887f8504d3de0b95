/** What statistics keep of incidents: written with the change that it is of (server/hub/statistics). */
import {
  COUNTED_PARTS,
  type ActRow,
  type Counted,
  type CountedPart,
  type StageRow,
} from "../../contract/counted.ts";
import type { IncidentRecord } from "../../contract/incident.ts";
import type { Reader, Statement } from "./db.ts";
import { codeOf, NUMBER_OF, numberCodes } from "./statistics-codes.ts";
import { COLUMNS } from "./statistics-filter.ts";
import type { Store } from "./store.ts";

const STAGE_COLUMNS = [
  ...["incident", "no", "stage", "order_no", "started_at", "due_at"],
  ...["first_due_at", "stopped_at", "settled_at", "first_settled_at"],
  ...["is_kept", "is_first_kept", "natural_ms", "worked_ms"],
];
const ACT_COLUMNS = ["incident", "rev", "no", "act", "at"];

export type Whose = Pick<
  IncidentRecord,
  "id" | "district" | "source" | "category" | "matterClass"
>;

/** Parts of all of an incident's rows; each row has a department of its own. */
const WHOLE_PARTS = COUNTED_PARTS.filter((part) => part !== "department");

/** Puts what a change of each incident makes of its rows in their place. */
export function writeCounted(
  all: readonly {
    incident: Whose;
    counted: Counted;
    /** It was never stored before: it has no rows. */
    isNew?: boolean;
  }[],
): Statement[] {
  const coded = all.map((one) => ({ ...one, codes: codesOf(one) }));
  const known = coded.filter(({ isNew }) => !isNew);
  return [
    ...numberCodes(
      coded.flatMap(({ codes }) => [...codes.whole, ...codes.departments]),
    ),
    {
      sql: "DELETE FROM incident_stages WHERE incident = ?",
      each: known.map(({ incident }) => [incident.id]),
    },
    {
      sql: insertCounted("incident_stages", STAGE_COLUMNS),
      each: coded.flatMap(({ incident, counted, codes }) =>
        counted.stages.map((row) => [
          ...[incident.id, row.no, row.stage, row.order],
          ...[row.startedAt, row.dueAt, row.firstDueAt],
          ...[row.stoppedAt, row.settledAt, row.firstSettledAt],
          ...[Number(row.isKept), Number(row.isFirstKept)],
          ...[row.natural, row.worked, row.department, ...codes.whole],
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
      sql: `UPDATE incident_acts SET ${WHOLE_PARTS.map((part) => `${COLUMNS[part]} = ${NUMBER_OF}`).join(", ")}
        WHERE incident = ?`,
      each: known.map(({ incident, codes }) => [...codes.whole, incident.id]),
    },
    {
      sql: insertCounted("incident_acts", ACT_COLUMNS),
      each: coded.flatMap(({ incident, counted, codes }) =>
        counted.acts.map((row) => [
          ...[incident.id, row.rev, row.no, row.act, row.at],
          ...[row.department, ...codes.whole],
        ]),
      ),
    },
  ];
}

/** A row with its own columns, its department and the parts of its incident. */
function insertCounted(table: string, own: readonly string[]): string {
  const parts = ["department", ...WHOLE_PARTS] as CountedPart[];
  const columns = [...own, ...parts.map((part) => COLUMNS[part])];
  const values = [...own.map(() => "?"), ...parts.map(() => NUMBER_OF)];
  return `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${values.join(", ")})`;
}

/** Codes of an incident's rows; what has none has the empty one. */
function codesOf({
  incident,
  counted,
}: {
  incident: Whose;
  counted: Counted;
}): {
  whole: string[];
  departments: string[];
} {
  const parts = { ...incident, town: counted.town };
  return {
    whole: WHOLE_PARTS.map((part) => parts[part] ?? ""),
    departments: [...counted.stages, ...counted.acts].map(
      ({ department }) => department,
    ),
  };
}

/** What is kept of one incident, in order. */
export async function rowsOf(
  db: Reader,
  incident: string,
): ReturnType<Store["statistics"]["rowsOf"]> {
  const [stages, acts, towns] = await Promise.all([
    db.all<Record<string, number | string | null>>(
      `SELECT incident_stages.*, ${codeOf("department")} AS whose
      FROM incident_stages WHERE incident = ? ORDER BY no`,
      [incident],
    ),
    db.all<ActRow>(
      `SELECT rev, no, act, at, ${codeOf("department")} AS department
      FROM incident_acts WHERE incident = ? ORDER BY rev, no`,
      [incident],
    ),
    db.all<{ town: string }>(
      `SELECT code AS town FROM statistics_codes WHERE number IN (
        SELECT town FROM incident_stages WHERE incident = ?
        UNION SELECT town FROM incident_acts WHERE incident = ?)`,
      [incident, incident],
    ),
  ]);
  return {
    towns: towns.map(({ town }) => town || null),
    stages: stages.map(
      (row) =>
        ({
          ...{ no: row["no"], stage: row["stage"], order: row["order_no"] },
          ...{ department: row["whose"], startedAt: row["started_at"] },
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
