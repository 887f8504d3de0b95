import { AttachmentType } from "../../contract/attachment.ts";
import type { Db } from "./db.ts";
import type { Store } from "./store.ts";

/** Ids asked for at a time. */
const SOME = 400;

export function createAttachments(db: Db): Store["attachments"] {
  return {
    async put({ id, account, type, size, at }) {
      await db.batch([
        {
          // Sent again it waits for its step anew, and stays named where it was.
          sql: `INSERT INTO attachments (id, account, type, size, at)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (id, account) DO UPDATE SET at = excluded.at`,
          params: [id, account, type, size, at],
        },
      ]);
    },

    async name(ids, account) {
      const [rows] = await db.batch([
        {
          sql: `UPDATE attachments SET named = 1
            WHERE account = ? AND id IN (${marks(ids)}) RETURNING id, type`,
          params: [account, ...ids],
        },
      ]);
      return new Map(
        rows!.map((row) => [
          row["id"] as string,
          AttachmentType.parse(row["type"]),
        ]),
      );
    },

    async get(id) {
      const [row] = await db.all<{ type: string; size: number }>(
        "SELECT type, size FROM attachments WHERE id = ? LIMIT 1",
        [id],
      );
      return row
        ? { id, type: AttachmentType.parse(row.type), size: row.size }
        : null;
    },

    async unnamedBytes(account) {
      const [row] = await db.all<{ bytes: number | null }>(
        `SELECT CAST(SUM(size) AS BIGINT) AS bytes FROM attachments
        WHERE named = 0 AND account = ?`,
        [account],
      );
      return Number(row?.bytes ?? 0);
    },

    async forgetUnnamed(before) {
      await db.batch([
        {
          sql: "DELETE FROM attachments WHERE named = 0 AND at < ?",
          params: [before],
        },
      ]);
    },

    async known(ids) {
      const found = new Set<string>();
      for (let i = 0; i < ids.length; i += SOME) {
        const some = ids.slice(i, i + SOME);
        const rows = await db.all<{ id: string }>(
          `SELECT id FROM attachments WHERE id IN (${marks(some)})`,
          some,
        );
        for (const { id } of rows) found.add(id);
      }
      return found;
    },
  };
}

const marks = (values: readonly unknown[]): string =>
  values.map(() => "?").join(", ");
