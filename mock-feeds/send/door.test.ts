import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { afterEach, expect, it } from "vitest";
import { openDoor } from "./door.ts";
import { openHttpSender } from "./http-sender.ts";

interface Heard {
  path: string;
  key: string | undefined;
  type: string | undefined;
  body: string;
}

const stop = new AbortController();
let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A hub that answers request after request as told, then always 200. */
async function hub(answers: { status: number; retryAfter?: string }[] = []) {
  const heard: Heard[] = [];
  server = createServer((request, reply) => {
    void bodyOf(request).then((body) => {
      heard.push({
        path: request.url ?? "",
        key: request.headers.authorization,
        type: request.headers["content-type"],
        body,
      });
      const { status, retryAfter } = answers.shift() ?? { status: 200 };
      if (retryAfter !== undefined) reply.setHeader("retry-after", retryAfter);
      reply.statusCode = status;
      const accepted = status === 200 ? countOf(body) : 0;
      reply.end(
        JSON.stringify({ accepted, duplicates: 0, missing: 0, rejected: 0 }),
      );
    });
  });
  const { port } = await listen(server, 0);
  return { url: `http://127.0.0.1:${port}`, port, heard };
}

const listen = (on: Server, port: number) =>
  new Promise<AddressInfo>((done) =>
    on.listen(port, "127.0.0.1", () => done(on.address() as AddressInfo)),
  );

const countOf = (body: string) =>
  body.startsWith("[") ? (JSON.parse(body) as unknown[]).length : 1;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const packed = request.headers["content-encoding"] === "gzip";
  return (packed ? gunzipSync(bytes) : bytes).toString("utf8");
}

const reading = (n: number) => ({
  sensor: `S-${n}`,
  metric: "pm25",
  at: n,
  value: n,
});

const sender = (url: string, more: object = {}) =>
  openHttpSender({
    hub: url,
    feed: "eco-air",
    key: "a-key",
    format: "readings/1",
    keep: 10_000,
    signal: stop.signal,
    ...more,
  });

it("posts readings to the door of its feed, with its key", async () => {
  const { url, heard } = await hub();
  const feed = sender(url);
  feed.send([reading(1), reading(2)]);
  await feed.settled();
  expect(heard).toEqual([
    {
      path: "/ingest/v1/eco-air",
      key: "Bearer a-key",
      type: "application/json",
      body: JSON.stringify([reading(1), reading(2)]),
    },
  ]);
  expect(feed.count).toMatchObject({ waiting: 0, acknowledged: 2 });
});

it("says it again after a 503 and a 429, in the same order", async () => {
  const { url, heard } = await hub([
    { status: 503 },
    { status: 429, retryAfter: "0" },
  ]);
  const feed = sender(url);
  feed.send([reading(1)]);
  await feed.settled();
  expect(heard.map(({ body }) => body)).toEqual(
    Array.from({ length: 3 }, () => JSON.stringify([reading(1)])),
  );
  expect(feed.count).toMatchObject({ acknowledged: 1, refused: 0 });
});

it("waits as long as Retry-After asks", async () => {
  const { url } = await hub([{ status: 429, retryAfter: "90" }]);
  const waits: number[] = [];
  const door = openDoor({
    hub: url,
    feed: "eco-air",
    key: "a-key",
    mediaType: "application/json",
    signal: stop.signal,
    patient: true,
    wait: (ms) => Promise.resolve(waits.push(ms)),
  });
  await door.post("[]");
  expect(waits).toEqual([90_000]);
});

it("gives up at once with a wrong key where nobody would mend it", async () => {
  const { url, heard } = await hub([{ status: 401 }]);
  const door = openDoor({
    hub: url,
    feed: "eco-air",
    key: "wrong",
    mediaType: "application/json",
    signal: stop.signal,
    patient: false,
  });
  await expect(door.post("[]")).rejects.toThrow("the hub answered 401");
  expect(heard).toHaveLength(1);
});

it("keeps what it has to say while the hub is restarted", async () => {
  const first = await hub();
  const { port } = first;
  server!.closeAllConnections();
  await new Promise((done) => server!.close(done));

  const feed = sender(first.url);
  feed.send([reading(1)]);
  const again = createServer((request, reply) => {
    void bodyOf(request).then((body) =>
      reply.end(JSON.stringify({ accepted: countOf(body) })),
    );
  });
  await listen(again, port);
  server = again;
  feed.send([reading(2)]);
  await feed.settled();
  expect(feed.count).toMatchObject({ acknowledged: 2, dropped: 0 });
});

it("drops the oldest, and says how many, when the hub stays away too long", async () => {
  const { url } = await hub([{ status: 503, retryAfter: "60" }]);
  const feed = sender(url, { keep: 100 });
  for (let i = 0; i < 1000; i++) feed.send([reading(i)]);
  expect(feed.count.dropped).toBe(900);
  await feed.close();
});

it("does not repeat what the hub will never take", async () => {
  const { url, heard } = await hub([{ status: 422 }]);
  const troubles: string[] = [];
  const feed = sender(url, {
    onTrouble: (text: string) => troubles.push(text),
  });
  feed.send([reading(1)]);
  await feed.settled();
  expect(heard).toHaveLength(1);
  expect(feed.count).toMatchObject({ acknowledged: 0, refused: 1 });
  expect(troubles[0]).toMatch(/eco-air: the hub answered 422/);
});

it("sends each CAP message as one document", async () => {
  const { url, heard } = await hub();
  const feed = sender(url, { format: "cap/1.2" });
  feed.send(["<alert>1</alert>", "<alert>2</alert>"]);
  await feed.settled();
  expect(heard.map(({ type, body }) => [type, body])).toEqual([
    ["application/cap+xml", "<alert>1</alert>"],
    ["application/cap+xml", "<alert>2</alert>"],
  ]);
});

it("writes CSV rows with one header line and quoted commas", async () => {
  const { url, heard } = await hub();
  const feed = sender(url, { format: "csv" });
  feed.send([
    { 站点: "甲,乙", 水位: 1.2 },
    { 站点: '"丙"', 水位: 3 },
  ]);
  await feed.settled();
  expect(heard[0]).toMatchObject({
    type: "text/csv",
    body: '站点,水位\r\n"甲,乙",1.2\r\n"""丙""",3',
  });
});
