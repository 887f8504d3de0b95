/** Who is on duty, what they write down, and how a shift passes to the next (值班). */
export const duty = [
  // A day's rows as JSON: a roster is read and replaced by whole days.
  `CREATE TABLE roster_days (
    date TEXT PRIMARY KEY, people TEXT NOT NULL, edited INTEGER NOT NULL)`,
  // Its key is the lock: of two changes of one revision the second fails.
  `CREATE TABLE roster_changes (
    rev INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL)`,

  `CREATE TABLE duty_log (
    id TEXT PRIMARY KEY, at INTEGER NOT NULL,
    who TEXT NOT NULL, name TEXT NOT NULL, date TEXT, shift TEXT,
    kind TEXT NOT NULL, text TEXT NOT NULL, place TEXT NOT NULL,
    incident TEXT, number TEXT, corrects TEXT)`,
  `CREATE INDEX duty_log_shift ON duty_log (date, shift, id)`,
  `CREATE INDEX duty_log_corrects ON duty_log (corrects) WHERE corrects IS NOT NULL`,

  `CREATE TABLE hand_overs (
    id TEXT PRIMARY KEY, date TEXT NOT NULL, shift TEXT NOT NULL,
    who TEXT NOT NULL, at INTEGER NOT NULL, received_at INTEGER,
    body TEXT NOT NULL, receipt TEXT NOT NULL,
    UNIQUE (date, shift))`,

  // What became of incidents in a shift is found without reading every history.
  `CREATE INDEX incident_history_became ON incident_history (at)
    WHERE to_status IN ('registered', 'closed')`,
];
