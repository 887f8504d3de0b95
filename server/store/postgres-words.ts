/** Words as a tsvector's lexemes: quoted, so that none is parted or changed. */
import type { WordIndex } from "./db.ts";

const quoted = (word: string) => `'${word}'`;

export const postgresWords: WordIndex = {
  kept: (words) => [...words].map(quoted).join(" "),
  found: (table, groups) => ({
    sql: `${table}.words @@ CAST(? AS tsquery)`,
    params: [
      groups.map((group) => `(${group.map(quoted).join(" | ")})`).join(" & "),
    ],
  }),
};
