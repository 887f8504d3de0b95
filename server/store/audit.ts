/** The audit's lines and the seal over them; how they are chained, server/auth/audit-chain.ts knows. */
import type { AuditLine } from "../../contract/audit.ts";
import { after, is, toPage, where, type Condition } from "./cursor.ts";
import { insertInto, type Db, type Reader, type Statement } from "./db.ts";
import type { AuditFilter, AuditLog, AuditReader, AuditSeal } from "./store.ts";

/** Lines read at a time. */
const BATCH = 1_000;

const COLUMNS = [
  ...["seq", "at", "who", "roles", "address", "act", "object", "result"],
  ...["detail", "was", "became", "previous", "hash"],
];
const LINE = COLUMNS.join(", ")
  .replace("was", "was AS before")
  .replace("became", "became AS after");
const SEALED = "first, first_previous, last, head, mac";

type SealRow = Omit<AuditSeal, "firstPrevious"> & { first_previous: string };

export function createAudit(db: Db): AuditLog {
  return {
    ...createAuditReader(db),
    async append(lines, seal) {
      const rows = lines.map((line) => [
        ...[line.seq, line.at, line.who, line.roles, line.address, line.act],
        ...[line.object, line.result, line.detail, line.before, line.after],
        ...[line.previous, line.hash],
      ]);
      await db.batch([
        { sql: insertInto("audit", COLUMNS), each: rows },
        keep(seal),
      ]);
    },
    async prune(below, seal) {
      await db.batch([
        { sql: "DELETE FROM audit WHERE seq < ?", params: [below] },
        keep(seal),
      ]);
    },
  };
}

export function createAuditReader(db: Reader): AuditReader {
  return {
    async page({ limit, cursor, ...filter }) {
      const { sql, params } = where([
        ...conditionsOf(filter),
        after({ seq: "number" }, "<", cursor),
      ]);
      const rows = await db.all<AuditLine>(
        `SELECT ${LINE} FROM audit ${sql} ORDER BY seq DESC LIMIT ?`,
        [...params, limit + 1],
      );
      return toPage(
        rows,
        limit,
        (row) => [row.seq],
        (row) => row,
      );
    },

    async *each({ first = 0, last, ...filter }) {
      for (let next = first; ;) {
        const { sql, params } = where([
          ...conditionsOf(filter),
          is("seq >= ?", next),
          is("seq <= ?", last),
        ]);
        const rows = await db.all<AuditLine>(
          `SELECT ${LINE} FROM audit ${sql} ORDER BY seq LIMIT ${BATCH}`,
          params,
        );
        if (rows.length > 0) yield rows;
        if (rows.length < BATCH) return;
        next = rows.at(-1)!.seq + 1;
      }
    },

    async ends() {
      // One statement, and so one moment: a hub may be writing meanwhile.
      const [row] = await db.all<
        { lowest: number | null; highest: number | null } & (
          SealRow | { mac: null }
        )
      >(
        `SELECT (SELECT MIN(seq) FROM audit) AS lowest,
        (SELECT MAX(seq) FROM audit) AS highest, ${SEALED}
        FROM (SELECT 1 AS one) AS always LEFT JOIN audit_seal ON no = one`,
      );
      const { lowest, highest, ...sealed } = row!;
      if (sealed.mac === null) return { lowest, highest, seal: null };
      const { first_previous: firstPrevious, ...seal } = sealed;
      return { lowest, highest, seal: { ...seal, firstPrevious } };
    },

    async acts() {
      // From one name to the next in the index, rather than through every line.
      const rows = await db.all<{ act: string }>(
        `WITH RECURSIVE acts (act) AS (SELECT MIN(act) FROM audit
          UNION ALL
          SELECT (SELECT MIN(audit.act) FROM audit WHERE audit.act > acts.act)
          FROM acts WHERE acts.act IS NOT NULL)
        SELECT act FROM acts WHERE act IS NOT NULL`,
      );
      return rows.map(({ act }) => act);
    },
  };
}

function conditionsOf(filter: AuditFilter): (Condition | null)[] {
  return [
    is("at >= ?", filter.from),
    is("at < ?", filter.to),
    is("who = ?", filter.who),
    is("act = ?", filter.act),
    is("object = ?", filter.object),
    is("result = ?", filter.result),
  ];
}

function keep(seal: AuditSeal): Statement {
  return {
    sql: `INSERT INTO audit_seal (no, ${SEALED}) VALUES (1, ?, ?, ?, ?, ?)
      ON CONFLICT (no) DO UPDATE SET first = excluded.first,
      first_previous = excluded.first_previous, last = excluded.last,
      head = excluded.head, mac = excluded.mac`,
    params: [seal.first, seal.firstPrevious, seal.last, seal.head, seal.mac],
  };
}
