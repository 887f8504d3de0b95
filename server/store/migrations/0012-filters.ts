/** Filters of the queue that people keep for themselves or for everybody (F22). */
export const filters = [
  // `holder` is the account, or empty where it is for everybody: there a name is taken once.
  `CREATE TABLE filters (
    id TEXT PRIMARY KEY, holder TEXT NOT NULL, name TEXT NOT NULL,
    account TEXT NOT NULL, kept_by TEXT NOT NULL, filter TEXT NOT NULL,
    saved_at INTEGER NOT NULL)`,
  `CREATE UNIQUE INDEX filters_name ON filters (holder, name)`,
];
