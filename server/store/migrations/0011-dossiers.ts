/** What the centre does with an incident, beside what was reported (案卷). */
export const dossiers = [
  `ALTER TABLE incidents ADD COLUMN matter_class TEXT NOT NULL DEFAULT 'A'`,
  `ALTER TABLE incidents ADD COLUMN centre TEXT`,
  `ALTER TABLE incidents ADD COLUMN parent TEXT`,
  `ALTER TABLE incidents ADD COLUMN dossier TEXT NOT NULL DEFAULT ''`,
  `CREATE INDEX incidents_parent ON incidents (parent) WHERE parent IS NOT NULL`,

  `ALTER TABLE incident_history ADD COLUMN name TEXT NOT NULL DEFAULT ''`,
  `ALTER TABLE incident_history ADD COLUMN from_status TEXT`,
  `ALTER TABLE incident_history ADD COLUMN to_status TEXT`,
  `ALTER TABLE incident_history ADD COLUMN facts TEXT NOT NULL DEFAULT '{}'`,

  // Whose orders an incident has or had: a page of a department's finds it here.
  `CREATE TABLE incident_handlers (
    incident TEXT NOT NULL, department TEXT NOT NULL,
    reported_at INTEGER NOT NULL,
    PRIMARY KEY (incident, department)) WITHOUT ROWID`,
  `CREATE INDEX incident_handlers_newest
    ON incident_handlers (department, reported_at, incident)`,
];
