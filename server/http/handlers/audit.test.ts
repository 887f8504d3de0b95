import { parse } from "csv-parse/sync";
import express, { type Request, type Response } from "express";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditDoors } from "../../../contract/audit.ts";
import { linesOf } from "../../../test/store/audit.ts";
import { sqlite, type Room } from "../../../test/store/engines.ts";
import { auditFile } from "../../auth/audit-anchor.ts";
import { openAudit, type AuditChain } from "../../auth/audit-chain.ts";
import { createSeal } from "../../auth/seal.ts";
import { systemClock as clock } from "../../lib/clock.ts";
import { createLog } from "../../lib/log.ts";
import { openStore } from "../../store/open.ts";
import type { Store } from "../../store/store.ts";
import { RawReply, type Ask } from "../mount.ts";
import { createWitness } from "../witness.ts";
import { auditHandlers } from "./audit.ts";

const LINES = 1_200;

describe("the auditor", () => {
  let room: Room;
  let store: Store;
  let audit: AuditChain;
  let server: Server;
  let handlers: ReturnType<typeof auditHandlers>;

  beforeAll(async () => {
    room = await sqlite.start();
    const url = await room.empty();
    store = await openStore({ url });
    const log = createLog("silent");
    audit = await openAudit({
      ...{ store: store.audit, clock, log, mask: (text: string) => text },
      seal: createSeal(Buffer.alloc(32, 7)),
      anchorFile: auditFile(dirname(url.slice("sqlite:".length))),
    });
    handlers = auditHandlers(store, audit, log, (object) =>
      Promise.resolve(
        object === "account/liwei" ? { nameZh: "李伟", nameEn: "" } : null,
      ),
    );
    const writes = Array.from({ length: LINES }, (_, i) =>
      audit.write({
        ...{ who: "liwei", roles: ["dutyOfficer"], address: "10.0.0.1" },
        ...{ act: "putFeed", object: `feed/${i}`, result: "done" },
        detail: i === 0 ? '=HYPERLINK("http://x"),\r\n积水' : "-1",
      }),
    );
    await Promise.all(writes);
    const app = express();
    app.get("/", async (request: Request, response: Response) => {
      const reply = await handlers.exportAudit(asked(request.query));
      if (reply instanceof RawReply) reply.send(response);
    });
    server = createServer(app).listen(0);
  });
  afterAll(async () => {
    server.close();
    await audit.close();
    await store.close();
    await room.stop();
  });

  const asked = (query: object, act = "exportAudit") => {
    const who = { login: "shenji", roles: ["auditAdmin"] };
    const { write } = createWitness(audit, {
      ...{ act, address: "10.0.0.9", who: () => who as never },
      acts: { take: () => 0 },
    });
    return { query, witness: write } as Ask<"exportAudit"> & Ask<"verifyAudit">;
  };
  const exported = async (query: string) => {
    const { port } = server.address() as AddressInfo;
    const reply = await fetch(`http://127.0.0.1:${port}/?${query}`);
    expect(reply.headers.get("content-type")).toMatch(/^text\/csv/);
    const text = Buffer.from(await reply.arrayBuffer()).toString();
    expect(text.startsWith("\uFEFF")).toBe(true);
    return parse<Record<string, string>>(text, { bom: true, columns: true });
  };

  it("takes the whole audit away as a table with its hashes, and leaves a line of it", async () => {
    const rows = await exported("");
    expect(rows).toHaveLength(LINES + 1);
    const lines = await linesOf(store.audit);
    expect(rows.map(({ seq, hash }) => `${seq} ${hash}`)).toEqual(
      lines.map(({ seq, hash }) => `${seq} ${hash}`),
    );
    expect(rows.at(-1)).toMatchObject({
      ...{ who: "shenji", act: "exportAudit", roles: "auditAdmin" },
      at: new Date(lines.at(-1)!.at).toISOString(),
    });
  });

  it("gives a spreadsheet nothing that it would run", async () => {
    const [first, second] = await exported("act=putFeed");
    expect(first!["detail"]).toBe(`'=HYPERLINK("http://x"),\r\n积水`);
    expect(second!["detail"]).toBe("'-1");
  });

  it("takes only what was asked for away, be it nothing", async () => {
    const [only, ...more] = await exported("object=feed/7");
    expect(only).toMatchObject({ seq: "8" });
    expect(more).toEqual([]);
    expect(await exported("who=nobody")).toEqual([]);
  });

  it("looks at pages, and has the chain checked", async () => {
    const query = auditDoors.listAudit.query.parse({ act: "putFeed" });
    const page = await handlers.listAudit({ query } as Ask<"listAudit">);
    expect(page).toMatchObject({ acts: ["exportAudit", "putFeed"] });
    expect(page).toMatchObject({
      names: { "account/liwei": { nameZh: "李伟", nameEn: "" } },
    });
    expect(await handlers.verifyAudit(asked({}, "verifyAudit"))).toMatchObject({
      ...{ first: 1, findings: [] },
    });
    const [last] = (await store.audit.page({ limit: 1 })).items;
    expect(last).toMatchObject({ act: "verifyAudit", who: "shenji" });
  });
});
