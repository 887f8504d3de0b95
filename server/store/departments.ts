import type { Department } from "../../contract/city.ts";
import type { Db } from "./db.ts";
import type { Store } from "./store.ts";

interface Stored {
  code: string;
  name_zh: string;
  name_en: string;
}

const INSERT = `INSERT INTO departments (code, name_zh, name_en, edited)
  VALUES (?, ?, ?, ?) ON CONFLICT (code) DO UPDATE SET
  name_zh = excluded.name_zh, name_en = excluded.name_en`;

const valuesOf = ({ code, nameZh, nameEn }: Department, edited: 0 | 1) => [
  ...[code, nameZh, nameEn],
  edited,
];

export function createDepartments(db: Db): Store["departments"] {
  return {
    async import(rows) {
      await db.batch([
        {
          sql: `${INSERT} WHERE departments.edited = 0`,
          each: rows.map((row) => valuesOf(row, 0)),
        },
      ]);
    },
    async put(row) {
      await db.batch([
        { sql: `${INSERT}, edited = 1`, params: valuesOf(row, 1) },
      ]);
    },
    async all() {
      const rows = await db.all<Stored>(
        "SELECT code, name_zh, name_en FROM departments ORDER BY code",
      );
      return rows.map((row) => ({
        code: row.code,
        nameZh: row.name_zh,
        nameEn: row.name_en,
      }));
    },
  };
}
