/**
 * What decides about a warning stands beside its body, which may be long. A
 * quote inside a text of JSON is escaped: the patterns find the fields alone.
 * Which message ended one that is ended already stays in the body.
 */
export const warningStanding = [
  `ALTER TABLE warnings ADD COLUMN ours INTEGER NOT NULL DEFAULT 1`,
  `ALTER TABLE warnings ADD COLUMN orphan INTEGER NOT NULL DEFAULT 0`,
  `ALTER TABLE warnings ADD COLUMN status TEXT NOT NULL DEFAULT 'Actual'`,
  `ALTER TABLE warnings ADD COLUMN superseded_by TEXT`,
  `UPDATE warnings SET ours = 0 WHERE body LIKE '%"ours":false%'`,
  `UPDATE warnings SET orphan = 1 WHERE body LIKE '%"orphan":true%'`,
  ...["Exercise", "System", "Test", "Draft"].map(
    (status) =>
      `UPDATE warnings SET status = '${status}'
      WHERE body LIKE '%"status":"${status}"%'`,
  ),
  `DROP INDEX warnings_standing`,
  `CREATE INDEX warnings_standing ON warnings (sent, id)
    WHERE superseded = 0 AND ours = 1`,
];
