/** Alarms that stand no more. */
export const pastAlarms = [
  `CREATE TABLE past_alarms (
    id TEXT NOT NULL, since INTEGER NOT NULL, over_at INTEGER NOT NULL,
    alarm TEXT NOT NULL, PRIMARY KEY (id, since)) WITHOUT ROWID`,
  "CREATE INDEX past_alarms_over ON past_alarms (over_at)",
];
