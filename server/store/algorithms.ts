import type { Algorithm } from "../../contract/algorithm.ts";
import type { Db } from "./db.ts";
import type { Store } from "./store.ts";

const FIELDS = ["name_zh", "name_en", "version", "threshold", "enabled"];
const INSERT = `INSERT INTO algorithms (code, ${FIELDS.join(", ")}, edited)
  VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (code) DO UPDATE SET
  ${FIELDS.map((field) => `${field} = excluded.${field}`).join(", ")}`;

const valuesOf = (row: Algorithm, edited: 0 | 1) => [
  ...[row.code, row.nameZh, row.nameEn, row.version, row.threshold],
  ...[Number(row.enabled), edited],
];

export function createAlgorithms(db: Db): Store["algorithms"] {
  return {
    async import(rows) {
      await db.batch([
        {
          sql: `${INSERT} WHERE algorithms.edited = 0`,
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
      const rows = await db.all<{
        code: string;
        name_zh: string;
        name_en: string;
        version: string;
        threshold: number;
        enabled: number;
      }>(`SELECT code, ${FIELDS.join(", ")} FROM algorithms ORDER BY code`);
      return rows.map((row) => ({
        ...{ code: row.code, nameZh: row.name_zh, nameEn: row.name_en },
        ...{ version: row.version, threshold: row.threshold },
        enabled: row.enabled === 1,
      }));
    },
  };
}
