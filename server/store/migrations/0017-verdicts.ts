/** What people found of what algorithms saw: counted by algorithm. */
export const verdicts = [
  `CREATE TABLE verdicts (
    incident TEXT PRIMARY KEY, algorithm TEXT NOT NULL,
    is_false INTEGER NOT NULL) WITHOUT ROWID`,
];
