/** Who may send for a feed, over real HTTP: keys, their rotation, networks, signatures, failures. */
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
} from "vitest";
import { HOUR, MINUTE } from "../../contract/time.ts";
import type { KeptOutSender } from "../../server/feeds/refusal.ts";
import { signedText } from "../../server/feeds/signature.ts";
import { createIngest } from "../../server/http/ingest.ts";
import { refusalAnswer } from "../../server/http/refusals.ts";
import { createManualClock } from "../../server/lib/clock.ts";
import {
  feedRow,
  json,
  openTestFeeds,
  openTestStore,
  type TestFeeds,
  type TestStore,
} from "../kit/feeds.ts";

const NOON = Date.UTC(2026, 10, 20, 4);

let shared: TestStore;
beforeAll(async () => void (shared = await openTestStore()));
afterAll(() => shared.close());

let test: TestFeeds;
let server: Server;
let clock = createManualClock(NOON);
let refused: KeptOutSender[] = [];
let number = 0;
let AIR = "";
let key = "";

/** Opens the door of the feeds as they are at present. */
async function open(trustProxy: boolean): Promise<void> {
  const ingest = createIngest({
    admit: (feed, key, address) =>
      test.feeds.admit(feed, key, { transport: "http", address }),
    take: (feed, body, about) => test.feeds.take(feed, body, about),
    refused: (who) => refused.push(who),
    refusal: refusalAnswer,
    failed: (error) => expect.unreachable(String(error)),
    trustProxy,
    clock,
  });
  server = createServer((request, reply) => void ingest(request, reply));
  await once(server.listen(0, "127.0.0.1"), "listening");
}

beforeEach(async () => {
  clock = createManualClock(NOON);
  refused = [];
  test = await openTestFeeds(shared.store, [], { clock });
  // The hub has run for a while.
  clock.advance(HOUR);
  AIR = `air-${++number}`;
  key = (await test.feeds.put(feedRow({ id: AIR }), "chen")).key!;
  await open(true);
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await test.close();
});

let count = 0;
const reading = () =>
  json({ sensor: `AQ-${++count}`, metric: "pm25", at: NOON, value: 1 });

interface Sending {
  feed?: string;
  key?: string;
  /** Where the proxy says it comes from. */
  from?: string;
  headers?: Record<string, string>;
  body?: Buffer;
  path?: string;
}

async function send(sending: Sending = {}) {
  const { feed = AIR, from = "192.0.2.1", body = reading() } = sending;
  const { port } = server.address() as AddressInfo;
  const path = sending.path ?? `/ingest/v1/${feed}`;
  const reply = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${sending.key ?? key}`,
      "content-type": "application/json",
      "x-forwarded-for": from,
      ...sending.headers,
    },
    body: new Uint8Array(body),
  });
  const { detail = "" } = (await reply.json()) as { detail?: string };
  return { status: reply.status, detail, headers: reply.headers };
}
const status = async (sending?: Sending) => (await send(sending)).status;

describe("a feed's key", () => {
  it("opens its feed while the next one is brought to the sender, then no more", async () => {
    const next = await test.feeds.keys.rotate(AIR, {
      ...{ overlap: HOUR, by: "li" },
    });
    expect([await status(), await status({ key: next.key })]).toEqual([
      ...[200, 200],
    ]);
    clock.advance(HOUR - 1);
    expect(await status()).toBe(200);
    clock.advance(1);
    expect(await status()).toBe(401);
    expect(await status({ key: next.key })).toBe(200);
    expect(test.feeds.keys.of(AIR)).toEqual([
      expect.objectContaining({ id: next.id, createdBy: "li", until: null }),
    ]);
  });

  it("ends no later for a second rotation, and at once where that is asked for", async () => {
    const { rotate } = test.feeds.keys;
    await rotate(AIR, { overlap: MINUTE, by: "li" });
    const second = await rotate(AIR, { overlap: HOUR, by: "li" });
    clock.advance(MINUTE);
    expect([await status(), await status(second)]).toEqual([401, 200]);
    const third = await rotate(AIR, { overlap: 0, by: "li" });
    expect([await status(second), await status(third)]).toEqual([401, 200]);
  });

  it("opens nothing from its revocation on, after a restart neither, and the others stay", async () => {
    const next = await test.feeds.keys.rotate(AIR, { overlap: HOUR, by: "li" });
    const [first] = test.feeds.keys.of(AIR);
    await test.feeds.keys.revoke(AIR, first!.id);
    expect([await status(), await status(next)]).toEqual([401, 200]);
    await test.reopen();
    expect([await status(), await status(next)]).toEqual([401, 200]);
  });

  it("says when and from where it was used last, after a restart too", async () => {
    expect(test.feeds.keys.of(AIR)).toMatchObject([
      { createdBy: "chen", usedAt: null, usedFrom: "" },
    ]);
    await send({ from: "192.0.2.7" });
    const used = [{ usedAt: clock.now(), usedFrom: "192.0.2.7" }];
    expect(test.feeds.keys.of(AIR)).toMatchObject(used);
    await test.reopen();
    expect(test.feeds.keys.of(AIR)).toMatchObject(used);
  });

  it("is one of twenty at most", async () => {
    const rotate = () =>
      test.feeds.keys.rotate(AIR, { overlap: HOUR, by: "li" });
    for (let i = 1; i < 20; i++) await rotate();
    await expect(rotate()).rejects.toThrow(/has 20 keys .* revoke one first/);
  });
});

describe("a feed with networks", () => {
  const put = (allow: string[]) => test.feeds.put(feedRow({ id: AIR, allow }));

  it("takes what comes from them alone, by the last hop that the proxy names", async () => {
    await put(["10.1.0.0/16", "fd00::/8"]);
    expect(await status({ from: "10.1.2.3" })).toBe(200);
    expect(await status({ from: "::ffff:10.1.2.3" })).toBe(200);
    expect(await status({ from: "fd12::1" })).toBe(200);
    const elsewhere = await send({ from: "10.1.2.3, 192.0.2.9" });
    expect(elsewhere).toMatchObject({
      status: 403,
      detail: expect.stringMatching(/may not come from 192\.0\.2\.9/) as string,
    });
    expect(refused).toEqual([
      { feed: AIR, address: "192.0.2.9", detail: elsewhere.detail },
    ]);
    expect(test.feeds.keys.of(AIR)).toMatchObject([{ usedFrom: "fd12::1" }]);
  });

  it("believes no sender who names a hop where there is no proxy", async () => {
    server.close();
    await open(false);
    await put(["10.1.0.0/16"]);
    expect(await status({ from: "10.1.2.3" })).toBe(403);
    await put(["127.0.0.1"]);
    expect(await status({ from: "10.1.2.3" })).toBe(200);
  });

  it("tells who has no key nothing of them", async () => {
    await put(["10.1.0.0/16"]);
    expect(await status({ key: "guess" })).toBe(401);
  });
});

describe("a signed feed", () => {
  let secret = "";
  beforeEach(async () => {
    await test.feeds.put(feedRow({ id: AIR, signed: true }));
    secret = await test.feeds.keys.newSecret(AIR);
  });

  let nonces = 0;
  function sign(body: Buffer, { at = clock.now(), by = secret } = {}) {
    const timestamp = String(at);
    const nonce = `nonce-${String(++nonces).padStart(12, "0")}`;
    const request = { method: "POST", path: `/ingest/v1/${AIR}` };
    const mac = createHmac("sha256", by)
      .update(signedText(request, timestamp, nonce, body))
      .digest("hex");
    return {
      "x-chengshu-timestamp": timestamp,
      "x-chengshu-nonce": nonce,
      "x-chengshu-signature": `sha256=${mac}`,
    };
  }

  it("takes a signed message once, and says why not again", async () => {
    const body = reading();
    const sending = { body, headers: sign(body) };
    expect(await status(sending)).toBe(200);
    const again = await send(sending);
    expect(again.status).toBe(401);
    expect(again.detail).toBe(
      "the message was sent before: its nonce counts once",
    );
    expect(refused).toMatchObject([{ feed: AIR, detail: again.detail }]);
    expect(test.town.kept.size).toBe(1);
  });

  it("takes a packed message signed as it is sent", async () => {
    const body = gzipSync(reading());
    const headers = { ...sign(body), "content-encoding": "gzip" };
    expect(await status({ body, headers })).toBe(200);
  });

  it("takes nothing unsigned, old, changed, or signed for another path or by another secret", async () => {
    const body = reading();
    const old = sign(body, { at: clock.now() - 5 * MINUTE - 1 });
    const fates = [
      await send({ body }),
      await send({ body, headers: old }),
      await send({ body: reading(), headers: sign(body) }),
      await send({ body, headers: sign(body), path: `/ingest/v1/${AIR}?a=1` }),
      await send({ body, headers: sign(body, { by: "another" }) }),
      await send({ body, headers: sign(body), key: "guess" }),
    ];
    expect(fates.map(({ status }) => status)).toEqual(Array(6).fill(401));
    expect(fates.map(({ detail }) => detail.slice(0, 36))).toEqual([
      "the feed's messages are signed; x-ch",
      "x-chengshu-timestamp is 300 s from t",
      ...Array<string>(3).fill("the signature is not of this message"),
      "this feed key does not open this fee",
    ]);
    expect(test.town.kept.size).toBe(0);
  });

  it("has one secret at a time, which outlives a restart", async () => {
    const former = secret;
    secret = await test.feeds.keys.newSecret(AIR);
    await test.reopen();
    clock.advance(1);
    const body = reading();
    expect(await status({ body, headers: sign(body) })).toBe(200);
    const headers = sign(body, { by: former });
    expect(await status({ body, headers })).toBe(401);
  });

  it("takes nothing while it has no secret, or one that does not open", async () => {
    const other = `water-${number}`;
    const made = await test.feeds.put(feedRow({ id: other, signed: true }));
    const sending = { feed: other, key: made.key! };
    expect((await send(sending)).detail).toMatch(/has no secret that opens/);
    await test.store.feedKeys.putSecret(other, "sealed by another key");
    await test.reopen();
    expect((await send(sending)).detail).toMatch(/has no secret that opens/);
  });
});

describe("whoever fails again and again", () => {
  it("is told to wait, by address, and keeps out neither its neighbours nor a good key", async () => {
    const fail = (from: string) => send({ key: "guess", from });
    const fates = new Map<number, number>();
    for (let i = 0; i < 130; i++) {
      const { status } = await fail("192.0.2.66");
      fates.set(status, (fates.get(status) ?? 0) + 1);
    }
    expect([...fates]).toEqual([
      [401, 120],
      [429, 10],
    ]);
    const told = await fail("192.0.2.66");
    expect(told.headers.get("retry-after")).toBe("1");
    expect(told.detail).toMatch(/too many refused requests/);
    expect((await fail("192.0.2.67")).status).toBe(401);
    expect(await status({ from: "192.0.2.66" })).toBe(200);
    clock.advance(1_000);
    expect((await fail("192.0.2.66")).status).toBe(401);
    expect(refused).toHaveLength(133);
  });
});
