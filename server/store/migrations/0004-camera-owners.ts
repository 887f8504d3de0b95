/** A camera's key says whose it is. Copied, because an old id may look like a new one. */
export const cameraOwners = [
  `ALTER TABLE cameras RENAME TO cameras_unowned`,
  `CREATE TABLE cameras (
    id TEXT PRIMARY KEY, feed TEXT NOT NULL, updated_at INTEGER NOT NULL,
    body TEXT NOT NULL)`,
  `INSERT INTO cameras (id, feed, updated_at, body)
    SELECT feed || '/' || id, feed, updated_at, body FROM cameras_unowned`,
  `DROP TABLE cameras_unowned`,
];
