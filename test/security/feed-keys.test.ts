/** The doors of feed keys and secrets, over real HTTP: who sees whose, and what the audit is told. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { Action } from "../../contract/role.ts";
import { HOUR } from "../../contract/time.ts";
import type { AuditEntry } from "../../server/auth/audit.ts";
import type { Principal } from "../../server/auth/principal.ts";
import type { Refused } from "../../server/auth/refusals.ts";
import { feedKeyHandlers } from "../../server/http/handlers/feed-keys.ts";
import { mountApi, type Handlers } from "../../server/http/mount.ts";
import { mountProblems } from "../../server/http/trouble.ts";
import { createLog } from "../../server/lib/log.ts";
import {
  feedRow,
  opens,
  openTestFeeds,
  openTestStore,
  type TestFeeds,
  type TestStore,
} from "../kit/feeds.ts";

let shared: TestStore;
beforeAll(async () => void (shared = await openTestStore()));
afterAll(() => shared.close());

let test: TestFeeds;
let server: Server;
let AIR = "";
let key = "";
let number = 0;
/** Lines of the audit, and how many keys opened the feed when each was written. */
let lines: (AuditEntry & { keys: number })[] = [];
let refused: Refused[] = [];
let departments: string[] | null = null;
let districts: string[] | null = null;
let actions = new Set<Action>();

const li = (): Principal => ({
  ...{ kind: "person", id: "s1", subject: "a1", login: "li", name: "Li" },
  ...{
    stage: "complete",
    watches: true,
    roles: ["sysAdmin"],
    screens: null,
    actions,
  },
  view: { departments, districts, masking: "personal" },
});

beforeEach(async () => {
  AIR = `air-${++number}`;
  [lines, refused, departments, districts] = [[], [], null, null];
  actions = new Set(["configureFeeds"]);
  test = await openTestFeeds(shared.store, []);
  key = (await test.feeds.put(feedRow({ id: AIR }), "chen")).key!;
  const app = express();
  const log = createLog("silent");
  // The other doors are mounted, and never asked here.
  mountApi(app, feedKeyHandlers(test.feeds) as Handlers, {
    active: () => undefined,
    who: li,
    whyNot: () => null,
    acts: { take: () => 0 },
    audit: {
      write(entry) {
        lines.push({ ...entry, keys: test.feeds.keys.of(AIR).length });
        return Promise.resolve();
      },
    },
    refusals: { note: (one) => refused.push(one), tick: () => undefined },
    ...{ publicUrl: null, log },
  });
  mountProblems(app, log);
  server = createServer((request, reply) => void app(request, reply));
  await once(server.listen(0, "127.0.0.1"), "listening");
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await test.close();
});

async function ask<T = unknown>(
  method: string,
  path: string,
  body?: object,
): Promise<{ status: number; body: T }> {
  const { port } = server.address() as AddressInfo;
  const reply = await fetch(`http://127.0.0.1:${port}/api/feeds/${path}`, {
    method,
    ...(body && {
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    }),
  });
  return { status: reply.status, body: (await reply.json()) as T };
}
interface Listed {
  items: { id: string; until: number | null; createdBy: string }[];
  hasSecret: boolean;
}
const list = async () => (await ask<Listed>("GET", `${AIR}/keys`)).body;

it("tells a feed's keys, and never what opens it", async () => {
  const { items, hasSecret } = await list();
  expect(items).toEqual([
    {
      ...{ id: expect.any(String) as string, createdBy: "chen", until: null },
      ...{ createdAt: expect.any(Number) as number },
      ...{ usedAt: null, usedFrom: "" },
    },
  ]);
  expect(hasSecret).toBe(false);
  expect(lines).toEqual([]);
});

it("replaces a key, with a day in which both open, after a line in the audit", async () => {
  const before = Date.now();
  const { body } = await ask<{ key: string; id: string }>(
    ...(["POST", `${AIR}/keys`, {}] as const),
  );
  expect([key, body.key].map((k) => opens(test.feeds, AIR, k))).toEqual([
    ...[true, true],
  ]);
  const { items } = await list();
  expect(items[0]!.until! - before).toBeGreaterThanOrEqual(24 * HOUR);
  expect(items[1]).toMatchObject({
    ...{ id: body.id, createdBy: "li", until: null },
  });
  expect(lines).toMatchObject([
    {
      ...{ who: "li", act: "rotateFeedKey", object: `feed/${AIR}`, keys: 1 },
      detail: expect.stringMatching(/open for 86400000 ms more/) as string,
    },
  ]);
  expect(JSON.stringify(lines)).not.toContain(body.key);
});

it("revokes a key at once, and knows it no more", async () => {
  const { items } = await list();
  const path = `${AIR}/keys/${items[0]!.id}`;
  expect((await ask("DELETE", path)).status).toBe(200);
  expect(opens(test.feeds, AIR, key)).toBe(false);
  expect(lines).toMatchObject([
    { act: "revokeFeedKey", before: items[0], keys: 1 },
  ]);
  expect((await ask("DELETE", path)).status).toBe(404);
  expect(lines).toHaveLength(1);
});

it("makes a secret, told once and never to the audit", async () => {
  const { body } = await ask<{ secret: string }>("POST", `${AIR}/secret`, {});
  expect(Buffer.from(body.secret, "base64url")).toHaveLength(32);
  expect((await list()).hasSecret).toBe(true);
  expect(lines).toMatchObject([{ act: "newFeedSecret" }]);
  const kept = await test.store.feedKeys.secrets();
  for (const text of [JSON.stringify(lines), kept.get(AIR)])
    expect(text).not.toContain(body.secret);
});

it("knows no feed of another department, says so as of one that is not there, and tells the audit", async () => {
  const { items } = await list();
  const doors = [
    ["GET", "keys"],
    ["POST", "keys", {}],
    ["DELETE", `keys/${items[0]!.id}`],
    ["POST", "secret", {}],
  ] as const;
  const scopes = [
    [["POLICE"], null],
    [null, ["999001"]],
    [[], []],
  ] as const;
  for (const scope of scopes) {
    [departments, districts] = scope.map((list) => list && [...list]) as [
      string[] | null,
      string[] | null,
    ];
    for (const [method, path, body] of doors) {
      const hidden = await ask(method, `${AIR}/${path}`, body);
      const absent = await ask(method, `none/${path}`, body);
      expect(hidden.status).toBe(404);
      const said = JSON.stringify(hidden.body).replaceAll(AIR, "none");
      expect(said).toBe(JSON.stringify(absent.body));
    }
  }
  expect(refused).toHaveLength(scopes.length * doors.length);
  expect(refused[0]).toMatchObject({
    object: `feed/${AIR}`,
    who: { login: "li" },
  });
  expect(lines).toEqual([]);
  [departments, districts] = [["ECO"], null];
  expect((await ask("GET", `${AIR}/keys`)).status).toBe(200);
});

it("asks for the action that feeds are configured by", async () => {
  actions = new Set(["runFeeds"]);
  expect((await ask("GET", `${AIR}/keys`)).status).toBe(403);
  expect((await ask("POST", `${AIR}/secret`, {})).status).toBe(403);
  expect(test.feeds.keys.hasSecret(AIR)).toBe(false);
});
