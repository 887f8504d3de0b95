import mqtt, { type MqttClient } from "mqtt";
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
} from "vitest";
import type { Feed } from "../../../contract/feed.ts";
import {
  feedRow,
  forever,
  json,
  openTestFeeds,
  openTestStore,
  type TestFeeds,
  type TestStore,
} from "../../../test/kit/feeds.ts";
import { startMosquitto, type Mosquitto } from "../../../test/kit/mosquitto.ts";
import { createManualClock } from "../../lib/clock.ts";
import type { FeedsOptions } from "../run.ts";
import { StoreUnavailable } from "../sink.ts";
import { followBroker } from "./mqtt.ts";

const NOON = Date.UTC(2026, 10, 20, 4);
const reading = (n: number) =>
  json({ sensor: `L-${n}`, metric: "flow", at: NOON, value: n });

let shared: TestStore;
let broker: Mosquitto;
let sender: MqttClient;
beforeAll(async () => {
  shared = await openTestStore();
  broker = await startMosquitto();
  sender = await mqtt.connectAsync(broker.url, { protocolVersion: 5 });
});
afterAll(async () => {
  sender.end(true);
  await broker.stop();
  await shared.close();
});

let number = 0;
let LOOPS = "";
let CARS = "";
const open: { test: TestFeeds; stop: () => Promise<void> }[] = [];
beforeEach(() => {
  number++;
  LOOPS = `loops-${number}`;
  CARS = `cars-${number}`;
});
afterEach(async () => {
  for (const { test, stop } of open.splice(0)) {
    await stop();
    await test.close();
  }
});

/** A hub's feeds, following the broker. */
async function follow(
  rows: Partial<Feed>[] = [{ id: LOOPS }],
  options: { clientId?: string; share?: string; askAgainAfter?: number } = {},
  feedsOptions: Partial<FeedsOptions> = {},
) {
  const test = await openTestFeeds(
    shared.store,
    rows.map((row) => feedRow({ transport: "mqtt", ...row } as Feed)),
    feedsOptions,
  );
  const stopping = new AbortController();
  const ended = followBroker({
    feeds: test.feeds,
    url: broker.url,
    clientId: `hub-${number}`,
    signal: stopping.signal,
    ...options,
  });
  const stop = async () => {
    stopping.abort();
    await ended;
  };
  open.push({ test, stop });
  const errors = () => test.feeds.views().map(({ error }) => error);
  return { ...test, stop, errors };
}

const send = (feed: string, from: number, to: number, qos: 0 | 1 = 1) =>
  Promise.all(
    Array.from({ length: to - from }, (_, i) =>
      sender.publishAsync(`city/${feed}/r`, reading(from + i), { qos }),
    ),
  );

/** Sends a first message until it arrives: then the subscription stands. */
async function stands(hub: { town: TestFeeds["town"] }, feed = LOOPS) {
  while (hub.town.kept.size === 0) {
    await send(feed, -1, 0);
    await new Promise((look) => setTimeout(look, 20));
  }
  hub.town.kept.clear();
}

describe("feeds on the city's broker", () => {
  it("are taken message by message, in few commits", async () => {
    const hub = await follow();
    await stands(hub);
    hub.town.commit = () => new Promise((done) => setTimeout(done, 20));
    hub.town.calls.length = 0;
    await send(LOOPS, 0, 3_000);
    await until(() => hub.town.kept.size === 3_000);
    expect(hub.town.calls.length).toBeLessThan(1_000);
  });

  it("get what was not acknowledged again, when the hub comes back", async () => {
    const hub = await follow();
    await stands(hub);
    let die = () => {};
    const killed = new Promise<void>((_, failed) => {
      die = () => failed(new StoreUnavailable("killed"));
    });
    hub.town.commit = () => killed;
    await send(LOOPS, 0, 200);
    await until(() => hub.town.calls.length > 1);
    const stopped = hub.stop();
    die();
    await stopped;
    expect(hub.town.kept.size).toBe(0);
    await send(LOOPS, 200, 300);
    const next = await follow([]);
    await until(() => next.town.kept.size === 300);
  });

  it("lose nothing while the store is away", async () => {
    const hub = await follow();
    await stands(hub);
    hub.town.commit = () => Promise.reject(new StoreUnavailable("away"));
    hub.town.calls.length = 0;
    await send(LOOPS, 0, 500);
    await until(() => hub.town.calls.length >= 2);
    hub.town.commit = () => Promise.resolve();
    await until(() => hub.town.kept.size === 500);
  });

  it("pass by a message that a full quarantine has no room for, which comes again", async () => {
    const clock = createManualClock(NOON);
    const hub = await follow(
      [{ id: LOOPS }],
      { askAgainAfter: 200 },
      { quarantineCap: 1, clock },
    );
    await stands(hub);
    const kept = async () =>
      (await hub.store.quarantine.get(LOOPS)).map(({ raw }) => raw);
    const bad = (text: string) =>
      sender.publishAsync(`city/${LOOPS}/r`, text, { qos: 1 });
    await bad("no JSON 1");
    await bad("no JSON 2");
    await send(LOOPS, 0, 100);
    await until(() => hub.town.kept.size === 100);
    /** Refused ones are kept beside the good, sooner or later. */
    async function one(): Promise<string | undefined> {
      while ((await kept()).length === 0)
        await new Promise((look) => setTimeout(look, 20));
      return (await kept())[0];
    }
    const first = await one();
    await hub.store.prune(NOON + 1000, { ...forever, quarantine: 0 });
    clock.advance(60_001);
    expect([first, await one()].sort()).toEqual(["no JSON 1", "no JSON 2"]);
  });

  it("come back by themselves when the broker was away", async () => {
    const hub = await follow();
    await stands(hub);
    await broker.pause();
    await until(() => hub.errors().some((e) => e?.includes("127.0.0.1")));
    expect(hub.errors().join()).not.toContain("@");
    await broker.restart();
    await send(LOOPS, 0, 100);
    await until(() => hub.town.kept.size >= 100);
    expect(hub.errors().filter(Boolean)).toEqual([]);
  });

  it("slow themselves when they flood, and no other feed", async () => {
    const slow = { perSecond: 50, burst: 50 };
    const hub = await follow([{ id: LOOPS, quota: slow }, { id: CARS }]);
    await stands(hub, CARS);
    await send(LOOPS, 0, 25_000);
    await send(CARS, 30_000, 30_100);
    await until(() => {
      const cars = [...hub.town.kept.keys()].filter((k) => k.startsWith(CARS));
      return cars.length === 100;
    });
    const loops = [...hub.town.kept.keys()].filter((k) => k.startsWith(LOOPS));
    expect(loops.length).toBeLessThan(25_000);
  });

  it("are followed from the moment they are added", async () => {
    const hub = await follow([]);
    await hub.feeds.put(feedRow({ id: CARS, transport: "mqtt" }));
    await stands(hub, CARS);
    await send(CARS, 0, 10);
    await until(() => hub.town.kept.size === 10);
  });

  it("are shared between hubs of one group, each message once", async () => {
    const share = `group-${number}`;
    const one = await follow([{ id: LOOPS }], {
      share,
      clientId: `a${number}`,
    });
    await stands(one);
    const two = await follow([], { share, clientId: `b${number}` });
    await stands(two);
    one.town.kept.clear();
    await send(LOOPS, 1_000, 2_000);
    const kept = () => one.town.kept.size + two.town.kept.size;
    await until(() => kept() >= 1_000);
    const both = [...one.town.kept.keys(), ...two.town.kept.keys()];
    expect(new Set(both).size).toBe(both.length);
    expect(two.town.kept.size).toBeGreaterThan(0);
  });

  it("take QoS 0 as it comes", async () => {
    const hub = await follow();
    await stands(hub);
    await send(LOOPS, 0, 50, 0);
    await until(() => hub.town.kept.size === 50);
  });
});

/** Resolves when it is true; looks again each time the machine is idle. */
async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((look) => setTimeout(look, 5));
}
