/** Statements that write of incidents what stands beside their row, and new rows with their numbers. */
import type { Held } from "../../contract/incident.ts";
import type { Statement } from "./db.ts";
import type { Draft } from "./incident-draft.ts";
import { COLUMNS, values } from "./incident-row.ts";
import type { Sealed } from "./vault.ts";

/** Whose orders they have or had. */
export const writeHandlers = (all: Held[]): Statement => ({
  sql: `INSERT INTO incident_handlers (incident, department, reported_at)
    VALUES (?, ?, ?) ON CONFLICT (incident, department) DO NOTHING`,
  each: all.flatMap(({ incident: { id, reportedAt }, dossier }) =>
    [
      ...dossier.orders.map(({ department }) => department),
      ...dossier.centres,
    ].map((code) => [id, code, reportedAt]),
  ),
});

/** A verdict that was taken back is none. */
export function writeVerdict({ incident: { id }, dossier }: Held): Statement {
  const { sighting } = dossier;
  const isJudged = sighting && sighting.verdict !== null;
  return isJudged
    ? {
        sql: `INSERT INTO verdicts (incident, algorithm, is_false)
          VALUES (?, ?, ?) ON CONFLICT (incident)
          DO UPDATE SET is_false = excluded.is_false`,
        params: [
          ...[id, sighting.algorithmCode],
          Number(sighting.verdict === "falsePositive"),
        ],
      }
    : {
        sql: "DELETE FROM verdicts WHERE incident = ?",
        each: sighting ? [[id]] : [],
      };
}

/** New rows of one year, with the next numbers of its series. */
export function inserts(drafts: Draft[], sealed: Sealed): Statement[] {
  const counter = `incident ${drafts[0]!.row.year}`;
  const [, ...given] = COLUMNS;
  return [
    {
      sql: `INSERT INTO counters (name, value) VALUES (?, ?)
        ON CONFLICT (name) DO UPDATE SET
        value = counters.value + excluded.value`,
      params: [counter, drafts.length],
    },
    {
      sql: `INSERT INTO incidents (${COLUMNS.join(", ")}) VALUES (
        (SELECT value FROM counters WHERE name = ?) - CAST(? AS BIGINT),
        ${given.map(() => "?").join(", ")}) RETURNING id, running`,
      each: drafts.map(({ row }, i) => [
        counter,
        drafts.length - 1 - i,
        ...values(row, given, sealed),
      ]),
    },
  ];
}
