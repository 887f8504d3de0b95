/**
 * Who called, as a keyed hash of the number that nobody can turn back: only
 * whether two incidents have the same one is asked.
 */
export const callers = [
  `CREATE TABLE incident_callers (
    incident TEXT PRIMARY KEY, caller TEXT NOT NULL,
    reported_at INTEGER NOT NULL) WITHOUT ROWID`,
  `CREATE INDEX incident_callers_same ON incident_callers (caller, reported_at)`,
  `CREATE INDEX incident_callers_at ON incident_callers (reported_at)`,
];
