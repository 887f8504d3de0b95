/** Codes that rows of statistics are told apart by, as numbers: they never change, and none goes. */
import type { Reader, Statement } from "./db.ts";

/** Several at a time; an engine takes some ten thousand parameters. */
const AT_ONCE = 1_000;

/** Numbers those that have none; before rows that have them. */
export function numberCodes(codes: Iterable<string>): Statement[] {
  const all = [...new Set(codes)].sort();
  const statements: Statement[] = [];
  for (let from = 0; from < all.length; from += AT_ONCE) {
    const some = all.slice(from, from + AT_ONCE);
    statements.push({
      sql: `INSERT INTO statistics_codes (number, code)
        SELECT (SELECT COALESCE(MAX(number), 0) FROM statistics_codes)
          + ROW_NUMBER() OVER (ORDER BY column1), column1
        FROM (VALUES ${some.map(() => "(?)").join(", ")}) AS told
        WHERE column1 NOT IN (SELECT code FROM statistics_codes)`,
      params: some,
    });
  }
  return statements;
}

/** The number of a code, as a value of an INSERT. */
export const NUMBER_OF = "(SELECT number FROM statistics_codes WHERE code = ?)";

/** The code of a number that a column has. */
export const codeOf = (column: string): string =>
  `(SELECT code FROM statistics_codes WHERE number = ${column})`;

/** @returns codes by their numbers: those of all rows that were read before */
export function createCodes(db: Reader): () => Promise<readonly string[]> {
  const known: string[] = [];
  return async () => {
    const rows = await db.all<{ number: number; code: string }>(
      "SELECT number, code FROM statistics_codes WHERE number >= ?",
      [known.length],
    );
    for (const { number, code } of rows) known[number] = code;
    return known;
  };
}
