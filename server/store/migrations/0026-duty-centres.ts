/** Each centre keeps a duty of its own: '' is the city's, else a district's centre by its department. */
export const dutyCentres = [
  `ALTER TABLE roster_days RENAME TO roster_days_of_city`,
  `CREATE TABLE roster_days (
    centre TEXT NOT NULL, date TEXT NOT NULL,
    people TEXT NOT NULL, edited INTEGER NOT NULL,
    PRIMARY KEY (centre, date))`,
  `INSERT INTO roster_days (centre, date, people, edited)
    SELECT '', date, people, edited FROM roster_days_of_city`,
  `DROP TABLE roster_days_of_city`,

  `ALTER TABLE roster_changes RENAME TO roster_changes_of_city`,
  `CREATE TABLE roster_changes (
    centre TEXT NOT NULL, rev INTEGER NOT NULL,
    at INTEGER NOT NULL, who TEXT NOT NULL,
    PRIMARY KEY (centre, rev))`,
  `INSERT INTO roster_changes (centre, rev, at, who)
    SELECT '', rev, at, who FROM roster_changes_of_city`,
  `DROP TABLE roster_changes_of_city`,

  `ALTER TABLE duty_log ADD COLUMN centre TEXT NOT NULL DEFAULT ''`,
  `DROP INDEX duty_log_shift`,
  `CREATE INDEX duty_log_shift ON duty_log (centre, date, shift, id)`,
  `CREATE INDEX duty_log_centre ON duty_log (centre, id)`,

  `ALTER TABLE hand_overs RENAME TO hand_overs_of_city`,
  `CREATE TABLE hand_overs (
    id TEXT PRIMARY KEY, centre TEXT NOT NULL,
    date TEXT NOT NULL, shift TEXT NOT NULL,
    who TEXT NOT NULL, at INTEGER NOT NULL, received_at INTEGER,
    body TEXT NOT NULL, receipt TEXT NOT NULL,
    UNIQUE (centre, date, shift))`,
  `INSERT INTO hand_overs
    (id, centre, date, shift, who, at, received_at, body, receipt)
    SELECT id, '', date, shift, who, at, received_at, body, receipt
    FROM hand_overs_of_city`,
  `DROP TABLE hand_overs_of_city`,
  `CREATE INDEX hand_overs_centre ON hand_overs (centre, id)`,
];
