/** Accounts, their sessions and rights, paired walls, departments. */
export const accounts = [
  `CREATE TABLE accounts (
    id TEXT PRIMARY KEY, login TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    staff_no TEXT NOT NULL UNIQUE, scope TEXT NOT NULL,
    enabled INTEGER NOT NULL, origin TEXT NOT NULL, subject TEXT UNIQUE,
    password TEXT, password_at INTEGER, must_change INTEGER NOT NULL,
    former TEXT NOT NULL, factor TEXT, factor_step INTEGER NOT NULL,
    recovery TEXT NOT NULL, failures INTEGER NOT NULL, locked_until INTEGER,
    created_at INTEGER NOT NULL, signed_in_at INTEGER, rev INTEGER NOT NULL)`,
  `CREATE TABLE account_roles (
    account TEXT NOT NULL, role TEXT NOT NULL, PRIMARY KEY (account, role))`,
  // 三员分立: a staff number has one account, and an account one of the three at most.
  `CREATE UNIQUE INDEX account_roles_separated ON account_roles (account)
    WHERE role IN ('sysAdmin', 'secAdmin', 'auditAdmin')`,
  `CREATE TABLE one_time_links (
    hash TEXT PRIMARY KEY, account TEXT NOT NULL, until INTEGER NOT NULL)`,
  `CREATE TABLE sessions (
    id TEXT PRIMARY KEY, account TEXT NOT NULL, stage TEXT NOT NULL,
    opened_at INTEGER NOT NULL, active_at INTEGER NOT NULL,
    until INTEGER NOT NULL, address TEXT NOT NULL, browser TEXT NOT NULL)`,
  `CREATE TABLE role_actions (role TEXT PRIMARY KEY, actions TEXT NOT NULL)`,
  `CREATE TABLE rights_changes (
    id TEXT PRIMARY KEY, state TEXT NOT NULL, at INTEGER NOT NULL,
    body TEXT NOT NULL)`,
  `CREATE INDEX rights_changes_state ON rights_changes (state, at, id)`,
  `CREATE INDEX rights_changes_at ON rights_changes (at, id)`,
  `CREATE TABLE devices (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, screens TEXT NOT NULL,
    scope TEXT NOT NULL, enabled INTEGER NOT NULL, revoked INTEGER NOT NULL,
    paired_at INTEGER NOT NULL, paired_by TEXT NOT NULL, seen_at INTEGER,
    address TEXT NOT NULL, browser TEXT NOT NULL, token TEXT NOT NULL UNIQUE,
    token_at INTEGER NOT NULL, former TEXT, former_until INTEGER,
    rev INTEGER NOT NULL)`,
  `CREATE TABLE departments (
    code TEXT PRIMARY KEY, name_zh TEXT NOT NULL, name_en TEXT NOT NULL,
    edited INTEGER NOT NULL)`,
  // Sessions of sign-in links lay here before there were accounts.
  `DELETE FROM facts WHERE name = 'sessions'`,
];
