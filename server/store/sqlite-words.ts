/** Words in FTS5: a space parts them, and its `ascii` tokenizer leaves them as they are. */
import type { WordIndex } from "./db.ts";

export const sqliteWords: WordIndex = {
  kept: (words) => [...words].join(" "),
  found: (table, groups) => ({
    sql: `${table} MATCH ?`,
    params: [
      groups
        .map((group) => `(${group.map((word) => `"${word}"`).join(" OR ")})`)
        .join(" AND "),
    ],
  }),
};
