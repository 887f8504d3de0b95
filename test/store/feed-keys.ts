/** What the store keeps of feed keys, over one engine. */
import { expect, it } from "vitest";
import { LAUNCHER, type Store } from "../../server/store/store.ts";
import { feedKey } from "./city.ts";

export function feedKeysOf(store: () => Store): void {
  const of = async (feed: string) =>
    (await store().feedKeys.all()).filter((key) => key.feed === feed);

  it("lets former keys of a feed end when it gets another, and none later than before", async () => {
    const { feedKeys } = store();
    const first = feedKey("r1", "roads");
    const other = feedKey("r0", "rails");
    await feedKeys.rotate(other, { now: 1, until: 2 });
    await feedKeys.rotate(first, { now: 1, until: 2 });
    const second = feedKey("r2", "roads");
    await feedKeys.rotate(second, { now: 10, until: 20 });
    const third = feedKey("r3", "roads");
    await feedKeys.rotate(third, { now: 12, until: 40 });
    expect(await of("roads")).toEqual([
      { ...first, until: 20 },
      { ...second, until: 40 },
      third,
    ]);
    // What ended is forgotten with the next one.
    await feedKeys.rotate(feedKey("r4", "roads"), { now: 20, until: 20 });
    expect((await of("roads")).map(({ id }) => id)).toEqual(["r2", "r3", "r4"]);
    expect(await of("rails")).toEqual([other]);
  });

  it("has a revoked key end at once, and remembers when a key was used", async () => {
    const { feedKeys } = store();
    const key = feedKey("b1", "buses");
    await feedKeys.rotate(key, { now: 1, until: 1 });
    const used = { ...key, usedAt: 6, usedFrom: "10.1.2.3" };
    await feedKeys.saveUses([used]);
    expect(await of("buses")).toEqual([used]);
    await feedKeys.revoke("b1", 7);
    await feedKeys.revoke("b1", 9);
    expect(await of("buses")).toEqual([{ ...used, until: 7 }]);
  });

  it("takes another key of a launcher for its last one, and brings no revoked one back", async () => {
    const { feedKeys } = store();
    const mine = feedKey("p1", "parks");
    await feedKeys.rotate(mine, { now: 1, until: 1 });
    const old = feedKey("p2", "parks", { createdBy: LAUNCHER });
    const brought = feedKey("p3", "parks", { createdBy: LAUNCHER });
    await feedKeys.import([old]);
    await feedKeys.import([brought]);
    expect(await of("parks")).toEqual([mine, brought]);
    await feedKeys.revoke("p3", 50);
    await feedKeys.rotate(feedKey("p4", "parks"), { now: 60, until: 70 });
    await feedKeys.import([{ ...brought, id: "p5" }]);
    expect(await of("parks")).toMatchObject([
      { id: "p1", until: 70 },
      { id: "p3", until: 50 },
      { id: "p4", until: null },
    ]);
  });

  it("knows a launcher's key that an older version kept", async () => {
    const { feedKeys } = store();
    const kept = feedKey("t1", "trams", { createdAt: null, createdBy: "" });
    await feedKeys.rotate(kept, { now: 1, until: 1 });
    const brought = { ...kept, id: "t2", createdBy: LAUNCHER };
    await feedKeys.import([brought]);
    expect(await of("trams")).toEqual([{ ...kept, createdBy: LAUNCHER }]);
  });

  it("keeps one sealed secret a feed", async () => {
    const { feedKeys } = store();
    await feedKeys.putSecret("water", "sealed");
    await feedKeys.putSecret("water", "sealed anew");
    expect((await feedKeys.secrets()).get("water")).toBe("sealed anew");
  });
}
