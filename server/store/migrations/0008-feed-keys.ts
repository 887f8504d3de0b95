/** Several keys a feed, so that one can be replaced without a gap; secrets that messages are signed with. */
export const feedKeys = [
  `CREATE TABLE feed_keys (
    id TEXT PRIMARY KEY, feed TEXT NOT NULL, hash TEXT NOT NULL,
    created_at INTEGER, created_by TEXT NOT NULL, until INTEGER,
    used_at INTEGER, used_from TEXT NOT NULL)`,
  `CREATE UNIQUE INDEX feed_keys_feed ON feed_keys (feed, hash)`,
  `CREATE TABLE feed_secrets (feed TEXT PRIMARY KEY, sealed TEXT NOT NULL)`,
  // A feed had one key, and nobody wrote down when it was made and by whom.
  `INSERT INTO feed_keys
    (id, feed, hash, created_at, created_by, until, used_at, used_from)
    SELECT id, id, key_hash, NULL, '', NULL, NULL, ''
    FROM feeds WHERE key_hash IS NOT NULL`,
  `ALTER TABLE feeds DROP COLUMN key_hash`,
];
