import { QueueFilter } from "../../contract/filter.ts";
import { insertInto, type Db } from "./db.ts";
import type { FilterRow, Store } from "./store.ts";

const COLUMNS = [
  ...["id", "holder", "name", "account", "kept_by", "filter", "saved_at"],
];
/** Holder of what is for everybody: no account has this id. */
const EVERYBODY = "";

interface Stored {
  id: string;
  holder: string;
  name: string;
  account: string;
  kept_by: string;
  filter: string;
  saved_at: number;
}

const rowOf = (stored: Stored): FilterRow => ({
  id: stored.id,
  account: stored.account,
  by: stored.kept_by,
  name: stored.name,
  shared: stored.holder === EVERYBODY,
  filter: QueueFilter.parse(JSON.parse(stored.filter)),
  savedAt: stored.saved_at,
});

export function createFilters(db: Db): Store["filters"] {
  return {
    async put(row) {
      const changed = ["account", "kept_by", "filter", "saved_at"];
      const [kept] = await db.batch([
        {
          sql: `${insertInto("filters", COLUMNS)} ON CONFLICT (holder, name)
            DO UPDATE SET
            ${changed.map((column) => `${column} = excluded.${column}`).join(", ")}
            RETURNING id`,
          params: [
            ...[row.id, row.shared ? EVERYBODY : row.account, row.name],
            ...[row.account, row.by, JSON.stringify(row.filter), row.savedAt],
          ],
        },
      ]);
      return { ...row, id: kept![0]!["id"] as string };
    },
    async get(id) {
      const [found] = await db.all<Stored>(
        "SELECT * FROM filters WHERE id = ?",
        [id],
      );
      return found ? rowOf(found) : null;
    },
    async of(account) {
      const rows = await db.all<Stored>(
        "SELECT * FROM filters WHERE holder IN (?, ?) ORDER BY name, id",
        [account, EVERYBODY],
      );
      return rows.map(rowOf);
    },
    async drop(id) {
      await db.batch([
        { sql: "DELETE FROM filters WHERE id = ?", params: [id] },
      ]);
    },
  };
}
