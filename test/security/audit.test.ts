/** Whoever can write the store alters the audit; the command finds it, whether or not the hub runs. */
import Database from "better-sqlite3";
import { existsSync } from "node:fs";
import { copyFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditFile } from "../../server/auth/audit-anchor.ts";
import { hashOf } from "../../server/auth/audit-line.ts";
import { openAudit, type AuditChain } from "../../server/auth/audit-chain.ts";
import { openSeal } from "../../server/auth/seal.ts";
import { systemClock as clock } from "../../server/lib/clock.ts";
import { createLog } from "../../server/lib/log.ts";
import { openStore } from "../../server/store/open.ts";
import { builtProgram } from "../kit/built.ts";
import { startChild } from "../kit/child.ts";
import { makeFolder } from "../kit/folder.ts";
import { linesOf } from "../store/audit.ts";

describe("npm run audit:verify", { timeout: 120_000 }, () => {
  const folder = makeFolder("audit");
  const file = join(folder.path, "chengshu.db");
  const url = `sqlite:${file}`;
  const kept = join(folder.path, "kept.db");
  const key = { secretKey: null, secretKeyFile: null };

  async function writing(work: (audit: AuditChain) => Promise<void>) {
    const store = await openStore({ url });
    const audit = await openAudit({
      ...{ store: store.audit, anchorFile: auditFile(folder.path) },
      ...{ clock, log: createLog("silent"), mask: (text: string) => text },
      seal: await openSeal({ ...key, dataDir: folder.path }),
    });
    await work(audit);
    await audit.close();
    await store.close();
  }

  async function acts(audit: AuditChain, count: number) {
    for (let i = 1; i <= count; i++)
      await audit.write({
        ...{ who: "liwei", roles: ["dutyOfficer"], address: "10.0.0.1" },
        ...{ act: "revealIncident", object: `incident/${i}`, result: "done" },
        detail: "核实",
      });
  }

  async function verify(dataDir = folder.path) {
    const child = startChild(process.execPath, [builtProgram("audit-verify")], {
      env: {
        ...{ DATA_DIR: dataDir, DATABASE_URL: undefined },
        ...{ SECRET_KEY: undefined, SECRET_KEY_FILE: undefined },
      },
    });
    const code = await child.exited;
    return { code, output: child.output() };
  }

  /** Alters the file behind the hub's back, looks, and puts it back. */
  async function findingsAfter(alter: (store: Database.Database) => void) {
    await copyFile(file, kept);
    const store = new Database(file);
    alter(store);
    store.close();
    const { code, output } = await verify();
    await copyFile(kept, file);
    expect(code, output).toBe(1);
    return output;
  }

  beforeAll(() => writing((audit) => acts(audit, 50)));
  afterAll(() => folder.remove());

  it("finds an untouched audit whole, with the hub at rest and at work", async () => {
    const told = "50 lines, from 1 to 50\nThe audit is whole.\n";
    expect(await verify()).toEqual({ code: 0, output: told });
    await writing(async (audit) => {
      const [{ code, output }] = await Promise.all([verify(), acts(audit, 10)]);
      expect(output).toMatch(/The audit is whole\.\n$/);
      expect(code).toBe(0);
    });
  });

  it("finds a line that was changed, deleted, swapped or cut off", async () => {
    expect(
      await findingsAfter((store) =>
        store.exec("UPDATE audit SET who = 'wangfang' WHERE seq = 7"),
      ),
    ).toContain("line 7 was changed");
    expect(
      await findingsAfter((store) =>
        store.exec("DELETE FROM audit WHERE seq = 7"),
      ),
    ).toContain("line 7 is missing: deleted");
    expect(
      await findingsAfter((store) =>
        store.exec(`UPDATE audit SET seq = -7 WHERE seq = 7;
          UPDATE audit SET seq = 7 WHERE seq = 8;
          UPDATE audit SET seq = 8 WHERE seq = -7`),
      ),
    ).toContain("lines 7 and 8 were swapped");
    expect(
      await findingsAfter((store) =>
        store.exec("DELETE FROM audit WHERE seq > 55"),
      ),
    ).toContain("lines 56 to 60 are missing: the seal ends with line 60");
  });

  it("finds a chain that was written anew with true hashes", async () => {
    const output = await findingsAfter((store) => {
      const rows = store
        .prepare("SELECT *, was AS before, became AS after FROM audit")
        .all() as Parameters<typeof hashOf>[0][];
      let previous = rows[0]!.previous;
      const update = store.prepare(
        "UPDATE audit SET who = ?, previous = ?, hash = ? WHERE seq = ?",
      );
      for (const row of rows) {
        const who = row.seq === 7 ? "wangfang" : row.who;
        const hash = hashOf({ ...row, who, previous });
        update.run(who, previous, hash, row.seq);
        previous = hash;
      }
      store.prepare("UPDATE audit_seal SET head = ?").run(previous);
    });
    expect(output).toContain("the seal was not made with this server's key");
    expect(output).toContain("line 60 is not the line that the anchor holds");
  });

  it("finds a store that was restored from an older copy, and so does the hub", async () => {
    const older = join(folder.path, "older.db");
    await copyFile(file, older);
    await writing((audit) => acts(audit, 5));
    await copyFile(older, file);
    const { code, output } = await verify();
    expect(code).toBe(1);
    expect(output).toContain(
      "lines 61 to 65 are missing: the anchor holds line 65, the store ends with line 60; the end was cut off, or the store was restored from an older backup",
    );
    await writing((audit) => acts(audit, 5));
    const later = await verify();
    expect(later.code).toBe(1);
    expect(later.output).toMatch(/line 66 tells of an earlier break: .*older/);
  });

  it("makes nothing where there is nothing", async () => {
    const empty = makeFolder("audit-none");
    const nothing = await verify(empty.path);
    expect(nothing.code).toBe(1);
    expect(nothing.output).toMatch(/there is no store .*chengshu\.db/);
    const store = await openStore({ url: `sqlite:${empty.path}/chengshu.db` });
    expect(await linesOf(store.audit)).toEqual([]);
    await store.close();
    const keyless = await verify(empty.path);
    expect(keyless.output).toMatch(/there is no file .*secret\.key/);
    expect(existsSync(join(empty.path, "secret.key"))).toBe(false);
    await writeFile(
      join(empty.path, "secret.key"),
      Buffer.alloc(32).toString("base64"),
      { mode: 0o600 },
    );
    const first = "0 lines, from 0 to 0\nThe audit is whole.\n";
    expect(await verify(empty.path)).toEqual({ code: 0, output: first });
    // SQLite lays its own two beside the store while it reads.
    const made = (await readdir(empty.path)).filter(
      (name) => !/-(shm|wal)$/.test(name),
    );
    expect(made.sort()).toEqual(["chengshu.db", "secret.key"]);
    await empty.remove();
  });
});
