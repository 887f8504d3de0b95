/** Opens everything between the doors and the store: held state, flows, feeds, transports, ticks. */
import { randomInt } from "node:crypto";
import { HOUR, SECOND } from "../../contract/time.ts";
import type { CityPack } from "../city/pack.ts";
import type { Config } from "../config.ts";
import { createSources } from "../auth/sources.ts";
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
import { openAttachments, type AttachmentFlow } from "./attachments.ts";
import { openAlgorithms, type AlgorithmFlow } from "./algorithms.ts";
import { createAlarmFlow, type AlarmFlow } from "./alarms.ts";
import { createCameraFlow, type CameraFlow } from "./cameras.ts";
import { createDutiesFlow, type DutiesFlow } from "./duties.ts";
import { importFeeds } from "./feed-import.ts";
import { createFeedFlow } from "./feeds.ts";
import { heedAll } from "./heed.ts";
import { openHeld, type Held } from "./held.ts";
import { incidentRules } from "./incident-rules.ts";
import { createIncidentFlow, type IncidentFlow } from "./incidents.ts";
import { createIndicatorFlow, type IndicatorFlow } from "./indicators.ts";
import { createObjectAlarmFlow } from "./object-alarms.ts";
import { createOutboxFlow, type OutboxFlow } from "./outbox.ts";
import { createPositionFlow, type PositionFlow } from "./positions.ts";
import { createPresence, type Presence } from "./presence.ts";
import { createReadingFlow } from "./readings.ts";
import { RETENTION } from "./retention.ts";
import type { Place } from "./place.ts";
import { createRecount } from "./recount.ts";
import { createRulesFlow, type RulesFlow } from "./rules.ts";
import { createSensorFlow } from "./sensors.ts";
import { createSink } from "./sink.ts";
import { createSites } from "./sites.ts";
import { createStatisticsFlow, type StatisticsFlow } from "./statistics.ts";
import { openTransports } from "./transports.ts";
import { importWebhooks } from "./webhook-import.ts";
import { createWarningFlow } from "./warnings.ts";

const UNKNOWN_CAP = 100_000;
const CHECKPOINT_EVERY = 30 * SECOND;
const PROBE_EVERY = SECOND;
/** After a start nobody is late yet: silence is not held against feeds and sensors for so long. */
const WARM_UP = 120 * SECOND;

export interface OpenCity {
  readonly held: Held;
  indicators: IndicatorFlow;
  cameras: CameraFlow;
  incidents: IncidentFlow;
  presence: Presence;
  positions: PositionFlow;
  /** District of a place, or null outside the city. */
  place: Place;
  attachments: AttachmentFlow;
  duties: DutiesFlow;
  alarms: AlarmFlow;
  algorithms: AlgorithmFlow;
  rules: RulesFlow;
  outbox: OutboxFlow;
  statistics: StatisticsFlow;
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
  const awake = () => clock.now() - started >= WARM_UP;
  const parts = {
    ...{ store, topics, clock, place, caps: config.caps },
    allowed: config.outboundAllow,
  };
  const { dataDir } = config;
  const attachments = await openAttachments({ store, dataDir, clock });
  const outbox = createOutboxFlow({
    ...{ ...parts, seal: ask.seal },
    systemOf: (id) => feeds.all().find((feed) => feed.id === id)?.system,
    failed: (error) => log.error({ err: error }, "a system was not told"),
  });
  const algorithms = await openAlgorithms(store, pack.algorithms);
  const decided = incidentRules(pack, place, zone);
  const sources = createSources(pack, () => feeds.all());
  const incidents = createIncidentFlow({
    ...{ ...parts, zone, rules: decided, sources },
    ...{ pack, centre: pack.centre },
    photos: attachments,
    algorithms: algorithms.held,
    noticesOf: outbox.noticesOf,
    counted: () => statistics.touched(),
    failed: (error) => log.error({ err: error }, "an incident's clock failed"),
    learnerEnded: (error, wait) =>
      log.error(
        { err: error, wait },
        "nothing is suggested until what learns from closed incidents has begun again",
      ),
  });
  const rules = createRulesFlow({
    ...{ ...parts, pack, zone, rules: decided },
    async moved() {
      ask.changed();
      recount.start();
      await incidents.showAll();
    },
  });
  const recount = createRecount({
    ...{ store, timeZone: pack.city.timeZone, rules: decided },
    areas: pack.areas,
    calendar: rules.workCalendar,
    failed: (error) =>
      log.error({ err: error }, "older incidents are not in statistics"),
  });
  const presence = createPresence(parts);
  const cameras = createCameraFlow(parts);
  const objectAlarms = createObjectAlarmFlow({
    ...{ ...parts, incidents, rules: decided },
    ...{ rows: pack.objectAlarms, most: config.caps.objectAlarms },
    failed: (error) => log.error({ err: error }, "a vehicle's alarm is behind"),
  });
  const positions = createPositionFlow({
    ...{ ...parts, held: now },
    heard: objectAlarms.heard,
  });
  const warnings = createWarningFlow({ ...parts, pack, log });
  const sensors = createSensorFlow({
    ...parts,
    held: now,
    moved(ids) {
      indicators.moved(ids);
      alarms.moved(ids);
    },
  });
  const indicators = createIndicatorFlow({
    ...parts,
    held: now,
    timeZone: pack.city.timeZone,
    log,
    awake,
    shown: (views) => alarms.heard(views),
    measures: () => ({
      ...(awake() && { feedFreshRate: feedFlow.freshRate() }),
      cameraOnlineRate: cameras.onlineRate(),
      ...statistics.measures(),
      incidentsToday: incidents.todayCount(),
    }),
  });

  const statistics = createStatisticsFlow({
    ...{ ...parts, zone, pack, open: incidents.open },
    sourceShown: incidents.sourceShown,
    failed: (error) => log.error({ err: error }, "statistics are behind"),
  });
  const duties = createDutiesFlow({
    ...{ ...parts, zone, pack, open: incidents.open },
    alarms: () => ({
      warnings: warnings.count(),
      ...{ red: indicators.at("red"), orange: indicators.at("orange") },
    }),
    failed: (error) => log.error({ err: error }, "the roster was not read"),
  });
  const alarms = createAlarmFlow({
    ...{ ...parts, incidents, rules: decided },
    rowOf: (id) => indicators.row(id),
    siteOf: createSites(pack.districts, () => now().sensors),
    sees: indicators.sees,
    listens: () => awake() && now().degraded === null,
    failed: (error) => log.error({ err: error }, "an alarm is behind"),
  });

  async function loadNouns(): Promise<void> {
    const { sensors: known } = now();
    // Who joins at once sees all as fresh as they are, not as lost until a tick comes by.
    known.sweep(clock.now(), known.count);
    const rows = await feedRows();
    await rules.load();
    recount.start();
    await alarms.load();
    await outbox.load();
    await Promise.all([
      incidents.load(),
      cameras.load(),
      warnings.load(),
      positions.load(rows),
      indicators.load(),
      duties.load(),
    ]);
    await objectAlarms.load(rows, positions.newest);
    // Every picture holds them from now on.
    known.takeChanges();
    alarms.start();
  }

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
      await loadNouns();
      topics.reset();
    },
  });
  await loadNouns();
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
    sink: createSink(held, readings, {
      sensor: sensors,
      indicatorValue: indicators,
      incident: incidents,
      position: positions,
      camera: cameras,
      warning: warnings,
    }),
    onError: (error) => log.error({ err: error }, "a feed is in trouble"),
  });
  const feedFlow = createFeedFlow(feeds, topics);
  const learning = incidents.likeness
    .learn(closing.signal)
    .catch((error: unknown) =>
      log.error({ err: error }, "closed incidents could not be learned from"),
    );
  // Before the new feed's first message: whose its system is decides what its sensors feed.
  feeds.watch(() => {
    sources.clear();
    const systems = now().sensors.setOwners(feeds.all());
    sensors.handedOver(systems);
    positions.handedOver(systems);
  }, closing.signal);
  const transports = await openTransports({
    config,
    feeds,
    refused: ask.refused,
  });

  metrics.gauge("sensors", "Sensors known", () => now().sensors.count);
  metrics.gauge("series", "Series known", () => now().sensors.seriesCount);

  const second = setInterval(() => {
    const at = clock.now();
    feedFlow.tick();
    warnings.tick();
    incidents.tick();
    statistics.tick();
    presence.tick();
    duties.tick();
    positions.tick();
    sensors.show(at);
    indicators.tick();
    alarms.tick();
    objectAlarms.tick();
    outbox.tick();
  }, SECOND);
  const hourly = setInterval(() => {
    store
      .prune(clock.now(), RETENTION)
      .then(() => attachments.sweep())
      .catch((error: unknown) => log.error({ err: error }, "pruning failed"));
  }, HOUR);

  return {
    get held() {
      return now();
    },
    indicators,
    cameras,
    incidents,
    presence,
    positions,
    place,
    attachments,
    duties,
    alarms,
    algorithms,
    rules,
    outbox,
    statistics,
    feeds,
    feedCounts: () => feedFlow.counts(),
    degraded: () => now().degraded,
    stopFeeding: () => transports.close(),
    async close() {
      clearInterval(second);
      clearInterval(hourly);
      closing.abort();
      await learning;
      await incidents.likeness.close();
      await outbox.close();
      await statistics.close();
      await indexed;
      await called;
      await recount.stop();
      await feeds.close();
      await indicators.close();
      await now().close();
    },
  };
}
