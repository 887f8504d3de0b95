/** Which incidents are asked for: as conditions on their rows, and as words of the index that find them. */
import type { DataScope } from "../../contract/data-scope.ts";
import { is, isOneOf, type Condition } from "./cursor.ts";
import { marksAsked, wordsFound, type Marked } from "./incident-words.ts";
import type { IncidentsAsked } from "./store.ts";

/** Columns that the conditions look at. */
export const FILTERED = [
  ...["id", "reported_at", "status", "ended", "priority", "category", "source"],
  ...["department", "centre", "supervised", "district", "feed"],
].join(", ");

/** What of it the columns tell; the texts are in the index alone. */
export function conditionsOf(asked: IncidentsAsked): (Condition | null)[] {
  const { open, supervised, department } = asked;
  return [
    isOneOf("incidents.status", asked.statuses),
    is("incidents.ended = ?", open === undefined ? open : Number(!open)),
    is("incidents.priority = ?", asked.priority),
    is("incidents.category = ?", asked.category),
    is("incidents.source = ?", asked.source),
    department === undefined ? null : isOf([department]),
    is("incidents.centre = ?", asked.centre),
    supervised === undefined
      ? null
      : { sql: `incidents.supervised ${supervised ? ">" : "="} 0`, params: [] },
    is("incidents.district = ?", asked.district),
    is("incidents.feed = ?", asked.feed),
    is("incidents.reported_at >= ?", asked.from),
    is("incidents.reported_at < ?", asked.to),
  ];
}

export const conditionsOfScope = ({
  departments,
  districts,
}: DataScope): (Condition | null)[] => [
  departments === null ? null : isOf(departments),
  isOneOf("incidents.district", districts),
];

function isOf(departments: readonly string[]): Condition {
  const own = isOneOf("incidents.department", departments)!;
  const handled = isOneOf("handler.department", departments)!;
  return {
    sql: `(${own.sql} OR EXISTS (SELECT 1 FROM incident_handlers AS handler
      WHERE handler.incident = incidents.id AND ${handled.sql}))`,
    params: [...own.params, ...handled.params],
  };
}

/** Groups of which the index must have a word each; none where nothing but the time is asked for. */
export function groupsOf(asked: IncidentsAsked): string[][] {
  const { open, supervised, search } = asked;
  const one = <T>(value: T | undefined) =>
    value === undefined ? undefined : [value];
  const flag = (value: boolean | undefined) =>
    value === undefined ? undefined : [Number(value)];
  const values: Record<Marked, readonly (string | number)[] | undefined> = {
    status: asked.statuses,
    open: flag(open),
    priority: one(asked.priority),
    category: one(asked.category),
    source: one(asked.source),
    department: one(asked.department),
    centre: one(asked.centre),
    supervised: flag(supervised),
    district: one(asked.district),
    feed: one(asked.feed),
  };
  const marks = (Object.keys(values) as Marked[]).flatMap((kind) => {
    const given = values[kind];
    return given === undefined ? [] : [marksAsked(kind, given)];
  });
  return [...marks, ...(search ? wordsFound(search.text, search.masking) : [])];
}

export const groupsOfScope = ({
  departments,
  districts,
}: DataScope): string[][] => [
  ...(departments ? [marksAsked("department", departments)] : []),
  ...(districts ? [marksAsked("district", districts)] : []),
];

/** Can nothing at all be meant? */
export const isNobody = ({ statuses, within }: IncidentsAsked): boolean =>
  [statuses, within?.departments, within?.districts].some(
    (list) => list?.length === 0,
  );
