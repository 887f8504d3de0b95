import { DataScope } from "../../contract/data-scope.ts";
import { insertInto, type Db } from "./db.ts";
import type { DeviceRecord, Store } from "./store.ts";

const COLUMNS = [
  ...["id", "name", "screens", "scope", "enabled", "revoked", "paired_at"],
  ...["paired_by", "seen_at", "address", "browser", "token", "token_at"],
  ...["former", "former_until", "rev"],
];

interface Stored {
  id: string;
  name: string;
  screens: string;
  scope: string;
  enabled: number;
  revoked: number;
  paired_at: number;
  paired_by: string;
  seen_at: number | null;
  address: string;
  browser: string;
  token: string;
  token_at: number;
  former: string | null;
  former_until: number | null;
  rev: number;
}

export function createDevices(db: Db): Store["devices"] {
  return {
    async put(rows) {
      const changed = COLUMNS.filter((column) => column !== "id");
      await db.batch([
        {
          sql: `${insertInto("devices", COLUMNS)} ON CONFLICT (id) DO UPDATE SET
            ${changed.map((column) => `${column} = excluded.${column}`).join(", ")}`,
          each: rows.map((row) => [
            ...[row.id, row.name, JSON.stringify(row.screens)],
            ...[JSON.stringify(row.scope), Number(row.enabled)],
            ...[Number(row.revoked), row.pairedAt, row.pairedBy, row.seenAt],
            ...[row.address, row.browser, row.token, row.tokenAt],
            ...[row.former, row.formerUntil, row.rev],
          ]),
        },
      ]);
    },
    async all() {
      const rows = await db.all<Stored>(
        "SELECT * FROM devices ORDER BY paired_at, id",
      );
      return rows.map((row): DeviceRecord => ({
        id: row.id,
        name: row.name,
        screens: JSON.parse(row.screens) as string[],
        scope: DataScope.parse(JSON.parse(row.scope)),
        enabled: row.enabled === 1,
        revoked: row.revoked === 1,
        pairedAt: row.paired_at,
        pairedBy: row.paired_by,
        seenAt: row.seen_at,
        address: row.address,
        browser: row.browser,
        token: row.token,
        tokenAt: row.token_at,
        former: row.former,
        formerUntil: row.former_until,
        rev: row.rev,
      }));
    },
  };
}
