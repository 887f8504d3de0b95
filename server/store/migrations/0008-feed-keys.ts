/** Several keys a feed, so that one can be replaced without a gap; secrets that messages are signed with. */
export const feedKeys = [
  `CREATE TABLE feed_keys (
    id TEXT PRIMARY KEY, feed TEXT NOT NULL, hash TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL, created_by TEXT NOT NULL, until INTEGER,
    used_at INTEGER, used_from TEXT NOT NULL)`,
  `CREATE INDEX feed_keys_feed ON feed_keys (feed)`,
  `CREATE TABLE feed_secrets (feed TEXT PRIMARY KEY, sealed TEXT NOT NULL)`,
];
