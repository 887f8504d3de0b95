/** A log of rows by series and time, and the chunks it is folded into. */
const log = (name: string) => [
  `CREATE TABLE ${name}_log (
    seq INTEGER PRIMARY KEY, count INTEGER NOT NULL, data BLOB NOT NULL)`,
  `CREATE TABLE ${name}_chunk (
    grp INTEGER NOT NULL, hour INTEGER NOT NULL, seq INTEGER NOT NULL,
    count INTEGER NOT NULL, data BLOB NOT NULL,
    PRIMARY KEY (grp, hour, seq))`,
  `CREATE INDEX ${name}_chunk_hour ON ${name}_chunk (hour, grp, seq)`,
  `CREATE TABLE ${name}_state (
    name TEXT PRIMARY KEY, value INTEGER NOT NULL)`,
];

export const foundation = [
  `CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL)`,
  `CREATE TABLE probe (no INTEGER PRIMARY KEY, data BLOB NOT NULL)`,
  `CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL)`,

  `CREATE TABLE series (
    no INTEGER PRIMARY KEY, system TEXT NOT NULL, sensor TEXT NOT NULL,
    metric TEXT NOT NULL)`,
  `CREATE TABLE sensors (
    system TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL,
    kind TEXT NOT NULL, lng REAL, lat REAL, district TEXT, grid TEXT,
    registered INTEGER NOT NULL, metrics TEXT NOT NULL,
    attributes TEXT NOT NULL, PRIMARY KEY (system, id)) WITHOUT ROWID`,
  `CREATE INDEX sensors_kind ON sensors (kind, system, id)`,
  `CREATE INDEX sensors_district ON sensors (district, system, id)`,
  `CREATE INDEX sensors_unregistered ON sensors (system, id)
    WHERE registered = 0`,

  // Readings: see docs/decisions/0002-reading-log.md.
  ...log("reading"),
  `CREATE TABLE reading_rollup (
    level INTEGER NOT NULL, grp INTEGER NOT NULL, block INTEGER NOT NULL,
    data BLOB NOT NULL, PRIMARY KEY (level, grp, block))`,
  `CREATE INDEX reading_rollup_block ON reading_rollup (level, block)`,
  `CREATE TABLE reading_stale (
    level INTEGER NOT NULL, grp INTEGER NOT NULL, block INTEGER NOT NULL,
    since INTEGER NOT NULL, changes INTEGER NOT NULL,
    PRIMARY KEY (level, grp, block)) WITHOUT ROWID`,
  `CREATE TABLE checkpoint_part (
    name TEXT PRIMARY KEY, version INTEGER NOT NULL)`,
  `CREATE TABLE checkpoint_piece (
    name TEXT NOT NULL, version INTEGER NOT NULL, piece INTEGER NOT NULL,
    data BLOB NOT NULL, PRIMARY KEY (name, version, piece))`,

  `CREATE TABLE indicators (
    id TEXT PRIMARY KEY, rev INTEGER NOT NULL, edited INTEGER NOT NULL,
    body TEXT NOT NULL)`,
  `CREATE TABLE indicator_versions (
    id TEXT NOT NULL, rev INTEGER NOT NULL, who TEXT NOT NULL,
    at INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (id, rev))`,
  `CREATE TABLE indicator_reports (
    indicator TEXT NOT NULL, scope TEXT NOT NULL, at INTEGER NOT NULL,
    correction INTEGER NOT NULL, value REAL NOT NULL, feed TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    PRIMARY KEY (indicator, scope, at, correction)) WITHOUT ROWID`,
  `CREATE TABLE indicator_newest (
    indicator TEXT NOT NULL, scope TEXT NOT NULL, at INTEGER NOT NULL,
    value REAL NOT NULL, received_at INTEGER NOT NULL,
    PRIMARY KEY (indicator, scope)) WITHOUT ROWID`,
  `CREATE TABLE indicator_points (
    indicator TEXT NOT NULL, scope TEXT NOT NULL, at INTEGER NOT NULL,
    value REAL, state TEXT NOT NULL,
    PRIMARY KEY (indicator, scope, at)) WITHOUT ROWID`,

  `CREATE TABLE incidents (
    id TEXT PRIMARY KEY, year INTEGER NOT NULL, running INTEGER NOT NULL,
    feed TEXT NOT NULL, external_id TEXT NOT NULL, source TEXT NOT NULL,
    department TEXT NOT NULL, category TEXT, title TEXT NOT NULL,
    description TEXT NOT NULL, priority INTEGER, status TEXT NOT NULL,
    ended INTEGER NOT NULL, lng REAL, lat REAL, district TEXT,
    address TEXT NOT NULL, reported_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL, closed_at INTEGER, sensor TEXT, camera TEXT,
    confidence REAL, historic INTEGER NOT NULL, reporter_name TEXT,
    reporter_phone TEXT, attachments TEXT NOT NULL, rev INTEGER NOT NULL,
    UNIQUE (year, running), UNIQUE (feed, external_id))`,
  `CREATE INDEX incidents_newest ON incidents (reported_at, id)`,
  `CREATE INDEX incidents_status ON incidents (status, reported_at, id)`,
  `CREATE INDEX incidents_district ON incidents (district, reported_at, id)`,
  `CREATE INDEX incidents_feed ON incidents (feed, reported_at, id)`,
  `CREATE INDEX incidents_open ON incidents (reported_at, id) WHERE ended = 0`,
  `CREATE TABLE incident_history (
    incident TEXT NOT NULL, rev INTEGER NOT NULL, at INTEGER NOT NULL,
    who TEXT NOT NULL, what TEXT NOT NULL, detail TEXT NOT NULL,
    PRIMARY KEY (incident, rev)) WITHOUT ROWID`,

  `CREATE TABLE warnings (
    id TEXT PRIMARY KEY, feed TEXT NOT NULL, sent INTEGER NOT NULL,
    expires INTEGER, superseded INTEGER NOT NULL, msg_type TEXT NOT NULL,
    body TEXT NOT NULL)`,
  `CREATE INDEX warnings_feed ON warnings (feed)`,
  `CREATE INDEX warnings_standing ON warnings (sent) WHERE superseded = 0`,

  `CREATE TABLE cameras (
    id TEXT PRIMARY KEY, feed TEXT NOT NULL, updated_at INTEGER NOT NULL,
    body TEXT NOT NULL)`,

  `CREATE TABLE positions (
    id TEXT PRIMARY KEY, no INTEGER NOT NULL, kind TEXT NOT NULL,
    at INTEGER NOT NULL, lng REAL NOT NULL, lat REAL NOT NULL, speed REAL,
    heading REAL, alarms TEXT NOT NULL, received_at INTEGER NOT NULL)`,
  `CREATE INDEX positions_at ON positions (at)`,
  `CREATE TABLE position_alarms (no INTEGER PRIMARY KEY, alarms TEXT NOT NULL)`,
  ...log("track"),

  `CREATE TABLE feeds (
    id TEXT PRIMARY KEY, edited INTEGER NOT NULL, key_hash TEXT,
    accepted INTEGER NOT NULL, duplicates INTEGER NOT NULL,
    missing INTEGER NOT NULL, rejected INTEGER NOT NULL, last_at INTEGER,
    body TEXT NOT NULL)`,

  `CREATE TABLE quarantine (
    id TEXT PRIMARY KEY, feed TEXT NOT NULL, at INTEGER NOT NULL,
    path TEXT NOT NULL, message TEXT NOT NULL, raw TEXT NOT NULL,
    replayed INTEGER)`,
  `CREATE INDEX quarantine_feed ON quarantine (feed, at, id)`,
  `CREATE INDEX quarantine_at ON quarantine (at)`,
  `CREATE INDEX quarantine_waiting ON quarantine (feed) WHERE replayed IS NULL`,
];
