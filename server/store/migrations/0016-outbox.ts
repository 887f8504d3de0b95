/** Systems that are told of changes of status, and what is still to be told. */
export const outbox = [
  `CREATE TABLE webhooks (
    system TEXT PRIMARY KEY, url TEXT NOT NULL, enabled INTEGER NOT NULL,
    secret TEXT NOT NULL) WITHOUT ROWID`,
  `CREATE TABLE outbox (
    id TEXT PRIMARY KEY, incident TEXT NOT NULL, rev INTEGER NOT NULL,
    system TEXT NOT NULL, body TEXT NOT NULL, due_at INTEGER NOT NULL,
    tries INTEGER NOT NULL, dead INTEGER NOT NULL) WITHOUT ROWID`,
  `CREATE INDEX outbox_due ON outbox (dead, due_at)`,
  `CREATE INDEX outbox_incident ON outbox (incident, rev)`,
];
