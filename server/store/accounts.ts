import { DataScope } from "../../contract/data-scope.ts";
import type { RoleCode } from "../../contract/role.ts";
import { after, is, toPage, where } from "./cursor.ts";
import { insertInto, type Db, type Value } from "./db.ts";
import type { AccountRecord, Store } from "./store.ts";

interface Stored {
  id: string;
  login: string;
  name: string;
  staff_no: string;
  scope: string;
  enabled: number;
  origin: AccountRecord["origin"];
  subject: string | null;
  password: string | null;
  password_at: number | null;
  must_change: number;
  former: string;
  factor: string | null;
  factor_step: number;
  recovery: string;
  failures: number;
  locked_until: number | null;
  created_at: number;
  signed_in_at: number | null;
  rev: number;
}

const COLUMNS: [keyof AccountRecord, keyof Stored][] = [
  ["id", "id"],
  ["login", "login"],
  ["name", "name"],
  ["staffNo", "staff_no"],
  ["scope", "scope"],
  ["enabled", "enabled"],
  ["origin", "origin"],
  ["subject", "subject"],
  ["password", "password"],
  ["passwordAt", "password_at"],
  ["mustChange", "must_change"],
  ["former", "former"],
  ["factor", "factor"],
  ["factorStep", "factor_step"],
  ["recovery", "recovery"],
  ["failures", "failures"],
  ["lockedUntil", "locked_until"],
  ["createdAt", "created_at"],
  ["signedInAt", "signed_in_at"],
  ["rev", "rev"],
];
const COLUMN = new Map(COLUMNS);

function storedOf(value: unknown): Value {
  if (typeof value === "boolean") return Number(value);
  if (value !== null && typeof value === "object") return JSON.stringify(value);
  return value as Value;
}

const read = (row: Stored, roles: RoleCode[]): AccountRecord => ({
  id: row.id,
  login: row.login,
  name: row.name,
  staffNo: row.staff_no,
  roles,
  scope: DataScope.parse(JSON.parse(row.scope)),
  enabled: row.enabled === 1,
  origin: row.origin,
  subject: row.subject,
  password: row.password,
  passwordAt: row.password_at,
  mustChange: row.must_change === 1,
  former: JSON.parse(row.former) as string[],
  factor: row.factor,
  factorStep: row.factor_step,
  recovery: JSON.parse(row.recovery) as string[],
  failures: row.failures,
  lockedUntil: row.locked_until,
  createdAt: row.created_at,
  signedInAt: row.signed_in_at,
  rev: row.rev,
});

/** Of an account that is there: none for one whose login was taken. */
const roleRows = (id: string, roles: readonly RoleCode[]) => ({
  sql: `INSERT INTO account_roles (account, role)
    SELECT id, CAST(? AS TEXT) FROM accounts WHERE id = ?`,
  each: [...new Set(roles)].map((role) => [role, id]),
});

/** Signs that mean something to LIKE mean themselves. */
const partOf = (search: string) =>
  `%${search.toLowerCase().replaceAll(/[\\%_]/g, "\\$&")}%`;

export function createAccounts(db: Db): Store["accounts"] {
  async function withRoles(rows: Stored[]): Promise<AccountRecord[]> {
    if (rows.length === 0) return [];
    const marks = rows.map(() => "?").join(", ");
    const held = await db.all<{ account: string; role: RoleCode }>(
      `SELECT account, role FROM account_roles WHERE account IN (${marks})
        ORDER BY account, role`,
      rows.map(({ id }) => id),
    );
    const roles = new Map<string, RoleCode[]>();
    for (const { account, role } of held)
      roles.set(account, [...(roles.get(account) ?? []), role]);
    return rows.map((row) => read(row, roles.get(row.id) ?? []));
  }

  async function one(column: string, value: string) {
    const rows = await db.all<Stored>(
      `SELECT * FROM accounts WHERE ${column} = ?`,
      [value],
    );
    const [found] = await withRoles(rows);
    return found ?? null;
  }

  return {
    async add(record) {
      const columns = COLUMNS.map(([, column]) => column);
      const [added] = await db.batch([
        {
          sql: `${insertInto("accounts", columns)} ON CONFLICT DO NOTHING RETURNING id`,
          params: COLUMNS.map(([field]) => storedOf(record[field])),
        },
        roleRows(record.id, record.roles),
      ]);
      return added!.length > 0;
    },

    get: (id) => one("id", id),
    byLogin: (login) => one("login", login),
    bySubject: (subject) => one("subject", subject),
    byStaffNo: (staffNo) => one("staff_no", staffNo),

    async page({ search, role, limit, cursor }) {
      const found = where([
        search === undefined
          ? null
          : {
              sql: `(LOWER(login) LIKE ? ESCAPE '\\' OR LOWER(name) LIKE ? ESCAPE '\\' OR LOWER(staff_no) LIKE ? ESCAPE '\\')`,
              params: [partOf(search), partOf(search), partOf(search)],
            },
        is("id IN (SELECT account FROM account_roles WHERE role = ?)", role),
        after({ login: "text" }, ">", cursor),
      ]);
      const rows = await db.all<Stored>(
        `SELECT * FROM accounts ${found.sql} ORDER BY login LIMIT ?`,
        [...found.params, limit + 1],
      );
      const records = await withRoles(rows);
      return toPage(
        records,
        limit,
        ({ login }) => [login],
        (record) => record,
      );
    },

    async holders(role) {
      const rows = await db.all<Stored>(
        `SELECT * FROM accounts WHERE enabled = 1 AND id IN
          (SELECT account FROM account_roles WHERE role = ?) ORDER BY login`,
        [role],
      );
      return withRoles(rows);
    },

    async change(id, fields, rev) {
      const set = Object.entries(fields).map(
        ([field, value]) =>
          [COLUMN.get(field as keyof AccountRecord)!, storedOf(value)] as const,
      );
      const [changed] = await db.batch([
        {
          sql: `UPDATE accounts SET ${[...set.map(([column]) => `${column} = ?`), "rev = rev + 1"].join(", ")}
            WHERE id = ? ${rev === undefined ? "" : "AND rev = ?"} RETURNING id`,
          params: [
            ...set.map(([, value]) => value),
            id,
            ...(rev === undefined ? [] : [rev]),
          ],
        },
      ]);
      return changed!.length === 0 ? null : one("id", id);
    },

    async setAccess(id, roles, scope) {
      await db.batch([
        {
          sql: "UPDATE accounts SET scope = ?, rev = rev + 1 WHERE id = ?",
          params: [JSON.stringify(scope), id],
        },
        { sql: "DELETE FROM account_roles WHERE account = ?", params: [id] },
        ...(roles.length > 0 ? [roleRows(id, roles)] : []),
      ]);
    },

    async countTry(id, now, lockAfter, lockFor) {
      // One that waited begins anew.
      const tries = `CASE WHEN locked_until IS NULL THEN failures + 1 ELSE 1 END`;
      const [counted] = await db.batch([
        {
          sql: `UPDATE accounts SET failures = ${tries},
            locked_until = CASE WHEN ${tries} >= ? THEN CAST(? AS BIGINT) ELSE NULL END
            WHERE id = ? AND (locked_until IS NULL OR locked_until <= ?)
            RETURNING failures`,
          params: [lockAfter, now + lockFor, id, now],
        },
      ]);
      return (counted![0]?.["failures"] ?? null) as number | null;
    },

    async forgiveTry(id, lockAfter) {
      await db.batch([
        {
          sql: `UPDATE accounts SET failures = failures - 1,
            locked_until = CASE WHEN failures > ? THEN locked_until ELSE NULL END
            WHERE id = ? AND failures > 0`,
          params: [lockAfter, id],
        },
      ]);
    },

    async spendStep(id, step) {
      const [spent] = await db.batch([
        {
          sql: `UPDATE accounts SET factor_step = ? WHERE id = ? AND factor_step < ? RETURNING id`,
          params: [step, id, step],
        },
      ]);
      return spent!.length > 0;
    },

    async spendRecovery(id, before, left) {
      const [spent] = await db.batch([
        {
          sql: `UPDATE accounts SET recovery = ? WHERE id = ? AND recovery = ? RETURNING id`,
          params: [JSON.stringify(left), id, JSON.stringify(before)],
        },
      ]);
      return spent!.length > 0;
    },

    async addLink(hash, account, until) {
      await db.batch([
        {
          sql: "DELETE FROM one_time_links WHERE account = ?",
          params: [account],
        },
        {
          sql: insertInto("one_time_links", ["hash", "account", "until"]),
          params: [hash, account, until],
        },
      ]);
    },

    async byLink(hash, now) {
      const [link] = await db.all<{ account: string }>(
        "SELECT account FROM one_time_links WHERE hash = ? AND until > ?",
        [hash, now],
      );
      return link ? one("id", link.account) : null;
    },

    async spendLink(hash, now) {
      const [spent] = await db.batch([
        {
          sql: "DELETE FROM one_time_links WHERE hash = ? AND until > ? RETURNING account",
          params: [hash, now],
        },
      ]);
      return spent!.length > 0;
    },

    async dropLinks(account) {
      await db.batch([
        {
          sql: "DELETE FROM one_time_links WHERE account = ?",
          params: [account],
        },
      ]);
    },
  };
}
