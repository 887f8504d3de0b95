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
const vault: Vault = {
  seal: (text) => seal.seal("reporter", text),
  unseal: (sealed) => seal.unseal("reporter", sealed),
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
