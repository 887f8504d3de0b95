/** Lines of the audit, chained, and the seal over the chain's ends. */
export const audit = [
  `CREATE TABLE audit (
    seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL,
    roles TEXT NOT NULL, address TEXT NOT NULL, act TEXT NOT NULL,
    object TEXT NOT NULL, result TEXT NOT NULL, detail TEXT NOT NULL,
    was TEXT NOT NULL, became TEXT NOT NULL, previous TEXT NOT NULL,
    hash TEXT NOT NULL)`,
  `CREATE INDEX audit_at ON audit (at, seq)`,
  `CREATE INDEX audit_who ON audit (who, seq)`,
  `CREATE INDEX audit_act ON audit (act, seq)`,
  `CREATE INDEX audit_object ON audit (object, seq)`,
  `CREATE TABLE audit_seal (
    no INTEGER PRIMARY KEY, first INTEGER NOT NULL,
    first_previous TEXT NOT NULL, last INTEGER NOT NULL, head TEXT NOT NULL,
    mac TEXT NOT NULL)`,
];
