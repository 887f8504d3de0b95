/** Opens everything between the doors and the store: held state, nouns, feeds, transports, ticks. */
import { randomInt } from "node:crypto";
import { HOUR, SECOND } from "../../contract/time.ts";
import type { CityPack } from "../city/pack.ts";
import type { Config } from "../config.ts";
import type { Sealing } from "../feeds/access.ts";
import type { KeptOutSender } from "../feeds/refusal.ts";
import { openFeeds, type Feeds } from "../feeds/run.ts";
import { createAreaIndex } from "../hub/areas.ts";
import { createDistrictIndex } from "../hub/geometry.ts";
import { createSensors } from "../hub/sensors.ts";
import { createZone } from "../../contract/zone.ts";
import type { Metrics } from "../http/metrics.ts";
import type { Clock } from "../lib/clock.ts";
import type { Log } from "../lib/log.ts";
import type { Topics } from "../push/topics.ts";
import type { Store } from "../store/store.ts";
import { importFeeds } from "./feed-import.ts";
import { createFeedFlow } from "./feeds.ts";
import { heedAll } from "./heed.ts";
import { openHeld, type Held } from "./held.ts";
import { openNouns, type Nouns } from "./nouns.ts";
import { createReadingFlow } from "./readings.ts";
import { RETENTION } from "./retention.ts";
import type { Place } from "./place.ts";
import { createSink } from "./sink.ts";
import { openTransports } from "./transports.ts";
import { importWebhooks } from "./webhook-import.ts";

const UNKNOWN_CAP = 100_000;
const CHECKPOINT_EVERY = 30 * SECOND;
const PROBE_EVERY = SECOND;
/** After a start nobody is late yet: silence is not held against feeds and sensors for so long. */
const WARM_UP = 120 * SECOND;

export interface OpenCity extends Nouns {
  readonly held: Held;
  /** District of a place, or null outside the city. */
  place: Place;
  feeds: Feeds;
  feedCounts(): Record<string, number>;
  /** Why the store cannot write, or null. */
  degraded(): string | null;
  /** Ends the transports and waits for what they took. */
  stopFeeding(): Promise<void>;
  close(): Promise<void>;
}

export async function openCity(ask: {
  config: Config;
  pack: CityPack;
  store: Store;
  topics: Topics;
  metrics: Metrics;
  /** Seals the secrets of feeds. */
  seal: Sealing;
  /** A sender was kept out by the embedded broker. */
  refused: (who: KeptOutSender) => void;
  /** The city's tables are others: pages reckon by them too. */
  changed: () => void;
  clock: Clock;
  log: Log;
}): Promise<OpenCity> {
  const { config, pack, store, topics, metrics, clock, log } = ask;
  const closing = new AbortController();
  // Before anything is reported: what is in the index tells how far it is.
  const indexed = store.incidents
    .completeIndex(closing.signal)
    .catch((error: unknown) =>
      log.error({ err: error }, "older incidents cannot be searched"),
    );
  const called = store.callers
    .complete(clock.now(), closing.signal)
    .catch((error: unknown) =>
      log.error({ err: error }, "older callers are not in statistics"),
    );
  await store.indicators.import(pack.indicators);
  await importFeeds({ config, pack, store, clock });

  const zone = createZone(pack.city.timeZone);
  const { districtAt } = createDistrictIndex(pack.districts);
  const place = {
    districtAt,
    ...createAreaIndex(pack.areas),
    inside: (lng: number, lat: number) => districtAt(lng, lat) !== null,
  };
  const codes = pack.districts.map(({ code }) => code);
  const feedRows = async () =>
    (await store.feeds.all()).map(({ feed }) => feed);

  let held: Held | null = null;
  const now = () => held!;
  const started = clock.now();
  const { nouns, ...all } = await openNouns({
    ...{ config, pack, store, topics, seal: ask.seal, clock, log, zone, place },
    held: now,
    feeds: () => feeds,
    feedFreshRate: () => feedFlow.freshRate(),
    awake: () => clock.now() - started >= WARM_UP,
    changed: ask.changed,
  });
  const { incidents, indicators, outbox } = nouns;

  held = await openHeld({
    store,
    clock,
    log,
    checkpointEvery: CHECKPOINT_EVERY,
    probeEvery: PROBE_EVERY,
    create: async () => {
      const fresh = createSensors({
        seed: randomInt(2 ** 31),
        districts: codes,
      });
      const rows = await feedRows();
      heedAll(fresh, rows);
      fresh.setOwners(rows);
      return { sensors: fresh, engine: await indicators.create(fresh, codes) };
    },
    reloaded: async () => {
      // One may have been changed since they were read.
      now().sensors.setOwners(feeds.all());
      await all.load();
      topics.reset();
    },
  });
  await all.load();
  await importWebhooks(outbox, config.webhooks);

  const readings = createReadingFlow({
    store,
    held,
    topics,
    clock,
    unknownCap: UNKNOWN_CAP,
    applied: () => indicators.applied(),
  });
  const feeds = await openFeeds({
    store,
    clock,
    seal: ask.seal,
    sink: createSink(held, readings, all.takers),
    onError: (error) => log.error({ err: error }, "a feed is in trouble"),
  });
  const feedFlow = createFeedFlow(feeds, topics);
  const learning = incidents.likeness
    .learn(closing.signal)
    .catch((error: unknown) =>
      log.error({ err: error }, "closed incidents could not be learned from"),
    );
  // Before the new feed's first message: whose its system is decides what its sensors feed.
  feeds.watch(all.feedsChanged, closing.signal);
  const transports = await openTransports({
    config,
    feeds,
    refused: ask.refused,
  });

  metrics.gauge("sensors", "Sensors known", () => now().sensors.count);
  metrics.gauge("series", "Series known", () => now().sensors.seriesCount);

  const second = setInterval(() => {
    feedFlow.tick();
    all.tick();
  }, SECOND);
  const hourly = setInterval(() => {
    store
      .prune(clock.now(), RETENTION)
      .then(() => nouns.attachments.sweep())
      .catch((error: unknown) => log.error({ err: error }, "pruning failed"));
  }, HOUR);

  return {
    get held() {
      return now();
    },
    ...nouns,
    place,
    feeds,
    feedCounts: () => feedFlow.counts(),
    degraded: () => now().degraded,
    stopFeeding: () => transports.close(),
    async close() {
      clearInterval(second);
      clearInterval(hourly);
      closing.abort();
      await learning;
      await all.close();
      await indexed;
      await called;
      await feeds.close();
      await indicators.close();
      await now().close();
    },
  };
}
