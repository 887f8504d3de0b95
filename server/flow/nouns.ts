/** The flow of each noun, wired with those that it tells and is told by. */
import { createSources } from "../auth/sources.ts";
import type { CityPack } from "../city/pack.ts";
import type { Config } from "../config.ts";
import type { Sealing } from "../feeds/access.ts";
import type { Feeds } from "../feeds/run.ts";
import type { Zone } from "../../contract/zone.ts";
import type { Clock } from "../lib/clock.ts";
import type { Log } from "../lib/log.ts";
import type { Topics } from "../push/topics.ts";
import type { Store } from "../store/store.ts";
import { openAlgorithms, type AlgorithmFlow } from "./algorithms.ts";
import { createAlarmFlow, type AlarmFlow } from "./alarms.ts";
import { openAttachments, type AttachmentFlow } from "./attachments.ts";
import { createCameraFlow, type CameraFlow } from "./cameras.ts";
import { createDutiesFlow, type DutiesFlow } from "./duties.ts";
import type { Held } from "./held.ts";
import { incidentRules } from "./incident-rules.ts";
import { createIncidentFlow, type IncidentFlow } from "./incidents.ts";
import { createIndicatorFlow, type IndicatorFlow } from "./indicators.ts";
import { createObjectAlarmFlow } from "./object-alarms.ts";
import { createOutboxFlow, type OutboxFlow } from "./outbox.ts";
import type { Place } from "./place.ts";
import { createPositionFlow, type PositionFlow } from "./positions.ts";
import { createPresence, type Presence } from "./presence.ts";
import { createRecount } from "./recount.ts";
import { createRulesFlow, type RulesFlow } from "./rules.ts";
import { createSensorFlow } from "./sensors.ts";
import { createSites } from "./sites.ts";
import type { Takers } from "./sink.ts";
import { createStatisticsFlow, type StatisticsFlow } from "./statistics.ts";
import { createWarningFlow } from "./warnings.ts";

/** What the doors ask. */
export interface Nouns {
  indicators: IndicatorFlow;
  cameras: CameraFlow;
  incidents: IncidentFlow;
  presence: Presence;
  positions: PositionFlow;
  attachments: AttachmentFlow;
  duties: DutiesFlow;
  alarms: AlarmFlow;
  algorithms: AlgorithmFlow;
  rules: RulesFlow;
  outbox: OutboxFlow;
  statistics: StatisticsFlow;
}

export async function openNouns(ask: {
  config: Config;
  pack: CityPack;
  store: Store;
  topics: Topics;
  seal: Sealing;
  clock: Clock;
  log: Log;
  zone: Zone;
  place: Place;
  /** Opened after these. */
  held: () => Held;
  feeds: () => Feeds;
  /** Share of feeds that are live, in %. */
  feedFreshRate: () => number | null;
  /** Is a silence held against whoever is silent? Not just after a start. */
  awake: () => boolean;
  /** The city's tables are others: pages reckon by them too. */
  changed: () => void;
}): Promise<{
  nouns: Nouns;
  /** What takes the facts of feeds. */
  takers: Takers;
  /** Takes in what is stored of each. */
  load(): Promise<void>;
  /** Called every second. */
  tick(): void;
  /** Feeds changed, or one came. */
  feedsChanged(): void;
  /** All but what stands on `held`. */
  close(): Promise<void>;
}> {
  const { config, pack, store, topics, clock, log, zone, place } = ask;
  const { held, awake } = ask;
  const parts = {
    ...{ store, topics, clock, place, caps: config.caps },
    allowed: config.outboundAllow,
  };
  const { dataDir } = config;
  const attachments = await openAttachments({ store, dataDir, clock });
  const outbox = createOutboxFlow({
    ...{ ...parts, seal: ask.seal },
    systemOf: (id) =>
      ask
        .feeds()
        .all()
        .find((feed) => feed.id === id)?.system,
    failed: (error) => log.error({ err: error }, "a system was not told"),
  });
  const algorithms = await openAlgorithms(store, pack.algorithms);
  const decided = incidentRules(pack, place, zone);
  const sources = createSources(pack, () => ask.feeds().all());
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
    ...{ ...parts, held },
    heard: objectAlarms.heard,
  });
  const warnings = createWarningFlow({ ...parts, pack, log });
  const sensors = createSensorFlow({
    ...parts,
    held,
    moved(ids) {
      indicators.moved(ids);
      alarms.moved(ids);
    },
  });
  const indicators = createIndicatorFlow({
    ...parts,
    held,
    timeZone: pack.city.timeZone,
    log,
    awake,
    shown: (views) => alarms.heard(views),
    measures: () => ({
      ...(awake() && { feedFreshRate: ask.feedFreshRate() }),
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
    siteOf: createSites(pack.districts, () => held().sensors),
    sees: indicators.sees,
    listens: () => awake() && held().degraded === null,
    failed: (error) => log.error({ err: error }, "an alarm is behind"),
  });

  const nouns = {
    ...{ indicators, cameras, incidents, presence, positions, attachments },
    ...{ duties, alarms, algorithms, rules, outbox, statistics },
  };
  return {
    nouns,
    takers: {
      sensor: sensors,
      indicatorValue: indicators,
      incident: incidents,
      position: positions,
      camera: cameras,
      warning: warnings,
    },

    async load() {
      const { sensors: known } = held();
      // Who joins at once sees all as fresh as they are, not as lost until a tick comes by.
      known.sweep(clock.now(), known.count);
      const rows = (await store.feeds.all()).map(({ feed }) => feed);
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
    },

    tick() {
      const at = clock.now();
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
    },

    feedsChanged() {
      sources.clear();
      const systems = held().sensors.setOwners(ask.feeds().all());
      sensors.handedOver(systems);
      positions.handedOver(systems);
    },

    async close() {
      await incidents.likeness.close();
      await outbox.close();
      await statistics.close();
      await recount.stop();
    },
  };
}
