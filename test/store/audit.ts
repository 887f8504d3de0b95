/** What the store keeps of the audit. */
import { describe, expect, it } from "vitest";
import type { AuditLine } from "../../contract/audit.ts";
import type { AuditLog, AuditSeal, Store } from "../../server/store/store.ts";
import { at, HOSTILE, KEPT } from "./city.ts";

export const lineOf = (
  seq: number,
  change: Partial<AuditLine> = {},
): AuditLine => ({
  ...{ seq, at: at("2026-11-20 08:00") + seq, who: "liwei" },
  ...{ roles: "dutyOfficer", address: "10.0.0.1", act: "signIn" },
  ...{ object: "account/liwei", result: "done", detail: "" },
  ...{ before: "", after: "", previous: `p${seq}`, hash: `h${seq}` },
  ...change,
});

export const sealOf = (first: number, last: number): AuditSeal => ({
  ...{ first, firstPrevious: `p${first}`, last, head: `h${last}` },
  mac: `mac ${first} ${last}`,
});

export async function linesOf(
  audit: AuditLog,
  filter: Parameters<AuditLog["each"]>[0] = {},
): Promise<AuditLine[]> {
  const told: AuditLine[] = [];
  for await (const batch of audit.each(filter)) told.push(...batch);
  return told;
}

export function auditOf(store: () => Store): void {
  describe("the audit", () => {
    it("has neither lines nor a seal at first", async () => {
      const { audit } = store();
      expect(await audit.ends()).toEqual({
        ...{ lowest: null, highest: null, seal: null },
      });
      expect(await audit.acts()).toEqual([]);
      expect(await linesOf(audit)).toEqual([]);
    });

    it("keeps lines and the seal over them together, or neither", async () => {
      const { audit } = store();
      const told = { before: '{"a":1}', after: "[]", detail: HOSTILE };
      await audit.append([lineOf(1), lineOf(2, told)], sealOf(1, 2));
      await expect(
        audit.append([lineOf(3), lineOf(2)], sealOf(1, 3)),
      ).rejects.toThrow();
      expect(await linesOf(audit)).toEqual([
        lineOf(1),
        lineOf(2, { ...told, detail: KEPT }),
      ]);
      expect(await audit.ends()).toEqual({
        ...{ lowest: 1, highest: 2, seal: sealOf(1, 2) },
      });
    });

    it("tells a long audit in its order, a part of it too", async () => {
      const { audit } = store();
      const more = Array.from({ length: 2_498 }, (_, i) => {
        const seq = i + 3;
        const act = seq % 500 === 0 ? "putFeed" : "signIn";
        return lineOf(seq, seq % 2 ? { act } : { act, who: "device/w" });
      });
      await audit.append(more, sealOf(1, 2_500));
      const seqs = (await linesOf(audit)).map(({ seq }) => seq);
      expect(seqs).toEqual(Array.from({ length: 2_500 }, (_, i) => i + 1));
      const part = await linesOf(audit, { first: 990, last: 1_010 });
      expect(part.map(({ seq }) => seq)).toEqual(seqs.slice(989, 1_010));
      const fed = await linesOf(audit, { act: "putFeed", first: 600 });
      expect(fed.map(({ seq }) => seq)).toEqual([1_000, 1_500, 2_000, 2_500]);
    });

    it("pages newest first, by whoever did what to which object and when", async () => {
      const { audit } = store();
      const first = await audit.page({ limit: 3 });
      expect(first.items.map(({ seq }) => seq)).toEqual([2_500, 2_499, 2_498]);
      const next = await audit.page({ limit: 2, cursor: first.cursor! });
      expect(next.items.map(({ seq }) => seq)).toEqual([2_497, 2_496]);
      const start = at("2026-11-20 08:00");
      const some = await audit.page({
        ...{ who: "device/w", from: start + 10, to: start + 20, limit: 9 },
        ...{ object: "account/liwei", act: "signIn", result: "done" },
      });
      expect(some.items.map(({ seq }) => seq)).toEqual([18, 16, 14, 12, 10]);
      expect(some.cursor).toBeNull();
      const refused = await audit.page({ result: "refused", limit: 9 });
      expect(refused.items).toEqual([]);
      expect(await audit.acts()).toEqual(["putFeed", "signIn"]);
      await expect(audit.page({ limit: 1, cursor: "x" })).rejects.toThrow(
        "cursor: not one that this list gave",
      );
    });

    it("removes the oldest lines with a seal over the rest", async () => {
      const { audit } = store();
      await audit.prune(2_499, sealOf(2_499, 2_500));
      expect((await linesOf(audit)).map(({ seq }) => seq)).toEqual([
        ...[2_499, 2_500],
      ]);
      expect(await audit.ends()).toEqual({
        ...{ lowest: 2_499, highest: 2_500, seal: sealOf(2_499, 2_500) },
      });
    });
  });
}
