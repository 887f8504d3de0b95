/** What the store keeps of who sent which attachment. */
import { describe, expect, it } from "vitest";
import { DAY } from "../../contract/time.ts";
import type { Store } from "../../server/store/store.ts";

const id = (digit: string) => digit.repeat(64);
export const sent = (digit: string, account: string, at: number) => ({
  ...{ id: id(digit), account, at },
  ...{ type: "image/jpeg" as const, size: 1000 },
});

export function attachmentsOf(store: () => Store): void {
  describe("attachments", () => {
    it("lets nobody name what another sent, though both may have sent the same", async () => {
      const { attachments } = store();
      await attachments.put(sent("a", "lin", 1));
      await attachments.put(sent("b", "zhou", 1));
      await attachments.put(sent("b", "lin", 2));
      const theirs = (account: string) =>
        attachments.name([id("a"), id("b"), id("c")], account);
      expect([...(await theirs("zhou")).keys()]).toEqual([id("b")]);
      expect([...(await theirs("lin")).keys()].sort()).toEqual([
        ...[id("a"), id("b")],
      ]);
      expect(await theirs("nobody")).toEqual(new Map());
      expect(await attachments.get(id("a"))).toEqual({
        ...{ id: id("a"), type: "image/jpeg", size: 1000 },
      });
      expect(await attachments.get(id("c"))).toBeNull();
    });

    it("forgets what nothing named, and keeps for good what something did", async () => {
      const { attachments } = store();
      await attachments.put(sent("1", "wang", 0));
      await attachments.put(sent("2", "wang", 0));
      await attachments.put(sent("3", "wang", DAY));
      // Sent again it is as if it came now.
      await attachments.put(sent("4", "wang", 0));
      await attachments.put(sent("4", "wang", DAY));
      await attachments.name([id("1")], "wang");
      // Named once, it stays named when it is sent again.
      await attachments.put(sent("1", "wang", 0));
      expect(await attachments.unnamedBytes("wang")).toBe(3000);
      await attachments.forgetUnnamed(DAY);
      const all = ["1", "2", "3", "4"].map(id);
      expect(await attachments.known(all)).toEqual(
        new Set([id("1"), id("3"), id("4")]),
      );
      expect(await attachments.unnamedBytes("wang")).toBe(2000);
      expect(await attachments.unnamedBytes("nobody")).toBe(0);
    });
  });
}
