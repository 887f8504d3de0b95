/** What the ingest door answers, as a table: who sends what, and what they are told. */
import { once } from "node:events";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { request, type IncomingMessage } from "node:http";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keyOf, PLACES } from "../kit/city.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { eventually, FLOW_CITY, reading, told } from "./city.ts";

let hub: Hub;
beforeAll(async () => {
  hub = await startHub({ city: FLOW_CITY });
});
afterAll(() => hub.stop());

const good = () => JSON.stringify([reading("D-1", Date.now(), 1)]);
const huge = () => Buffer.alloc(9 * 1024 * 1024, 0x20);
const bomb = () => gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20));

const AHEAD = Date.now() + 3_600_000;
const ITEMS: Record<string, object> = {
  hotline: { externalId: "ahead", source: "s", title: "积水" },
  buses: { object: "试A1", kind: "bus", ...PLACES.west },
  reports: { indicator: "air.told", value: 1 },
  air: { sensor: "ahead", metric: "pm25", value: 1 },
};

const cases: {
  what: string;
  feed?: string;
  body?: () => string | Buffer;
  headers?: Record<string, string>;
  status: number;
}[] = [
  { what: "takes readings", status: 200 },
  {
    what: "takes gzip",
    body: () => gzipSync(good()),
    headers: { "content-encoding": "gzip" },
    status: 200,
  },
  {
    what: "takes one JSON item a line",
    body: () => `${good().slice(1, -1)}\n`,
    headers: { "content-type": "application/x-ndjson" },
    status: 200,
  },
  {
    what: "knows no sender without a key",
    headers: { authorization: "" },
    status: 401,
  },
  {
    what: "knows no sender with another feed's key",
    headers: { authorization: `Bearer ${keyOf("hotline")}` },
    status: 401,
  },
  {
    what: "knows no sender of a feed that comes by MQTT",
    feed: "air-mqtt",
    status: 401,
  },
  { what: "does not tell which feeds exist", feed: "nobody", status: 401 },
  { what: "takes nothing for a feed that is off", feed: "off", status: 403 },
  { what: "refuses more than 8 MiB", body: huge, status: 413 },
  {
    what: "refuses a bomb of gzip",
    body: bomb,
    headers: { "content-encoding": "gzip" },
    status: 413,
  },
  {
    what: "refuses a picture",
    headers: { "content-type": "image/png" },
    status: 415,
  },
  { what: "cannot read what is no JSON", body: () => "[{", status: 422 },
];

describe("the ingest door", () => {
  it.each(cases)("$what: $status", async (row) => {
    const reply = await hub.post(row.feed ?? "air", "", {
      body: new Uint8Array(Buffer.from((row.body ?? good)() as string)),
      headers: row.headers ?? {},
    });
    const body = (await reply.json()) as { status?: number; detail?: string };
    expect(reply.status, JSON.stringify(body)).toBe(row.status);
    if (row.status === 200) return;
    expect(reply.headers.get("content-type")).toContain("problem+json");
    expect(body.status).toBe(row.status);
  });

  it("judges item by item: a bad one never sinks its batch", async () => {
    const at = Date.now();
    const judged = await told(hub, "air", [
      reading("D-2", at, 1),
      { ...reading("D-2", at + 1, 2), value: "high" },
      reading("D-2", at + 2, 3),
      { ...reading("D-2", at + 3, 0), value: "NA" },
    ]);
    expect(judged).toMatchObject({ accepted: 2, rejected: 1, missing: 1 });
    expect(judged.rejections).toMatchObject([
      { index: 1, path: expect.stringContaining("value") as string },
    ]);
  });

  it("keeps what it refused in quarantine, with reason and raw text", async () => {
    const before = await quarantine("reports");
    await told(hub, "reports", [
      { indicator: "air.unknown", at: Date.now(), value: 1 },
    ]);
    const [newest] = await quarantine("reports");
    expect(before).toEqual([]);
    expect(newest!.raw).toContain("air.unknown");
    expect(newest!.message).not.toBe("");
  });

  it.each([
    ["hotline", { reportedAt: AHEAD }, "/0/reportedAt"],
    ["hotline", { closedAt: AHEAD }, "/0/closedAt"],
    ["hotline", { closedAt: "2099-12-31T23:59:59Z" }, "/0/closedAt"],
    ["buses", { at: AHEAD }, "/0/at"],
    ["reports", { at: AHEAD }, "/0/at"],
    ["air", { at: AHEAD }, "/0/at"],
  ])(
    "refuses an item of %s that speaks of the future: %j",
    async (feed, change, path) => {
      const at = Date.now();
      const item = { ...ITEMS[feed], at, reportedAt: at, ...change };
      const { rejections } = await told(hub, feed, [item]);
      expect(rejections).toMatchObject([
        { path, message: "is more than 5 minutes in the future" },
      ]);
    },
  );

  it("refuses a warning that was sent in the future", async () => {
    const headers = { "content-type": "application/cap+xml" };
    const sent = new Date(AHEAD).toISOString();
    const { rejections } = await told(
      hub,
      "weather",
      `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
        <identifier>1</identifier><sender>a@b</sender><sent>${sent}</sent>
        <status>Actual</status><msgType>Alert</msgType><scope>Public</scope></alert>`,
      { headers },
    );
    expect(rejections).toMatchObject([{ path: "/0/sent" }]);
  });

  it("replays a refused message once, and says so to who comes too late", async () => {
    const early = { externalId: "1", source: "s", title: "积水" };
    const reportedAt = Date.now() + 3_600_000;
    await told(hub, "ahead", [{ ...early, reportedAt }]);
    const [entry] = await quarantine("ahead");
    const { items } = await hub.ask<{ items: { id: string }[] }>("/api/feeds");
    const feed = items.find(({ id }) => id === "ahead");
    await hub.ask("/api/feeds/ahead", {
      method: "PUT",
      body: JSON.stringify({ ...feed, clock: "source" }),
    });
    const replay = () =>
      hub.ask("/api/feeds/ahead/quarantine/replay", {
        method: "POST",
        body: JSON.stringify({ ids: [entry!.id] }),
      });
    expect(await replay()).toMatchObject({ accepted: 1, rejected: 0 });
    await expect(replay()).rejects.toThrow(/409 .*replayed already/);
  });

  it("holds no more unfinished bodies of a feed than it may", async () => {
    const part = Buffer.alloc(7_900_000, 0x20);
    const url = new URL(`${hub.url}/ingest/v1/air`);
    const senders = Array.from({ length: 6 }, () =>
      request(url, {
        method: "POST",
        headers: {
          authorization: `Bearer ${keyOf("air")}`,
          "content-type": "application/json",
          "content-length": 8_000_000,
        },
      }),
    );
    const refused = Promise.any(
      senders.map((sender) => once(sender, "response")),
    );
    for (const sender of senders) {
      sender.on("error", () => undefined);
      sender.write(part);
    }
    const [reply] = (await refused) as [IncomingMessage];
    expect(reply.statusCode).toBe(429);
    for (const sender of senders) sender.destroy();
    // What they held is free again.
    await eventually(
      () => hub.post("air", [reading("D-9", Date.now(), 1)]),
      ({ status }) => status === 200,
    );
  });

  it("knows a late position that it heard before", async () => {
    const at = Date.now();
    const bus = (before: number, place = PLACES.west) => ({
      ...{ object: "试L1", kind: "bus", at: at - before },
      ...place,
    });
    const tell = (...buses: object[]) => told(hub, "buses", buses);
    expect(await tell(bus(0))).toMatchObject({ accepted: 1, duplicates: 0 });
    const late = [bus(1_000), bus(7_200_000), bus(1_000)];
    expect(await tell(...late)).toMatchObject({ accepted: 2, duplicates: 1 });
    expect(await tell(...late)).toMatchObject({ accepted: 0, duplicates: 3 });
    // Another place at the same instant is a correction, which may come again.
    const moved = bus(1_000, PLACES.east);
    expect(await tell(moved)).toMatchObject({ accepted: 1 });
    expect(await tell(moved)).toMatchObject({ duplicates: 1 });
  });

  const TOO_MUCH = "is beyond ±1e15: no sensor measures that";
  it.each([
    ["air", { sensor: "huge", metric: "pm25" }],
    ["reports", { indicator: "air.told" }],
  ])("takes no value to %s of which sums are infinite", async (feed, item) => {
    const values = [1e15, -1e15, 1.1e15, -1e308];
    const answer = await told(
      hub,
      feed,
      values.map((value, i) => ({ ...item, value, at: Date.now() - i })),
    );
    expect(answer).toMatchObject({
      accepted: 2,
      rejections: [
        { path: "/2/value", message: TOO_MUCH },
        { path: "/3/value", message: TOO_MUCH },
      ],
    });
  });

  it("takes no such value in columns either", async () => {
    const columns = {
      ...{ sensor: ["huge"], metric: ["pm25"] },
      ...{ at: [Date.now()], value: [2e15] },
    };
    const { rejections } = await told(hub, "air", { columns });
    expect(rejections).toMatchObject([{ message: TOO_MUCH }]);
  });

  it("slows a feed over its quota and no other", async () => {
    const at = Date.now();
    const batch = (n: number) =>
      Array.from({ length: 20 }, (_, i) =>
        reading("D-slow", at + n * 20 + i, i),
      );
    // Let in with tokens left, and in debt afterwards.
    await told(hub, "slow", batch(0));
    const reply = await hub.post("slow", batch(1));
    await reply.body?.cancel();
    expect(reply.status).toBe(429);
    expect(Number(reply.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await told(hub, "air", batch(2))).toMatchObject({ accepted: 20 });
  });
});

it("sends every text of the pages compressed, whatever its name ends in", async () => {
  const folder = join(import.meta.dirname, "../../dist/web/assets");
  const texts = readdirSync(folder).filter(
    (name) =>
      /\.(m?js|css)$/.test(name) && statSync(join(folder, name)).size > 1_024,
  );
  expect(texts.some((name) => name.endsWith(".mjs"))).toBe(true);
  for (const name of texts) {
    const reply = await fetch(`${hub.url}/assets/${name}`, {
      headers: { "accept-encoding": "gzip" },
    });
    await reply.arrayBuffer();
    expect(reply.headers.get("content-encoding"), name).toBe("gzip");
    expect(reply.headers.get("content-type"), name).toMatch(
      name.endsWith("css") ? /^text\/css/ : /^text\/javascript/,
    );
  }
});

describe("the doors of the API", () => {
  const ask = async (path: string, role: string, init: RequestInit = {}) => {
    const reply = await fetch(`${hub.url}${path}`, {
      ...init,
      headers: {
        cookie: await hub.signIn(role),
        "content-type": "application/json",
      },
    });
    const body = (await reply.json()) as { errors?: { path: string }[] };
    return { status: reply.status, body };
  };

  async function put(feed: { id: string } & Record<string, unknown>) {
    const { status, body } = await ask(`/api/feeds/${feed.id}`, "sysAdmin", {
      method: "PUT",
      body: JSON.stringify(feed),
    });
    expect(status, JSON.stringify(body)).toBe(200);
    return body as { key: string; feed: object };
  }

  it.each([
    "/api/sensors?cursor=x",
    "/api/incidents?cursor=x",
    "/api/series/history?system=test&sensor=a&metric=pm25&from=0&to=9e15",
    "/api/indicators/air.told/history?from=-1e308&to=1e308",
    "/api/indicators/air.told/history?from=1e20&to=1e20",
  ])("call %s the caller's mistake", async (path) => {
    const { status } = await ask(path, "leader");
    expect([400, 422]).toContain(status);
  });

  it("refuse a parameter that they do not know, by its name", async () => {
    const { status, body } = await ask(
      "/api/incidents?limit=1&distrct=west&Status=reported",
      "leader",
    );
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([
      { path: "/query/distrct", code: "unknownParameter" },
      { path: "/query/Status", code: "unknownParameter" },
    ]);
  });

  it.each([
    ["nameZh", "气\0象"],
    ["nameEn", "\ud800"],
    ["nameEn", "x".repeat(201)],
    ["department", "x".repeat(41)],
    ["system", "a/b"],
    ["timeZone", "Asia/\0"],
    ["mapping", "$\0"],
  ])("refuse a feed whose %s is %j, by its path", async (field, value) => {
    const { items } = await hub.ask<{ items: { id: string }[] }>("/api/feeds");
    const feed = items.find(({ id }) => id === "off");
    const { status, body } = await ask("/api/feeds/off", "sysAdmin", {
      method: "PUT",
      body: JSON.stringify({ ...feed, [field]: value }),
    });
    expect(status).toBe(400);
    expect(body.errors?.map(({ path }) => path)).toEqual([`/body/${field}`]);
  });

  it("refuse an indicator's name that no store can hold, by its path", async () => {
    const change = { nameZh: "指\0数" };
    const { status, body } = await ask("/api/indicators/air.told", "sysAdmin", {
      method: "PATCH",
      body: JSON.stringify({ rev: 1, change }),
    });
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ path: "/body/change/nameZh" }]);
  });

  it("take a feed that says only what it is, and its data at once", async () => {
    const { key, feed } = await put({
      id: "minimal",
      system: "minimal",
      nameZh: "最少",
      department: "TEST",
      format: "readings/1",
      crs: "GCJ02",
    });
    expect(feed).toMatchObject({
      transport: "http",
      timeZone: "Asia/Shanghai",
      expectEvery: 60_000,
      enabled: true,
    });
    const taken = await told(hub, "minimal", [reading("M-1", Date.now(), 1)], {
      headers: { authorization: `Bearer ${key}` },
    });
    expect(taken.accepted).toBe(1);
  });

  it("refuse a feed of a department that the city does not have, and name those it has", async () => {
    const { status, body } = await ask("/api/feeds/whose", "sysAdmin", {
      method: "PUT",
      body: JSON.stringify({
        ...{ id: "whose", system: "whose", nameZh: "谁的", department: "WHO" },
        ...{ format: "readings/1", crs: "WGS84" },
      }),
    });
    expect(status).toBe(422);
    expect(body.errors).toEqual([
      { path: "/body/department", message: "one of ECO, TEST" },
    ]);
  });

  it("give the sensors of a feed that is new their freshness, by how often it speaks", async () => {
    const { key } = await put({
      ...{ id: "new-quay", system: "new-quay", nameZh: "码头" },
      ...{ department: "TEST", format: "readings/1", crs: "WGS84" },
      expectEvery: 60_000,
    });
    const hourAgo = Date.now() - 3_600_000;
    await told(hub, "new-quay", [reading("Q-1", hourAgo, 1)], {
      headers: { authorization: `Bearer ${key}` },
    });
    const { items } = await hub.ask<{ items: { freshness: string }[] }>(
      "/api/sensors?system=new-quay&registered=false",
    );
    expect(items.map(({ freshness }) => freshness)).toEqual(["lost"]);
  });

  it("take the feed that docs/add-a-format.md shows, as it stands there", async () => {
    const page = readFileSync(
      join(import.meta.dirname, "../../docs/add-a-format.md"),
      "utf8",
    );
    const example = /```json\n(\{\s*"id": "beijing-air"[^]*?)```/.exec(
      page,
    )![1]!;
    const { key } = await put(JSON.parse(example) as { id: string });
    const taken = await told(hub, "beijing-air", "", {
      body: "No,year,month,day,hour,PM2.5,station\n1,2017,2,28,23,20,Gucheng\n2,2017,2,28,22,NA,Gucheng\n",
      headers: {
        authorization: `Bearer ${key}`,
        "content-type": "text/csv",
      },
    });
    expect(taken).toMatchObject({ accepted: 1, missing: 1, rejected: 0 });
  });

  it("refuse limits that contradict each other, and keep the ones there were", async () => {
    const { status, body } = await ask("/api/indicators/air.told", "sysAdmin", {
      method: "PATCH",
      body: JSON.stringify({
        rev: 1,
        change: { thresholds: { red: 60, orange: 65, yellow: 60, blue: 55 } },
      }),
    });
    expect(status).toBe(422);
    expect(body.errors?.[0]?.path).toMatch(/^\/change\//);
    const again = await fetch(`${hub.url}/api/indicators`, {
      headers: { cookie: await hub.signIn("leader") },
    });
    const { items } = (await again.json()) as {
      items: { id: string; rev: number }[];
    };
    expect(items.find(({ id }) => id === "air.told")?.rev).toBe(1);
  });
});

async function quarantine(feed: string) {
  const page = await hub.ask<{
    items: { id: string; message: string; raw: string }[];
  }>(`/api/feeds/${feed}/quarantine`);
  return page.items;
}
