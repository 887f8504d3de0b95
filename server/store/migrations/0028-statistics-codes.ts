/**
 * What rows of statistics are told apart by, as numbers: a period is counted
 * from its index alone, and a year of a million incidents in seconds. What has
 * none has the number of the empty code.
 */
const PARTS = [
  ...["department", "district", "source", "category", "matter_class", "town"],
] as const;
const numbers = PARTS.map((part) => `${part} INTEGER NOT NULL`).join(", ");
const columns = PARTS.join(", ");
const numbered = PARTS.map(
  (part) =>
    `(SELECT number FROM statistics_codes WHERE code = COALESCE(was.${part}, ''))`,
).join(", ");
const codes = ["incident_stages", "incident_acts"]
  .flatMap((table) =>
    PARTS.map((part) => `SELECT COALESCE(${part}, '') AS code FROM ${table}`),
  )
  .join(" UNION ");

const CLOCK = `started_at, due_at, first_due_at, stopped_at, settled_at,
  first_settled_at, is_kept, is_first_kept, natural_ms, worked_ms`;
/** Handling is counted by its orders. */
const BY_ORDER = "NOT (stage = 'handle' AND order_no IS NULL)";
const inOrder = (table: string, at: string, rest: string, where = "") =>
  `CREATE INDEX ${table}_${at} ON ${table} (${at}, ${rest}, ${columns}) ${where}`;

export const statisticsCodes = [
  `CREATE TABLE statistics_codes (
    number INTEGER NOT NULL PRIMARY KEY, code TEXT NOT NULL UNIQUE)`,
  `INSERT INTO statistics_codes (number, code)
    SELECT ROW_NUMBER() OVER (ORDER BY code), code FROM (${codes}) AS told`,

  `ALTER TABLE incident_stages RENAME TO incident_stages_was`,
  `CREATE TABLE incident_stages (
    incident TEXT NOT NULL, no INTEGER NOT NULL,
    stage TEXT NOT NULL, order_no INTEGER,
    started_at INTEGER NOT NULL, due_at INTEGER, first_due_at INTEGER,
    stopped_at INTEGER, settled_at INTEGER, first_settled_at INTEGER,
    is_kept INTEGER NOT NULL, is_first_kept INTEGER NOT NULL,
    natural_ms INTEGER, worked_ms INTEGER, ${numbers},
    PRIMARY KEY (incident, no)) WITHOUT ROWID`,
  `INSERT INTO incident_stages (incident, no, stage, order_no, ${CLOCK}, ${columns})
    SELECT incident, no, stage, order_no, ${CLOCK}, ${numbered}
    FROM incident_stages_was AS was`,
  `DROP TABLE incident_stages_was`,
  inOrder(
    ...(["incident_stages", "settled_at", "stage, order_no, is_kept"] as const),
    `WHERE settled_at IS NOT NULL AND ${BY_ORDER}`,
  ),
  inOrder(
    "incident_stages",
    ...(["first_settled_at", "stage, order_no, is_first_kept"] as const),
    `WHERE first_settled_at IS NOT NULL AND ${BY_ORDER}`,
  ),
  inOrder(
    "incident_stages",
    ...(["stopped_at", "stage, order_no, natural_ms, worked_ms"] as const),
    `WHERE natural_ms IS NOT NULL AND ${BY_ORDER}`,
  ),

  `ALTER TABLE incident_acts RENAME TO incident_acts_was`,
  `CREATE TABLE incident_acts (
    incident TEXT NOT NULL, rev INTEGER NOT NULL, no INTEGER NOT NULL,
    act TEXT NOT NULL, at INTEGER NOT NULL, ${numbers},
    PRIMARY KEY (incident, rev, no)) WITHOUT ROWID`,
  `INSERT INTO incident_acts (incident, rev, no, act, at, ${columns})
    SELECT incident, rev, no, act, at, ${numbered}
    FROM incident_acts_was AS was`,
  `DROP TABLE incident_acts_was`,
  inOrder("incident_acts", "at", "act"),
];
