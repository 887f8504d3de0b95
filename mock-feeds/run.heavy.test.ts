import { createServer, type Server } from "node:http";
import { createServer as createTcpServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { createGunzip } from "node:zlib";
import { Aedes } from "aedes";
import { afterEach, beforeAll, expect, it } from "vitest";
import type { City } from "./city/types.ts";
import { openCity } from "./city-model.ts";
import { ownFolder } from "./control.ts";
import { defineDepartment, type Department } from "./department.ts";
import { DEPARTMENTS } from "./departments.ts";
import { runMock } from "./run.ts";

let city: City;
beforeAll(async () => {
  city = await openCity(42, await ownFolder(join(tmpdir(), "chengshu-models")));
}, 180_000);

let ending: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ending.reverse()) await end();
  ending = [];
});

interface Heard {
  feed: string;
  by: "http" | "mqtt";
  items: Record<string, unknown>[];
}

/** Both doors of a hub on free ports; `until` waits for what departments say. */
async function hub() {
  const heard: Heard[] = [];
  const waiting = new Set<() => void>();
  const hear = (feed: string, by: Heard["by"], body: string) => {
    const items = JSON.parse(body) as Heard["items"];
    heard.push({ feed, by, items });
    for (const look of waiting) look();
    return items.length;
  };

  const http: Server = createServer((request, reply) => {
    const packed = request.headers["content-encoding"] === "gzip";
    void text(packed ? request.pipe(createGunzip()) : request).then((body) => {
      const feed = request.url!.split("/").at(-1)!;
      if (request.headers.authorization !== `Bearer key-${feed}`) {
        reply.statusCode = 401;
        return reply.end();
      }
      reply.end(JSON.stringify({ accepted: hear(feed, "http", body) }));
    });
  });
  const aedes = await Aedes.createBroker({
    authenticate: (_, user, password, done) =>
      done(null, password?.toString() === `key-${user}`),
    authorizePublish(_, { topic, payload }, done) {
      hear(topic.split("/")[1]!, "mqtt", payload.toString());
      done(null);
    },
  });
  const mqtt = createTcpServer((socket) => void aedes.handle(socket));
  const listen = (server: Server | typeof mqtt) =>
    new Promise<number>((done) =>
      server.listen(0, "127.0.0.1", () =>
        done((server.address() as AddressInfo).port),
      ),
    );
  const urls = {
    hub: `http://127.0.0.1:${await listen(http)}`,
    mqtt: `mqtt://127.0.0.1:${await listen(mqtt)}`,
  };
  ending.push(async () => {
    http.closeAllConnections();
    await new Promise((done) => http.close(done));
    await new Promise<void>((done) => aedes.close(() => done()));
    await new Promise((done) => mqtt.close(done));
  });
  const until = (found: () => boolean) =>
    new Promise<void>((done) => {
      const look = () => {
        if (!found()) return;
        waiting.delete(look);
        done();
      };
      waiting.add(look);
      look();
    });
  return { ...urls, heard, until };
}

function start(
  departments: readonly Department[],
  at: Awaited<ReturnType<typeof hub>>,
) {
  const stop = new AbortController();
  const troubles: string[] = [];
  const mock = runMock({
    departments,
    city,
    feeds: city.feeds,
    keys: Object.fromEntries(city.feeds.map(({ id }) => [id, `key-${id}`])),
    seed: 42,
    speed: 1,
    hub: at.hub,
    mqtt: at.mqtt,
    signal: stop.signal,
    onTrouble: (message) => troubles.push(message),
  });
  ending.push(() => {
    stop.abort();
    return mock.ended;
  });
  return { mock, troubles };
}

const only = (...ids: string[]) =>
  DEPARTMENTS.filter(({ id }) => ids.includes(id));

it("names its sensors before it reads them, each system by its own protocol", async () => {
  const at = await hub();
  start(only("catalogue", "air", "hotline"), at);
  const has = (feed: string) => at.heard.some((one) => one.feed === feed);
  await at.until(
    () => has("air-stations") && has("eco-readings") && has("hotline-12345"),
  );
  const first = (feed: string) =>
    at.heard.findIndex((one) => one.feed === feed);
  expect(first("eco-catalogue")).toBeLessThan(first("air-stations"));
  expect(at.heard[first("air-stations")]?.by).toBe("mqtt");
  expect(at.heard[first("eco-readings")]?.by).toBe("http");
});

it("goes on with the others when one department's program cannot even start", async () => {
  const at = await hub();
  const broken = defineDepartment({
    id: "broken",
    nameZh: "坏",
    duties: () => {
      throw new Error("the server room is flooded");
    },
  });
  const { troubles } = start([broken, ...only("vessels")], at);
  await at.until(() =>
    at.heard.some(({ feed }) => feed === "vessel-positions"),
  );
  expect(troubles).toContain(
    "broken did not start: Error: the server room is flooded",
  );
});

it("lets the storm begin in departments that are running", async () => {
  const at = await hub();
  const { mock } = start(only("lifeline"), at);
  await at.until(() => at.heard.some(({ feed }) => feed === "drainage"));
  // Five minutes ago: the streets are at their worst now.
  mock.startStorm(Date.now() - 330_000);
  const ponding = ({ items }: Heard) =>
    items.some(
      ({ metric, value }) => metric === "ponding" && Number(value) > 25,
    );
  await at.until(() => at.heard.some(ponding));
});
