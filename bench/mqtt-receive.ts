/**
 * The receive leg of an outside broker alone, for ADR 0003: one reading a
 * message, QoS 1, through a real Mosquitto, acknowledged after a simulated
 * group commit of 20 ms. Floor: mqtt.js that subscribes and does nothing.
 * Beside it, mqtt.js that acknowledges after the same commit.
 */
import mqtt from "mqtt";
import type { Feed } from "../contract/feed.ts";
import { openFeeds } from "../server/feeds/run.ts";
import { followBroker } from "../server/feeds/transports/mqtt.ts";
import { startMosquitto } from "../test/kit/mosquitto.ts";
import { answer, startProgram } from "../test/kit/program.ts";
import type { MqttSubscriber } from "./floor/mqtt-subscriber.ts";
import type { MqttPublisher } from "./load/mqtt-publisher.ts";
import { report, seconds, small } from "./measure.ts";

const COMMIT_MS = 20;
const WARM_UP = small ? 1 : 3;
const MEASURED = small ? 2 : 15;
const FEED = "loops";

/** What asks during a commit waits for its end and shares the next one. */
function createGroupCommit() {
  let next: Promise<void> | null = null;
  let running = Promise.resolve();
  return (): Promise<void> => {
    next ??= running.then(() => {
      next = null;
      running = new Promise((done) => setTimeout(done, COMMIT_MS));
      return running;
    });
    return next;
  };
}

let count = 0;
let stop: () => Promise<unknown> = () => Promise.resolve();

const receivers = {
  /** mqtt.js, acknowledging after the commit. */
  async mqttJs(url: string): Promise<void> {
    const commit = createGroupCommit();
    const client = await mqtt.connectAsync(url, {
      protocolVersion: 5,
      properties: { receiveMaximum: 65_535 },
      customHandleAcks(_topic, _message, _packet, done) {
        void commit().then(() => {
          count++;
          done(0);
        });
      },
    });
    await client.subscribeAsync("city/#", { qos: 1 });
    stop = () => client.endAsync(true);
  },
  /** Ours, with the real format and judge; only the store is simulated. */
  async ours(url: string): Promise<void> {
    const commit = createGroupCommit();
    const feeds = await openFeeds({
      ...{ store: emptyStore, sink: sink(commit) },
      seal: { seal: (_for, text) => text, unseal: (_for, text) => text },
    });
    await feeds.put(feedRow);
    const stopping = new AbortController();
    const { signal } = stopping;
    const ended = followBroker({ feeds, url, clientId: "bench", signal });
    stop = async () => {
      stopping.abort();
      await ended;
      await feeds.close();
    };
  },
  count: () => count,
  stop: () => stop(),
};

const nothing = () => Promise.resolve();
const emptyStore = {
  feeds: { put: nothing, all: () => Promise.resolve([]), saveCounts: nothing },
  feedKeys: {
    ...{ all: () => Promise.resolve([]), rotate: nothing, revoke: nothing },
    ...{ saveUses: nothing, putSecret: nothing },
    secrets: () => Promise.resolve(new Map<string, string>()),
  },
  quarantine: {
    add: nothing,
    get: () => Promise.resolve([]),
    page: () => Promise.resolve({ items: [], cursor: null }),
    markReplayed: () => Promise.resolve(0),
    counts: () => Promise.resolve(new Map<string, number>()),
  },
};

const sink = (commit: () => Promise<void>) => ({
  async readings(_feed: Feed, { sensor }: { sensor: string[] }) {
    await commit();
    count += sensor.length;
    return { accepted: sensor.length, duplicates: 0, rejections: [] };
  },
  facts: () => Promise.reject(new Error("the bench sends readings alone")),
});

const feedRow: Feed = {
  id: FEED,
  system: "traffic",
  nameZh: "线圈",
  nameEn: "Loops",
  department: "TRANS",
  transport: "mqtt",
  format: "readings/1",
  mapping: null,
  yields: null,
  crs: "WGS84",
  timeZone: "Asia/Shanghai",
  clock: "source",
  historic: false,
  expectEvery: 1_000,
  quota: { perSecond: 1_000_000, burst: 1_000_000 },
  enabled: true,
  allow: [],
  signed: false,
};

/** msg/s that a receiver reaches while the publisher keeps ahead of it. */
async function measure(
  port: number,
  received: () => Promise<number>,
): Promise<number> {
  const publisher = startProgram<MqttPublisher>(
    new URL("./load/mqtt-publisher.ts", import.meta.url),
  );
  const load = { sensors: 1_000, rate: null, ahead: 40_000 };
  await publisher.call("start", { port, topic: `city/${FEED}/r`, ...load });
  const begun = performance.now();
  const ran = () => (performance.now() - begun) / 1000;
  let from: { at: number; count: number } | null = null;
  let now = 0;
  while (ran() < WARM_UP + MEASURED) {
    await seconds(0.1);
    now = await received();
    await publisher.call("received", now);
    if (ran() > WARM_UP) from ??= { at: ran(), count: now };
  }
  const rate = (now - from!.count) / (ran() - from!.at);
  await publisher.call("stop");
  await publisher.stop();
  return rate;
}

async function floor(): Promise<number> {
  const mosquitto = await startMosquitto();
  const subscriber = startProgram<MqttSubscriber>(
    new URL("./floor/mqtt-subscriber.ts", import.meta.url),
  );
  await subscriber.call("start", { url: mosquitto.url, topic: "city/#" });
  const rate = await measure(mosquitto.port, () => subscriber.call("count"));
  await subscriber.stop();
  await mosquitto.stop();
  return rate;
}

async function rateOf(name: "mqttJs" | "ours"): Promise<number> {
  const mosquitto = await startMosquitto();
  const receiver = startProgram<typeof receivers>(new URL(import.meta.url));
  await receiver.call(name, mosquitto.url);
  // Give the subscription time to stand before the first message.
  await seconds(0.5);
  const rate = await measure(mosquitto.port, () => receiver.call("count"));
  await receiver.stop();
  await mosquitto.stop();
  return rate;
}

// Forked by `startProgram` it is a receiver; run by itself it measures.
if (process.send) answer(receivers);
else {
  const before = await floor();
  const ours = await rateOf("ours");
  const theirs = await rateOf("mqttJs");
  const bare = (before + (await floor())) / 2;
  report(
    "mqtt-receive",
    "our session, acknowledged after commit",
    ours,
    "msg/s",
    bare,
  );
  report(
    "mqtt-receive",
    "mqtt.js, acknowledged after commit",
    theirs,
    "msg/s",
    bare,
  );
}
