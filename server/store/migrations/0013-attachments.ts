/** Who sent which file of DATA_DIR/attachments; `named`: a report or a step says of it. */
export const attachments = [
  `CREATE TABLE attachments (
    id TEXT NOT NULL, account TEXT NOT NULL, type TEXT NOT NULL,
    size INTEGER NOT NULL, at INTEGER NOT NULL, named INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (id, account)) WITHOUT ROWID`,
  `CREATE INDEX attachments_unnamed ON attachments (account, at)
    WHERE named = 0`,
];
