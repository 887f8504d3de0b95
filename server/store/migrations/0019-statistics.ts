/**
 * What statistics count of incidents (server/hub/statistics): made of dossiers
 * and histories in the transaction that changes them, and can be made again.
 */
export const statistics = [
  `CREATE TABLE incident_stages (
    incident TEXT NOT NULL, no INTEGER NOT NULL,
    stage TEXT NOT NULL, order_no INTEGER, department TEXT NOT NULL,
    district TEXT, source TEXT NOT NULL, category TEXT,
    matter_class TEXT NOT NULL,
    started_at INTEGER NOT NULL, due_at INTEGER, first_due_at INTEGER,
    stopped_at INTEGER, settled_at INTEGER, first_settled_at INTEGER,
    is_kept INTEGER NOT NULL, is_first_kept INTEGER NOT NULL,
    natural_ms INTEGER, worked_ms INTEGER,
    PRIMARY KEY (incident, no)) WITHOUT ROWID`,
  `CREATE INDEX incident_stages_settled ON incident_stages (settled_at)
    WHERE settled_at IS NOT NULL`,
  `CREATE INDEX incident_stages_first ON incident_stages (first_settled_at)
    WHERE first_settled_at IS NOT NULL`,
  `CREATE INDEX incident_stages_stopped ON incident_stages (stopped_at)
    WHERE natural_ms IS NOT NULL`,

  `CREATE TABLE incident_acts (
    incident TEXT NOT NULL, rev INTEGER NOT NULL, no INTEGER NOT NULL,
    act TEXT NOT NULL, at INTEGER NOT NULL, department TEXT NOT NULL,
    district TEXT, source TEXT NOT NULL, category TEXT,
    matter_class TEXT NOT NULL,
    PRIMARY KEY (incident, rev, no)) WITHOUT ROWID`,
  `CREATE INDEX incident_acts_at ON incident_acts (at)`,
];
