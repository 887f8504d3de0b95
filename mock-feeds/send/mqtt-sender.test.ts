import {
  createServer,
  type AddressInfo,
  type Server,
  type Socket,
} from "node:net";
import { Aedes } from "aedes";
import { afterEach, expect, it } from "vitest";
import { openMqttSender } from "./mqtt-sender.ts";

let running: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of running) await stop();
  running = [];
});

interface Message {
  topic: string;
  user: string;
  qos: number;
  items: { sensor: string }[];
}

/** A broker like the hub's: it acknowledges when `commit` lets it. */
async function broker(
  commit: (message: Message) => Promise<void> = () => Promise.resolve(),
  port = 0,
) {
  const committed: Message[] = [];
  const users = new Map<unknown, string>();
  const known = { key: "a-key" };
  const aedes = await Aedes.createBroker({
    authenticate(client, username, password, done) {
      users.set(client, username ?? "");
      done(null, password?.toString() === known.key);
    },
    authorizePublish(client, packet, done) {
      const message = {
        topic: packet.topic,
        user: users.get(client) ?? "",
        qos: packet.qos,
        items: JSON.parse(packet.payload.toString()) as Message["items"],
      };
      commit(message).then(
        () => {
          committed.push(message);
          done(null);
        },
        () => undefined,
      );
    },
  });
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    aedes.handle(socket);
  });
  await new Promise<void>((done) =>
    server.listen(port, "127.0.0.1", () => done()),
  );
  const kill = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((done) => server.close(done));
    await new Promise<void>((done) => aedes.close(() => done()));
  };
  return {
    port: (server.address() as AddressInfo).port,
    committed,
    known,
    kill,
  };
}

function sender(port: number, more: object = {}) {
  const feed = openMqttSender({
    url: `mqtt://127.0.0.1:${port}`,
    feed: "eco-air",
    key: "a-key",
    topic: "readings",
    keep: 1000,
    perMessage: 2,
    reconnectAfter: 20,
    signal: new AbortController().signal,
    ...more,
  });
  running.push(() => feed.close());
  return feed;
}

const readings = (...sensors: string[]) =>
  sensors.map((sensor) => ({ sensor }));

it("publishes to the topic of its feed with QoS 1, as its feed", async () => {
  const hub = await broker();
  running.push(hub.kill);
  const feed = sender(hub.port);
  feed.send(readings("A", "B", "C"));
  await feed.settled();
  expect(hub.committed).toEqual([
    {
      topic: "city/eco-air/readings",
      user: "eco-air",
      qos: 1,
      items: readings("A", "B"),
    },
    {
      topic: "city/eco-air/readings",
      user: "eco-air",
      qos: 1,
      items: readings("C"),
    },
  ]);
  expect(feed.count).toMatchObject({ waiting: 0, acknowledged: 3 });
});

it("publishes again what a killed broker had not acknowledged", async () => {
  let reached: (() => void) | undefined;
  const arrived = new Promise<void>((done) => (reached = done));
  // The first broker dies with the message in its hands.
  const first = await broker(() => {
    reached?.();
    return new Promise(() => undefined);
  });
  const feed = sender(first.port);
  feed.send(readings("A"));
  await arrived;
  await first.kill();

  const second = await broker(undefined, first.port);
  running.push(second.kill);
  feed.send(readings("B"));
  await feed.settled();
  expect(second.committed.flatMap(({ items }) => items)).toEqual(
    expect.arrayContaining(readings("A", "B")),
  );
  expect(feed.count).toMatchObject({ acknowledged: 2, dropped: 0 });
});

it("gets in with a key that is made known after it began to knock", async () => {
  const hub = await broker();
  running.push(hub.kill);
  hub.known.key = "another";
  let told: ((text: string) => void) | undefined;
  const refused = new Promise<string>((done) => (told = done));
  const feed = sender(hub.port, {
    onTrouble: (text: string) => told?.(text),
  });
  feed.send(readings("A"));
  expect(await refused).toMatch(/eco-air: the broker is away/);
  hub.known.key = "a-key";
  await feed.settled();
  expect(feed.count).toMatchObject({ acknowledged: 1 });
});
