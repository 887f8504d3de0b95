/** Lines of an incident's history: written once, in the transaction of what they tell. */
import type { HistoryLine } from "../../contract/incident.ts";
import { insertInto, storable, type Statement } from "./db.ts";

export const HISTORY = [
  "rev",
  "at",
  "who",
  "name",
  "what",
  "from_status",
  "to_status",
  "detail",
  "facts",
] as const;

export interface HistoryRow extends Pick<
  HistoryLine,
  "rev" | "at" | "who" | "name" | "what" | "detail"
> {
  from_status: HistoryLine["from"];
  to_status: HistoryLine["to"];
  /** JSON. */
  facts: string;
}

export const readHistory = ({
  from_status: from,
  to_status: to,
  facts,
  ...line
}: HistoryRow): HistoryLine => ({
  ...line,
  ...{ from, to },
  facts: JSON.parse(facts) as HistoryLine["facts"],
});

export const writeHistory = (
  lines: { id: string; line: HistoryLine }[],
): Statement => ({
  sql: insertInto("incident_history", ["incident", ...HISTORY]),
  each: lines.map(({ id, line }) => [
    ...[id, line.rev, line.at, line.who, line.name, line.what],
    ...[line.from, line.to, line.detail],
    storable(JSON.stringify(line.facts)),
  ]),
});
