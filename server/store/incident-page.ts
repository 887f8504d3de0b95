/**
 * Pages of incidents, newest first, of the whole city or of a scope. Each is
 * found one of three ways, and none of them reads what lies between: by time
 * where nothing but a scope is asked for, by number, or by the index of words.
 */
import { WHOLE_CITY } from "../../contract/data-scope.ts";
import { numbersAsked } from "../../contract/search.ts";
import { HOUR } from "../../contract/time.ts";
import { after, is, toPage, where, type Condition } from "./cursor.ts";
import type { Db } from "./db.ts";
import {
  conditionsOf,
  conditionsOfScope,
  FILTERED,
  groupsOf,
  groupsOfScope,
  isNobody,
} from "./incident-filter.ts";
import type { IncidentIndex } from "./incident-index.ts";
import { byNewest, read, SHOWN, type Readable } from "./incident-row.ts";
import { AT_PLACE, hourAt, hourPlace } from "./incident-words.ts";
import { byTime } from "./incidents-by-time.ts";
import type { IncidentsAsked, Store } from "./store.ts";

const NEWEST = {
  "incidents.reported_at": "number",
  "incidents.id": "text",
} as const;
const NEWEST_FIRST = `ORDER BY ${Object.keys(NEWEST)
  .map((column) => `${column} DESC`)
  .join(", ")}`;

/** More than any page or prefix of numbers: engines do not look past a limit for a better plan. */
const ALL_NUMBERS = 100_000;

export function createIncidentPage(
  db: Db,
  index: Pick<IncidentIndex, "foundFrom">,
): Store["incidents"]["page"] {
  return async (asked) => {
    const { search, limit } = asked;
    const numbers = search ? numbersAsked(search.text) : null;
    const from = index.foundFrom();
    const groups = groupsOf(asked);
    const rows = isNobody(asked)
      ? []
      : numbers
        ? await byNumber(db, asked, numbers)
        : // Marks only hasten: until all have theirs, columns tell the same.
          groups.length > 0 && (search || from === null)
          ? await byWords(db, asked, groups)
          : await byTime(db, asked);
    return {
      ...toPage(rows, limit, (row) => [row.reported_at, row.id], read),
      foundFrom: search && !numbers ? from : null,
    };
  };
}

/** A prefix of numbers is never of many: what tells them apart is read and put in order, and of a page the rest. */
async function byNumber(
  db: Db,
  asked: IncidentsAsked,
  { year, from, to }: { year: number; from: number; to: number },
): Promise<Readable[]> {
  const { sql, params } = where([
    ...conditionsOf(asked),
    ...conditionsOfScope(asked.within ?? WHOLE_CITY),
    after(NEWEST, "<", asked.cursor),
  ]);
  const rows = await db.all<Readable>(
    `SELECT ${SHOWN} FROM incidents WHERE id IN (
      SELECT incidents.id FROM (
        SELECT ${FILTERED} FROM incidents
        WHERE year = ? AND running BETWEEN ? AND ? LIMIT ${ALL_NUMBERS}
      ) AS incidents ${sql} ${NEWEST_FIRST} LIMIT ?)`,
    [year, from, to, ...params, asked.limit + 1],
  );
  return rows.sort(byNewest);
}

/**
 * The index goes by hours: those of the page's last hour that come before
 * others of it are asked for once more, in their order.
 */
async function byWords(
  db: Db,
  asked: IncidentsAsked,
  groups: string[][],
): Promise<Readable[]> {
  const within = asked.within ?? WHOLE_CITY;
  const next = after(NEWEST, "<", asked.cursor);
  const conditions = [
    db.words.found("incident_words", [...groups, ...groupsOfScope(within)]),
    { sql: AT_PLACE, params: [] },
    ...conditionsOf(asked),
    ...conditionsOfScope(within),
    next,
  ];
  const before = Math.min(
    ...[asked.to, next?.params[0]].filter((at) => typeof at === "number"),
  );
  const ask = (order: string, places: (Condition | null)[]) => {
    const { sql, params } = where([...conditions, ...places]);
    return db.all<Readable & { place: number }>(
      // Engines that would rather begin with the incidents would read all of them.
      `SELECT ${SHOWN}, incident_words.rowid AS place
      FROM incident_words CROSS JOIN incidents ${sql} ${order} LIMIT ?`,
      [...params, asked.limit + 1],
    );
  };
  const from = placed(">=", asked.from && hourPlace(asked.from));
  const rows = await ask("ORDER BY incident_words.rowid DESC", [
    from,
    placed("<", isFinite(before) ? hourPlace(before) + HOUR_PLACES : undefined),
  ]);
  const last = rows.at(-1);
  if (last !== undefined && rows.length > asked.limit)
    rows.push(
      ...(await ask(NEWEST_FIRST, [
        placed("<", last.place),
        placed(">=", hourPlace(hourAt(last.place))),
      ])),
    );
  return rows.sort(byNewest);
}

const HOUR_PLACES = hourPlace(HOUR);

const placed = (than: string, place: number | undefined): Condition | null =>
  is(`incident_words.rowid ${than} CAST(? AS BIGINT)`, place);
