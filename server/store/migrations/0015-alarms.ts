/** Alarms that stand, and those that were put aside. */
export const alarms = [
  `CREATE TABLE alarms (
    id TEXT PRIMARY KEY, alarm TEXT, shelf TEXT) WITHOUT ROWID`,
];
