import type { Db, Statement } from "./db.ts";
import type { Store } from "./store.ts";

export function createFacts(db: Db): Store["facts"] & {
  /** To be stored in one transaction with what it tells of. */
  setting(name: string, value: unknown): Statement;
} {
  const setting = (name: string, value: unknown): Statement => ({
    sql: `INSERT INTO facts (name, value) VALUES (?, ?)
      ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    params: [name, JSON.stringify(value ?? null)],
  });
  return {
    setting,
    async get(name) {
      const [row] = await db.all<{ value: string }>(
        "SELECT value FROM facts WHERE name = ?",
        [name],
      );
      return row === undefined ? undefined : (JSON.parse(row.value) as unknown);
    },
    async set(name, value) {
      await db.batch([setting(name, value)]);
    },
  };
}
