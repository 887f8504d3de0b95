import type { Action, RoleCode } from "../../contract/role.ts";
import { after, is, toPage, where } from "./cursor.ts";
import type { Db } from "./db.ts";
import type { ChangeRecord, Store } from "./store.ts";

interface Stored {
  id: string;
  state: ChangeRecord["state"];
  at: number;
  body: string;
}

const read = ({ id, state, at, body }: Stored): ChangeRecord => ({
  ...(JSON.parse(body) as Omit<ChangeRecord, "id" | "state" | "at">),
  id,
  state,
  at,
});

export function createRights(db: Db): Store["rights"] {
  return {
    async put({ id, state, at, ...body }) {
      await db.batch([
        {
          sql: `INSERT INTO rights_changes (id, state, at, body) VALUES (?, ?, ?, ?)`,
          params: [id, state, at, JSON.stringify(body)],
        },
      ]);
    },
    async decide(id, state, decided) {
      const [row] = await db.all<Stored>(
        "SELECT * FROM rights_changes WHERE id = ?",
        [id],
      );
      if (!row) return null;
      const body = { ...(JSON.parse(row.body) as object), ...decided };
      const [changed] = await db.batch([
        {
          // Two who decide at once: one wins.
          sql: `UPDATE rights_changes SET state = ?, body = ?
            WHERE id = ? AND state = 'waiting' RETURNING id`,
          params: [state, JSON.stringify(body), id],
        },
      ]);
      return changed!.length === 0
        ? null
        : read({ ...row, state, body: JSON.stringify(body) });
    },
    async get(id) {
      const [row] = await db.all<Stored>(
        "SELECT * FROM rights_changes WHERE id = ?",
        [id],
      );
      return row ? read(row) : null;
    },
    async page({ state, from, to, limit, cursor }) {
      const found = where([
        is("state = ?", state),
        is("at >= ?", from),
        is("at < ?", to),
        after({ at: "number", id: "text" }, "<", cursor),
      ]);
      const rows = await db.all<Stored>(
        `SELECT * FROM rights_changes ${found.sql} ORDER BY at DESC, id DESC LIMIT ?`,
        [...found.params, limit + 1],
      );
      return toPage(rows, limit, ({ at, id }) => [at, id], read);
    },
    async roleActions() {
      const rows = await db.all<{ role: RoleCode; actions: string }>(
        "SELECT role, actions FROM role_actions",
      );
      return new Map(
        rows.map(({ role, actions }) => [
          role,
          JSON.parse(actions) as Action[],
        ]),
      );
    },
    async setRoleActions(role, actions) {
      await db.batch([
        {
          sql: `INSERT INTO role_actions (role, actions) VALUES (?, ?)
            ON CONFLICT (role) DO UPDATE SET actions = excluded.actions`,
          params: [role, JSON.stringify(actions)],
        },
      ]);
    },
  };
}
