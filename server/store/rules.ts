import { insertInto, type Db, type Reader } from "./db.ts";
import type { Store } from "./store.ts";

const COLUMNS = ["name", "edition", "taken_at", "who", "size", "body"];

export function createRules(db: Db): Store["rules"] {
  return {
    async editions(table, limit) {
      const rows = await db.all<{
        edition: number;
        taken_at: number;
        who: string;
        size: number;
      }>(
        `SELECT edition, taken_at, who, size FROM rule_editions
        WHERE name = ? ORDER BY edition DESC LIMIT ?`,
        [table, limit],
      );
      return rows.map(({ edition, taken_at, who, size }) => ({
        ...{ no: edition, at: taken_at, who, rows: size },
      }));
    },
    async rows(table, no) {
      const [row] = await db.all<{ body: string }>(
        "SELECT body FROM rule_editions WHERE name = ? AND edition = ?",
        [table, no],
      );
      return row ? (JSON.parse(row.body) as unknown[]) : null;
    },
    async put(table, { no, at, who }, rows) {
      const [taken] = await db.batch([
        {
          sql: `${insertInto("rule_editions", COLUMNS)}
            ON CONFLICT (name, edition) DO NOTHING RETURNING edition`,
          params: [table, no, at, who, rows.length, JSON.stringify(rows)],
        },
      ]);
      return taken!.length > 0;
    },
  };
}

/** Rows of the newest edition; null where none was ever taken. */
export async function takenRows<Row>(
  db: Reader,
  table: string,
): Promise<Row[] | null> {
  const [row] = await db.all<{ body: string }>(
    "SELECT body FROM rule_editions WHERE name = ? ORDER BY edition DESC LIMIT 1",
    [table],
  );
  return row ? (JSON.parse(row.body) as Row[]) : null;
}
