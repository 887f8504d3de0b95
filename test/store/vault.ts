/** Who reported something lies sealed on the disk, and is forgotten in time. */
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY } from "../../contract/time.ts";
import { createSeal } from "../../server/auth/seal.ts";
import { readDb } from "../../server/store/open-db.ts";
import { openStore } from "../../server/store/open.ts";
import type { Store, Vault } from "../../server/store/store.ts";
import { incident } from "./city.ts";
import type { Engine, Room } from "./engines.ts";

const seal = createSeal(createHash("sha256").update("a key").digest());
/** The key of these tests' hub. */
export const vault: Vault = {
  seal: (text) => seal.seal("reporter", text),
  unseal: (sealed) => seal.unseal("reporter", sealed),
  mac: (text) => seal.mac("caller", text),
};
const reporter = { name: "林小满", phone: "13812345678" };

export function vaultOver(engine: Engine): void {
  describe(`${engine.name}: who reported what`, () => {
    let room: Room;
    beforeAll(async () => (room = await engine.start()));
    afterAll(() => room.stop());

    async function columns(url: string): Promise<string> {
      const db = await readDb(url);
      try {
        return JSON.stringify(
          await db.all("SELECT reporter_name, reporter_phone FROM incidents"),
        );
      } finally {
        await db.close();
      }
    }
    const told = (store: Store, id: string) =>
      store.incidents.reporters([id]).then((found) => found.get(id) ?? null);

    it("is sealed on the disk, and the same report is still known again", async () => {
      const url = await room.empty();
      let store = await openStore({ url, vault });
      const report = incident("sealed", { reporter });
      const [made] = await store.incidents.report([report]);
      await store.close();
      expect(await columns(url)).not.toMatch(/林小满|13812345678/);

      store = await openStore({ url, vault });
      const [again] = await store.incidents.report([report]);
      expect(again!.outcome).toBe("duplicate");
      expect(await told(store, made!.held.incident.id)).toEqual(reporter);
      await store.close();
    });

    it("is not told by a hub with another key", async () => {
      const url = await room.empty();
      let store = await openStore({ url, vault });
      const [made] = await store.incidents.report([
        incident("other-key", { reporter }),
      ]);
      await store.close();
      const other = createSeal(Buffer.alloc(32, 1));
      store = await openStore({
        url,
        vault: {
          seal: (text) => other.seal("reporter", text),
          unseal: (sealed) => other.unseal("reporter", sealed),
          mac: (text) => other.mac("caller", text),
        },
      });
      await expect(told(store, made!.held.incident.id)).rejects.toThrow(
        "SECRET_KEY_FILE",
      );
      await store.close();
    });

    it("is sealed once where a version before stored it plain", async () => {
      const url = await room.empty();
      let store = await openStore({ url });
      const [made] = await store.incidents.report([
        incident("before", { reporter }),
        incident("phone alone", { reporter: { phone: "021-5512345" } }),
      ]);
      await store.close();
      expect(await columns(url)).toContain("林小满");
      store = await openStore({ url, vault });
      await store.incidents.sealReporters();
      expect(await told(store, made!.held.incident.id)).toEqual(reporter);
      await store.close();
      expect(await columns(url)).not.toMatch(/林小满|13812345678|5512345/);
    });

    it("is known again by the hash of the number alone, for the same matter within 30 days", async () => {
      const url = await room.empty();
      const store = await openStore({ url, vault });
      const now = Date.UTC(2026, 10, 26);
      const call = (
        id: string,
        daysAgo: number,
        phone: string | undefined,
        category: string | null = "0406",
      ) =>
        incident(id, {
          ...{ category, source: "12345", reportedAt: now - daysAgo * DAY },
          reporter: phone === undefined ? null : { phone },
        });
      await store.incidents.report([
        ...[
          call("long ago", 32, "13800000001"),
          call("first", 20, "138-0000-0000"),
        ],
        ...[call("again", 0, "+86 13800000000"), call("new", 0, "13800000001")],
        ...[call("other matter", 0, "13800000000", "0101")],
        ...[call("hidden", 0, "138****0000"), call("nobody", 0, undefined)],
      ]);
      const day = { from: now - DAY, to: now + 1 };
      const asked = { ...day, sources: ["12345"] };
      // "again", of "again", "new" and "other matter".
      expect(await store.callers.repeats(asked)).toEqual({ n: 1, of: 3 });
      const none = { ...day, sources: ["gridReport"] };
      expect(await store.callers.repeats(none)).toEqual({ n: 0, of: 0 });
      await store.close();
      const db = await readDb(url);
      const rows = await db.all<{ caller: string }>(
        "SELECT caller FROM incident_callers",
      );
      await db.close();
      expect(rows).toHaveLength(5);
      for (const { caller } of rows) expect(caller).toMatch(/^[0-9a-f]{64}$/);
    });

    it("is known of what an older version stored, once it was completed", async () => {
      const url = await room.empty();
      const now = Date.UTC(2026, 10, 26);
      const call = (id: string, reportedAt: number) =>
        incident(id, {
          ...{ category: "0406", source: "12345", reportedAt, reporter },
        });
      let store = await openStore({ url });
      await store.incidents.report([call("a", now - DAY), call("b", now)]);
      await store.close();
      store = await openStore({ url, vault });
      const asked = { from: now - DAY + 1, to: now + 1, sources: ["12345"] };
      expect(await store.callers.repeats(asked)).toEqual({ n: 0, of: 0 });
      await store.callers.complete(now, new AbortController().signal);
      expect(await store.callers.repeats(asked)).toEqual({ n: 1, of: 1 });
      await store.close();
    });

    it("is forgotten where the incident is over and old, and nowhere else", async () => {
      const store = await openStore({ url: await room.empty(), vault });
      const now = Date.UTC(2026, 10, 26);
      const old = now - 400 * DAY;
      const made = await store.incidents.report([
        incident("old", { reporter, reportedAt: old, closedAt: old + DAY }),
        incident("open", { reporter, reportedAt: old }),
        incident("new", { reporter, reportedAt: now, closedAt: now }),
      ]);
      await store.incidents.forgetReporters(now - 365 * DAY);
      const left = await Promise.all(
        made.map((one) => told(store, one.held.incident.id)),
      );
      expect(left).toEqual([null, reporter, reporter]);
      await store.close();
    });
  });
}
