import Database from "better-sqlite3";
import { mkdir, readFile, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AuditLine } from "../../contract/audit.ts";
import { DAY } from "../../contract/time.ts";
import { linesOf } from "../../test/store/audit.ts";
import { sqlite, type Room } from "../../test/store/engines.ts";
import { createManualClock } from "../lib/clock.ts";
import { createLog } from "../lib/log.ts";
import { StoreDown } from "../store/db.ts";
import { openStore } from "../store/open.ts";
import type { AuditLog, Store } from "../store/store.ts";
import { auditFile } from "./audit-anchor.ts";
import { openAudit, type AuditChain } from "./audit-chain.ts";
import type { AuditEntry } from "./audit.ts";
import { createSeal } from "./seal.ts";

const entry = (change: Partial<AuditEntry> = {}): AuditEntry => ({
  ...{ who: "liwei", roles: ["dutyOfficer"], address: "10.0.0.1" },
  ...{ act: "signIn", object: "account/liwei", result: "done", ...change },
});
const act = (line: AuditLine) => line.act;

describe("the audit", () => {
  let room: Room;
  let url: string;
  let store: Store;
  let anchorFile: string;
  const clock = createManualClock(Date.parse("2026-11-20T08:00:00+08:00"));
  const open = (of: AuditLog = store.audit, failed?: (e: unknown) => void) =>
    openAudit({
      ...{ store: of, anchorFile, clock, log: createLog("silent") },
      seal: createSeal(Buffer.alloc(32, 7)),
      mask: (text) => text.replace(/\b(1\d{2})\d{4}(\d{4})\b/g, "$1****$2"),
      ...(failed && { failed }),
    });
  const whole = async (audit: AuditChain) =>
    expect((await audit.verify()).findings).toEqual([]);
  const sql = (text: string) => {
    const other = new Database(url.slice("sqlite:".length));
    other.exec(text);
    other.close();
  };

  beforeEach(async () => {
    room = await sqlite.start();
    url = await room.empty();
    store = await openStore({ url });
    anchorFile = auditFile(dirname(url.slice("sqlite:".length)));
  });
  afterEach(async () => {
    await store.close();
    await room.stop();
  });

  it("says who did what, with personal data masked and long text cut", async () => {
    const audit = await open();
    await audit.write(
      entry({
        ...{ roles: ["leader", "secAdmin"], detail: "call 13812345678" },
        before: { z: 1, phone: "13812345678", a: 13812345678 },
        after: { text: "长".repeat(30_000) },
      }),
    );
    await audit.write(entry({ detail: `\0\uD800${"x".repeat(3_000)}` }));
    const [first, second] = await linesOf(store.audit);
    expect(first).toMatchObject({
      ...{ seq: 1, at: clock.now(), who: "liwei", roles: "leader,secAdmin" },
      ...{ detail: "call 138****5678", address: "10.0.0.1", result: "done" },
      before: '{"a":"138****5678","phone":"138****5678","z":1}',
    });
    expect(first!.after).toHaveLength(20_000);
    expect(first!.after).toMatch(/长 … \(cut\)$/);
    expect(second!.detail).toMatch(/^\uFFFD\uFFFDx+ … \(cut\)$/);
    expect(await audit.verify()).toEqual({
      ...{ lines: 2, first: 1, last: 2, findings: [] },
    });
    expect((await stat(anchorFile)).mode & 0o777).toBe(0o600);
  });

  it("gives twenty who write at once one chain without a gap", async () => {
    const audit = await open();
    const writers = Array.from({ length: 20 }, async (_, writer) => {
      for (let i = 0; i < 10; i++)
        await audit.write(entry({ who: `writer-${writer}`, detail: `${i}` }));
    });
    await Promise.all(writers);
    const lines = await linesOf(store.audit);
    expect(lines.map(({ seq }) => seq)).toEqual(
      Array.from({ length: 200 }, (_, i) => i + 1),
    );
    const mine = lines.filter(({ who }) => who === "writer-7");
    expect(mine.map(({ detail }) => Number(detail))).toEqual([
      ...Array(10).keys(),
    ]);
    await whole(audit);
  });

  it("goes on after a restart, and after a crash before the anchor was set", async () => {
    const audit = await open();
    await audit.write(entry());
    const behind = await readFile(anchorFile, "utf8");
    await audit.write(entry({ act: "signOut" }));
    await audit.close();
    await writeFile(anchorFile, behind);
    const next = await open();
    await next.write(entry());
    expect((await linesOf(store.audit)).map(act)).toEqual([
      ...["signIn", "signOut", "signIn"],
    ]);
    await whole(next);
  });

  it("refuses whoever acts while the store cannot write, and says so", async () => {
    const failures: unknown[] = [];
    const audit = await open(store.audit, (error) => failures.push(error));
    await audit.write(entry());
    sql(`CREATE TRIGGER full BEFORE INSERT ON audit
      BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`);
    const refused = await Promise.allSettled(
      Array.from({ length: 5 }, () => audit.write(entry())),
    );
    expect(refused.map(({ status }) => status)).toEqual(
      Array(5).fill("rejected"),
    );
    expect(failures.map(String).join()).toContain("the disk is full");
    sql("DROP TRIGGER full");
    await audit.write(entry({ act: "signOut" }));
    expect((await linesOf(store.audit)).map(act)).toEqual([
      ...["signIn", "signOut"],
    ]);
    await whole(audit);
  });

  it("loses no line and numbers none twice where a commit's answer was lost", async () => {
    let lost = false;
    const audit = await open({
      ...store.audit,
      async append(lines, seal) {
        await store.audit.append(lines, seal);
        if (lost) throw new StoreDown("the connection broke");
      },
    });
    await audit.write(entry());
    lost = true;
    await expect(audit.write(entry({ act: "putFeed" }))).rejects.toThrow(
      "the connection broke",
    );
    lost = false;
    await audit.write(entry({ act: "signOut" }));
    expect((await linesOf(store.audit)).map(act)).toEqual([
      ...["signIn", "putFeed", "signOut"],
    ]);
    await whole(audit);
  });

  it("refuses whoever acts while the anchor cannot be set", async () => {
    const audit = await open();
    await audit.write(entry());
    // Where the new one is made there is something else.
    const inTheWay = `${anchorFile}.new`;
    await mkdir(inTheWay);
    await expect(audit.write(entry({ act: "putFeed" }))).rejects.toThrow();
    await rmdir(inTheWay);
    await audit.write(entry({ act: "signOut" }));
    expect((await linesOf(store.audit)).map(act)).toEqual([
      ...["signIn", "putFeed", "signOut"],
    ]);
    await whole(audit);
  });

  it("keeps a break that was there when it started, whatever is written later", async () => {
    const audit = await open();
    for (let i = 0; i < 5; i++) await audit.write(entry());
    await audit.close();
    sql("DELETE FROM audit WHERE seq > 3");
    const failures: unknown[] = [];
    const next = await open(store.audit, (error) => failures.push(error));
    expect(failures).toHaveLength(1);
    await next.write(entry());
    const { findings } = await next.verify();
    expect(findings).toEqual([
      "lines 4 to 5 are missing: deleted",
      "line 6 tells of an earlier break: lines 4 to 5 are missing: the seal ends with line 5; the end was cut off",
    ]);
    await next.close();
    await open(store.audit, (error) => failures.push(error));
    expect(failures).toHaveLength(1);
  });

  it("notices an anchor and a seal that are gone", async () => {
    const audit = await open();
    await audit.write(entry());
    await audit.close();
    await rm(anchorFile);
    sql("DELETE FROM audit_seal");
    const { findings } = await (await open()).verify();
    expect(findings).toEqual([
      expect.stringMatching(/line 2 tells .* seal is missing .* anchor .* is/),
    ]);
  });

  it("keeps lines for six months at least, and says which it removed", async () => {
    const audit = await open();
    await audit.prune(0);
    await audit.write(entry());
    await audit.write(entry());
    clock.advance(100 * DAY);
    await audit.write(entry({ act: "signOut" }));
    clock.advance(83 * DAY - 1);
    await audit.prune(1);
    expect(await linesOf(store.audit)).toHaveLength(3);
    clock.advance(2);
    await audit.prune(200);
    expect(await linesOf(store.audit)).toHaveLength(3);
    await audit.prune(1);
    const lines = await linesOf(store.audit);
    expect(lines.map(({ seq, act }) => `${seq} ${act}`)).toEqual([
      ...["3 signOut", "4 pruneAudit"],
    ]);
    expect(lines[1]).toMatchObject({ who: "hub", result: "done" });
    await whole(audit);
    clock.advance(400 * DAY);
    await audit.prune(183);
    expect((await linesOf(store.audit)).map(act)).toEqual(["pruneAudit"]);
    await audit.write(entry());
    await whole(await open());
  });

  it("is found whole while old lines are being removed", async () => {
    let prune: (() => Promise<void>) | null = null;
    const audit = await open({
      ...store.audit,
      async *each(filter) {
        const due = filter.last === undefined ? null : prune;
        if (due) prune = null;
        await due?.();
        yield* store.audit.each(filter);
      },
    });
    for (let i = 0; i < 5; i++) await audit.write(entry());
    clock.advance(200 * DAY);
    prune = () => audit.prune(183);
    expect(await audit.verify()).toEqual({
      ...{ lines: 1, first: 6, last: 6, findings: [] },
    });
  });
});
