/** How the portable SQL is said to PostgreSQL. */
import { storable, type Statement, type Value } from "./db.ts";

/** PostgreSQL takes 65,535 parameters a statement. */
const MOST_PARAMS = 60_000;

const numbered = new Map<string, string>();

/** `?` → `$1`, `$2`, … No text of ours holds a question mark. */
export function withNumbers(sql: string): string {
  let found = numbered.get(sql);
  if (found === undefined) {
    let n = 0;
    found = sql.replace(/\?/g, () => `$${++n}`);
    if (numbered.size >= 500) numbered.clear();
    numbered.set(sql, found);
  }
  return found;
}

const TYPES: Record<string, string> = {
  INTEGER: "BIGINT",
  REAL: "DOUBLE PRECISION",
  BLOB: "BYTEA",
  TEXT: 'TEXT COLLATE "C"',
  "WITHOUT ROWID": "",
};

/** The four types of the migrations, and text compared by bytes as SQLite does. */
export function definition(sql: string): string {
  return sql.replace(
    /\b(INTEGER|REAL|BLOB|TEXT|WITHOUT ROWID)\b/g,
    (word) => TYPES[word]!,
  );
}

/** A statement as queries: many rows of an INSERT go as few statements. */
export function* queries({
  sql,
  params = [],
  each,
}: Statement): Generator<{ text: string; values: Value[] }> {
  if (!each) {
    yield { text: withNumbers(sql), values: params.map(storable) };
    return;
  }
  if (each.length === 0) return;
  const tuple = tupleOf(sql);
  const most = tuple ? Math.floor(MOST_PARAMS / each[0]!.length) : 1;
  for (let from = 0; from < each.length; from += most) {
    const rows = each.slice(from, from + most);
    const text =
      tuple && rows.length > 1
        ? sql.slice(0, tuple.from) +
          Array<string>(rows.length)
            .fill(sql.slice(tuple.from, tuple.to))
            .join(", ") +
          sql.slice(tuple.to)
        : sql;
    yield { text: numberedOnce(text), values: rows.flat().map(storable) };
  }
}

/** As `withNumbers`, for text too long and too rare to remember. */
function numberedOnce(sql: string): string {
  let n = 0;
  return sql.replace(/\?/g, () => `$${++n}`);
}

/** Where the one row of an INSERT's VALUES stands. */
function tupleOf(sql: string): { from: number; to: number } | null {
  const found = /^\s*INSERT\b[^?]*?\bVALUES\s*(?=\()/.exec(sql);
  if (!found) return null;
  const from = found[0].length;
  let depth = 0;
  for (let to = from; to < sql.length; to++) {
    if (sql[to] === "(") depth++;
    if (sql[to] === ")" && --depth === 0) return { from, to: to + 1 };
  }
  return null;
}

const ESCAPES: Record<string, string> = {
  "\\": "\\\\",
  "\t": "\\t",
  "\n": "\\n",
  "\r": "\\r",
};

/** A row in COPY's text form. */
export function copyLine(row: Value[]): string {
  return row.map(copyField).join("\t") + "\n";
}

function copyField(value: Value): string {
  if (value === null) return "\\N";
  if (typeof value === "number") return String(value);
  if (typeof value === "string")
    return (storable(value) as string).replace(
      /[\\\t\n\r]/g,
      (sign) => ESCAPES[sign]!,
    );
  return `\\\\x${Buffer.from(value.buffer, value.byteOffset, value.length).toString("hex")}`;
}
