/** What looks at pictures for the city. */
export const algorithms = [
  `CREATE TABLE algorithms (
    code TEXT PRIMARY KEY, name_zh TEXT NOT NULL, name_en TEXT NOT NULL,
    version TEXT NOT NULL, threshold REAL NOT NULL, enabled INTEGER NOT NULL,
    edited INTEGER NOT NULL) WITHOUT ROWID`,
];
