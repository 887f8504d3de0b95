/** Cursors of lists: the sort key of the last row given, opaque to the caller. */
import type { Question as Condition, Value } from "./db.ts";
import type { Page } from "./store.ts";

type Key = (string | number)[];

/** A list's sort key: its columns in their order, and what each holds; a number is a whole one. */
type SortKey = Record<string, "text" | "number">;

/** The caller's mistake, not the store's: the door that was asked answers 400. */
export class BadCursor extends Error {
  readonly status = 400;
  readonly errors: { path: string; message: string }[];

  constructor() {
    super("cursor: not one that this list gave");
    this.errors = [{ path: "/query/cursor", message: this.message }];
  }
}

/** Judged here: one engine would compare a wrong type, and the other fail. */
const isOf = (kind: SortKey[string] | undefined, part: unknown): boolean =>
  kind === "number"
    ? Number.isSafeInteger(part)
    : typeof part === "string" && !part.includes("\0");

/** @throws BadCursor for text that no list with this key gave */
function readCursor(cursor: string, kinds: SortKey[string][]): Key {
  let key: unknown;
  try {
    key = JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    key = null;
  }
  const isKey =
    Array.isArray(key) &&
    key.length === kinds.length &&
    key.every((part, i) => isOf(kinds[i], part));
  if (!isKey) throw new BadCursor();
  return key as Key;
}

export type { Condition };

/** A condition on one value; none where the value was not asked for. */
export function is(sql: string, value: Value | undefined): Condition | null {
  return value === undefined ? null : { sql, params: [value] };
}

/** A condition on a column that may have some values alone; none where any will do. */
export function isOneOf(
  column: string,
  values: readonly string[] | null | undefined,
): Condition | null {
  if (values === null || values === undefined) return null;
  const marks = values.map(() => "?").join(", ");
  return values.length === 0
    ? { sql: "1 = 0", params: [] }
    : { sql: `${column} IN (${marks})`, params: [...values] };
}

/** A condition on a column that may have none of some values; what has no value has none of them. */
export function isNoneOf(
  column: string,
  values: readonly string[] | undefined,
): Condition | null {
  if (values === undefined || values.length === 0) return null;
  const marks = values.map(() => "?").join(", ");
  return {
    sql: `(${column} IS NULL OR ${column} NOT IN (${marks}))`,
    params: [...values],
  };
}

/**
 * The condition that continues after a cursor.
 * @param key all ascending (`>`) or all descending (`<`)
 * @throws BadCursor
 */
export function after(
  key: SortKey,
  direction: ">" | "<",
  cursor: string | undefined,
): Condition | null {
  if (cursor === undefined) return null;
  const columns = Object.keys(key);
  const marks = columns.map(() => "?").join(", ");
  return {
    sql: `(${columns.join(", ")}) ${direction} (${marks})`,
    params: readCursor(cursor, Object.values(key)),
  };
}

export function where(conditions: (Condition | null)[]): Condition {
  const given = conditions.filter((each) => each !== null);
  return {
    sql: given.length
      ? `WHERE ${given.map((each) => each.sql).join(" AND ")}`
      : "",
    params: given.flatMap((each) => each.params),
  };
}

/** A page of rows of which one more than `limit` was asked for. */
export function toPage<R, T>(
  rows: R[],
  limit: number,
  keyOf: (row: R) => Key,
  read: (row: R) => T,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(read),
    cursor:
      rows.length > limit && last !== undefined
        ? Buffer.from(JSON.stringify(keyOf(last))).toString("base64url")
        : null,
  };
}

/** Reads a whole table, asking for the next page while this one is taken. */
export async function eachPage<R>(
  size: number,
  ask: (last: R | null) => Promise<R[]>,
  take: (rows: R[]) => void,
): Promise<void> {
  let next = ask(null);
  for (;;) {
    const rows = await next;
    const last = rows.length === size ? rows.at(-1)! : null;
    if (last !== null) next = ask(last);
    if (rows.length > 0) take(rows);
    if (last === null) return;
  }
}
