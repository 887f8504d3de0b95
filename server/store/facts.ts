import type { Db } from "./db.ts";
import type { Store } from "./store.ts";

export function createFacts(db: Db): Store["facts"] {
  return {
    async get(name) {
      const [row] = await db.all<{ value: string }>(
        "SELECT value FROM facts WHERE name = ?",
        [name],
      );
      return row === undefined ? undefined : (JSON.parse(row.value) as unknown);
    },
    async set(name, value) {
      await db.batch([
        {
          sql: `INSERT INTO facts (name, value) VALUES (?, ?)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
          params: [name, JSON.stringify(value ?? null)],
        },
      ]);
    },
  };
}
