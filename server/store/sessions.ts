import type { Stage } from "../../contract/session.ts";
import { insertInto, type Db } from "./db.ts";
import type { SessionRecord, Store } from "./store.ts";

const COLUMNS = [
  ...["id", "account", "stage", "opened_at", "active_at", "until"],
  ...["address", "browser"],
];

interface Stored {
  id: string;
  account: string;
  stage: Stage;
  opened_at: number;
  active_at: number;
  until: number;
  address: string;
  browser: string;
}

export function createSessions(db: Db): Store["sessions"] {
  return {
    async put(rows) {
      await db.batch([
        {
          sql: `${insertInto("sessions", COLUMNS)} ON CONFLICT (id) DO UPDATE
            SET stage = excluded.stage, active_at = excluded.active_at,
            until = excluded.until`,
          each: rows.map((row) => [
            ...[row.id, row.account, row.stage, row.openedAt, row.activeAt],
            ...[row.until, row.address, row.browser],
          ]),
        },
      ]);
    },
    async remove(ids) {
      await db.batch([
        {
          sql: "DELETE FROM sessions WHERE id = ?",
          each: ids.map((id) => [id]),
        },
      ]);
    },
    async all() {
      const rows = await db.all<Stored>(
        "SELECT * FROM sessions ORDER BY opened_at, id",
      );
      return rows.map((row): SessionRecord => ({
        id: row.id,
        account: row.account,
        stage: row.stage,
        openedAt: row.opened_at,
        activeAt: row.active_at,
        until: row.until,
        address: row.address,
        browser: row.browser,
      }));
    },
  };
}
