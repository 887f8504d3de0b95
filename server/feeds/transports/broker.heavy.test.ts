import { connect, type Socket } from "node:net";
import mqtt, { type MqttClient } from "mqtt";
import { generate } from "mqtt-packet";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import {
  feedRow,
  json,
  openTestFeeds,
  openTestStore,
  type TestFeeds,
  type TestStore,
} from "../../../test/kit/feeds.ts";
import type { KeptOutSender } from "../refusal.ts";
import { StoreUnavailable } from "../sink.ts";
import { openBroker, type Broker } from "./broker.ts";

const NOON = Date.UTC(2026, 10, 20, 4);
const reading = (n: number) =>
  json({ sensor: `AQ-${n}`, metric: "pm25", at: NOON, value: n });

let shared: TestStore;
beforeAll(async () => void (shared = await openTestStore()));
afterAll(() => shared.close());

let test: TestFeeds;
let broker: Broker;
let refused: KeptOutSender[] = [];
let stop: AbortController;
let air: { id: string; key: string };
let number = 0;
const clients: MqttClient[] = [];

const MQTT = { transport: "mqtt" } as const;

async function open(): Promise<void> {
  stop = new AbortController();
  const { signal } = stop;
  const { feeds } = test;
  refused = [];
  broker = await openBroker({
    ...{ feeds, host: "127.0.0.1", port: 0, signal },
    refused: (who) => refused.push(who),
  });
}

beforeEach(async () => {
  test = await openTestFeeds(shared.store, []);
  const id = `air-${++number}`;
  const { key } = await test.feeds.put(feedRow({ ...MQTT, id }));
  air = { id, key: key! };
  await open();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.end(true);
  stop.abort();
  await broker.ended;
  await test.close();
});

async function signIn(
  username = air.id,
  password = air.key,
  clientId = `client-${clients.length}`,
) {
  const client = mqtt.connect({
    clientId,
    ...{ host: "127.0.0.1", port: broker.port, username, password },
    ...{ reconnectPeriod: 0, protocolVersion: 4 },
  });
  clients.push(client);
  client.on("error", () => {});
  await new Promise<void>((done, failed) => {
    client.once("connect", () => done());
    client.once("error", failed);
    client.once("close", () => failed(new Error("closed")));
  });
  return client;
}

it("acknowledges a reading only when it is durable", async () => {
  let commit = () => {};
  test.town.commit = () => new Promise((done) => (commit = done));
  const client = await signIn();
  let acknowledged = false;
  const sent = client
    .publishAsync(`city/${air.id}/r`, reading(1), { qos: 1 })
    .then(() => (acknowledged = true));
  await until(() => test.town.calls.length === 1);
  expect(acknowledged).toBe(false);
  commit();
  await sent;
  expect(test.town.kept.size).toBe(1);
});

it("is not opened by the key of a feed that comes by HTTP", async () => {
  const id = `${air.id}-http`;
  const { key } = await test.feeds.put(feedRow({ id, transport: "http" }));
  await expect(signIn(id, key!)).rejects.toThrow(/Not authorized/);
});

it("lets in who comes from the feed's networks alone, and tells who was kept out", async () => {
  const put = (allow: string[]) =>
    test.feeds.put(feedRow({ ...MQTT, id: air.id, allow }));
  await put(["10.0.0.0/8"]);
  await expect(signIn()).rejects.toThrow(/Not authorized/);
  await put(["127.0.0.0/8"]);
  await signIn();
  await expect(signIn(air.id, "guess")).rejects.toThrow(/Not authorized/);
  expect(refused).toEqual([
    {
      ...{ feed: air.id, address: "127.0.0.1" },
      detail: expect.stringMatching(/may not come from 127\.0\.0\.1/) as string,
    },
    {
      ...{ feed: air.id, address: "127.0.0.1" },
      detail: "this feed key does not open this feed",
    },
  ]);
});

it("keeps who is connected while its key is replaced, and parts when it is revoked", async () => {
  const client = await signIn();
  const { keys } = test.feeds;
  const { key } = await keys.rotate(air.id, { overlap: 60_000, by: "li" });
  await client.publishAsync(`city/${air.id}/r`, reading(1), { qos: 1 });
  const [first] = keys.of(air.id);
  const parted = new Promise<void>((done) =>
    client.once("close", () => done()),
  );
  await keys.revoke(air.id, first!.id);
  await parted;
  await expect(signIn()).rejects.toThrow(/Not authorized/);
  await signIn(air.id, key);
});

it("parts when the time of a replaced key is over", async () => {
  const clock = createManualClock(NOON);
  await test.close();
  test = await openTestFeeds(shared.store, [], { clock, saveEvery: 5 });
  stop.abort();
  await broker.ended;
  await open();
  const client = await signIn();
  const parted = new Promise<void>((done) =>
    client.once("close", () => done()),
  );
  await test.feeds.keys.rotate(air.id, { overlap: 60_000, by: "li" });
  clock.advance(60_000);
  await parted;
});

it("takes many messages in few commits, and each once", async () => {
  const client = await signIn();
  await Promise.all(
    Array.from({ length: 2_000 }, (_, n) =>
      client.publishAsync(`city/${air.id}/r`, reading(n), { qos: 1 }),
    ),
  );
  expect(test.town.kept.size).toBe(2_000);
  expect(test.town.calls.length).toBeLessThan(400);
});

it("takes QoS 0 and 2 too", async () => {
  const client = await signIn();
  await client.publishAsync(`city/${air.id}/r`, reading(1), { qos: 0 });
  await client.publishAsync(`city/${air.id}/r`, reading(2), { qos: 2 });
  await until(() => test.town.kept.size === 2);
});

it("acknowledges what can never be read, and keeps it in quarantine", async () => {
  const client = await signIn();
  const publish = (body: Buffer) =>
    client.publishAsync(`city/${air.id}/r`, body, { qos: 1 });
  await Promise.all([publish(reading(1)), publish(Buffer.from("{}"))]);
  await publish(Buffer.from("not JSON"));
  expect(test.town.kept.size).toBe(1);
  const kept = await test.store.quarantine.get(air.id);
  expect(kept.map(({ raw }) => raw)).toEqual(["{}", "not JSON"]);
});

it("leaves what a full quarantine has no room for, and takes the good behind it", async () => {
  await test.close();
  test = await openTestFeeds(shared.store, [], { quarantineCap: 1 });
  const { key } = await test.feeds.put(
    feedRow({ ...MQTT, id: `gas-${number}` }),
  );
  air = { id: `gas-${number}`, key: key! };
  stop.abort();
  await broker.ended;
  await open();
  const client = await signIn();
  const answered: string[] = [];
  const publish = (name: string, body: Buffer) =>
    client.publishAsync(`city/${air.id}/r`, body, { qos: 1 }).then(
      () => answered.push(name),
      () => undefined,
    );
  await publish("bad", Buffer.from("{}"));
  void publish("bad too", Buffer.from("[1]"));
  await Promise.all([1, 2, 3].map((n) => publish("good", reading(n))));
  await publish("good", reading(4));
  expect(answered).toEqual(["bad", "good", "good", "good", "good"]);
  expect(test.town.kept.size).toBe(4);
});

it("holds no large greeting of somebody who has not signed in", async () => {
  const socket = connect(broker.port, "127.0.0.1");
  // CONNECT that announces five kilobytes.
  socket.write(Buffer.from([0x10, 0x88, 0x27]));
  socket.write(Buffer.alloc(2_000));
  await new Promise((gone) => socket.once("close", gone));
  expect(socket.bytesRead).toBe(0);
});

it("lets no feed take the place of another's client by its name", async () => {
  const other = await test.feeds.put(
    feedRow({ ...MQTT, id: `rain-${number}` }),
  );
  const mine = await signIn(air.id, air.key, "gateway");
  await signIn(`rain-${number}`, other.key!, "gateway");
  await mine.publishAsync(`city/${air.id}/r`, reading(1), { qos: 1 });
  expect(test.town.kept.size).toBe(1);
});

it("holds messages while the store is away, and loses none", async () => {
  test.town.commit = () => Promise.reject(new StoreUnavailable("away"));
  const client = await signIn();
  const sent = Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      client.publishAsync(`city/${air.id}/r`, reading(n), { qos: 1 }),
    ),
  );
  await until(() => test.town.calls.length >= 2);
  expect(test.town.kept.size).toBe(0);
  test.town.commit = () => Promise.resolve();
  await sent;
  expect(test.town.kept.size).toBe(50);
});

it("lets nobody in with another feed's key, or none", async () => {
  const { key } = await test.feeds.put(feedRow({ id: `water-${number}` }));
  await expect(signIn(air.id, key!)).rejects.toThrow(/not authorized/i);
  await expect(signIn("nobody", key!)).rejects.toThrow(/not authorized/i);
  await expect(signIn(air.id, "")).rejects.toThrow(/not authorized/i);
});

it("lets a feed publish under its own id alone", async () => {
  const client = await signIn();
  client.publish("city/other/r", reading(1), { qos: 1 });
  await closing(client);
  expect(test.town.calls).toEqual([]);
  const view = test.feeds.views().find(({ id }) => id === air.id);
  expect(view!.error).toContain("city/other/r");
});

it("lets nobody listen", async () => {
  const client = await signIn();
  const refused = await client.subscribeAsync("#", { qos: 1 }).then(
    ([grant]) => grant?.qos,
    () => 128,
  );
  expect(refused).toBe(128);
});

it("publishes no will, and keeps nothing as retained", async () => {
  const client = mqtt.connect({
    ...{ host: "127.0.0.1", port: broker.port, protocolVersion: 4 },
    ...{ username: air.id, password: air.key, reconnectPeriod: 0 },
    will: { topic: `city/${air.id}/r`, payload: reading(99), qos: 1 },
  });
  clients.push(client);
  await new Promise((done) => client.once("connect", done));
  await client.publishAsync(`city/${air.id}/r`, reading(1), {
    ...{ qos: 1, retain: true },
  });
  client.stream.destroy();
  await closing(client);
  const next = await signIn();
  await next.publishAsync(`city/${air.id}/r`, reading(2), { qos: 1 });
  expect([...test.town.kept.values()]).toEqual([1, 2]);
});

it("shows a feed out when it is switched off or gets another key", async () => {
  const client = await signIn();
  const closed = closing(client);
  await test.feeds.put(
    feedRow({ id: air.id, transport: "mqtt", enabled: false }),
  );
  await closed;
});

it("ends a connection that announces a packet beyond all measure", async () => {
  const socket = connect(broker.port, "127.0.0.1");
  await new Promise((done) => socket.once("connect", done));
  const ended = new Promise((done) => socket.once("close", done));
  socket.on("error", () => {});
  // A PUBLISH of 256 MB less one byte, announced and begun.
  socket.write(Buffer.from([0x32, 0xff, 0xff, 0xff, 0x7f, 0, 1]));
  await ended;
});

it("gives a feed 64 connections, and leaves room for every other feed", async () => {
  const other = await test.feeds.put(
    feedRow({ ...MQTT, id: `snow-${number}` }),
  );
  const mine = Array.from({ length: 64 }, (_, n) =>
    signIn(air.id, air.key, `gateway-${n}`),
  );
  const [first] = await Promise.all(mine);
  await expect(signIn()).rejects.toThrow(/Server unavailable/);
  const view = test.feeds.views().find(({ id }) => id === air.id);
  expect(view!.error).toContain("more than 64 connections");
  await signIn(`snow-${number}`, other.key!);
  first!.end(true);
  const again = async () => signIn().then(Boolean, () => false);
  while (!(await again()));
});

it("cuts a feed that begins more packets than it ends, and no other", async () => {
  const other = await test.feeds.put(
    feedRow({ ...MQTT, id: `hail-${number}` }),
  );
  const good = await signIn(`hail-${number}`, other.key!);
  const size = 8 * 1024 * 1024;
  const sockets = Array.from({ length: 6 }, (_, n) => begin(`c-${n}`, size));
  await Promise.any(
    sockets.map((socket) => new Promise((cut) => socket.once("close", cut))),
  );
  const view = test.feeds.views().find(({ id }) => id === air.id);
  expect(view!.error).toContain("begins more packets");
  for (const socket of sockets) socket.destroy();
  await good.publishAsync(`city/hail-${number}/r`, reading(1), { qos: 1 });
  expect(test.town.kept.size).toBe(1);
});

/** Signs in and sends all but the last bytes of a packet. */
function begin(clientId: string, size: number): Socket {
  const socket = connect(broker.port, "127.0.0.1");
  socket.on("error", () => {});
  socket.write(
    generate({
      ...{ cmd: "connect", protocolId: "MQTT", protocolVersion: 4 },
      ...{ clean: true, clientId, keepalive: 0 },
      ...{ username: air.id, password: Buffer.from(air.key) },
    }),
  );
  const packet = generate({
    ...{ cmd: "publish", qos: 1, messageId: 1, dup: false, retain: false },
    ...{ topic: `city/${air.id}/r`, payload: Buffer.alloc(size, 0x20) },
  });
  socket.once("data", () => socket.write(packet.subarray(0, -10)));
  return socket;
}

const closing = (client: MqttClient) =>
  new Promise<void>((done) => client.once("close", () => done()));

/** Resolves when it is true; looks again each time the machine is idle. */
async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((look) => setTimeout(look, 5));
}
