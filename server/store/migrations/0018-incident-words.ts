import type { Step } from "../db.ts";

/**
 * Words and marks by which incidents are found (server/store/incident-words.ts).
 * Neither engine keeps positions or the text: the incident has it.
 */
export const incidentWords: Step[] = [
  `ALTER TABLE incidents ADD COLUMN supervised INTEGER NOT NULL DEFAULT 0`,
  {
    sqlite: [
      `CREATE VIRTUAL TABLE incident_words USING fts5(words, content='',
        contentless_delete=1, detail=none, tokenize="ascii tokenchars '_'")`,
    ],
    postgres: [
      `CREATE TABLE incident_words (
        rowid BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)`,
      `CREATE INDEX incident_words_found ON incident_words USING GIN (words)`,
    ],
  },
];
