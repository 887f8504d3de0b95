/**
 * A warning's key says whose it is, and a message that ends another may come
 * first. Copied into a new table, because an old id may look like a new one.
 */
export const warningOwners = [
  `DROP INDEX warnings_feed`,
  `DROP INDEX warnings_standing`,
  `ALTER TABLE warnings RENAME TO warnings_unowned`,
  `CREATE TABLE warnings (
    id TEXT PRIMARY KEY, feed TEXT NOT NULL, sent INTEGER NOT NULL,
    expires INTEGER, superseded INTEGER NOT NULL, msg_type TEXT NOT NULL,
    body TEXT NOT NULL)`,
  `INSERT INTO warnings (id, feed, sent, expires, superseded, msg_type, body)
    SELECT feed || '/' || id, feed, sent, expires, superseded, msg_type, body
    FROM warnings_unowned`,
  `DROP TABLE warnings_unowned`,
  `CREATE INDEX warnings_feed ON warnings (feed)`,
  `CREATE INDEX warnings_standing ON warnings (sent) WHERE superseded = 0`,

  `CREATE TABLE warning_endings (
    warning TEXT NOT NULL, ended_by TEXT NOT NULL, since INTEGER NOT NULL,
    PRIMARY KEY (warning, ended_by)) WITHOUT ROWID`,
  `CREATE INDEX warning_endings_since ON warning_endings (since)`,
];
