/** Connects the parts of the hub; no logic. Opened in order, closed in the opposite order. */
import { say } from "../contract/sentence.ts";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { HubState } from "../contract/hub.ts";
import { auditFile } from "./auth/audit-anchor.ts";
import { openAudit } from "./auth/audit-chain.ts";
import { firstLinks } from "./auth/first.ts";
import { leaveLinks, linksFile } from "./auth/links.ts";
import { maskText, maskTexts } from "./auth/mask.ts";
import { openAuth } from "./auth/open.ts";
import { keepStaffLinks } from "./auth/staff-links.ts";
import { openSeal } from "./auth/seal.ts";
import { createSingleSignOn } from "./auth/single-sign-on.ts";
import { readCityPack } from "./city/pack.ts";
import type { Config } from "./config.ts";
import type { KeptOutSender } from "./feeds/refusal.ts";
import { openCity } from "./flow/open.ts";
import { createApp, createHttpServer } from "./http/app.ts";
import { handlersOf } from "./http/handlers/all.ts";
import { readScreens } from "./http/handlers/screens.ts";
import { createMetrics } from "./http/metrics.ts";
import { senderOf } from "./http/sender.ts";
import { refusalAnswer } from "./http/refusals.ts";
import { systemClock as clock } from "./lib/clock.ts";
import { createId } from "./lib/ids.ts";
import type { Log } from "./lib/log.ts";
import { createPulse } from "./lib/pulse.ts";
import { keepPrivate } from "./lib/private.ts";
import { root, version } from "./lib/root.ts";
import { isForeign } from "./http/foreign.ts";
import { DATA_HEADERS } from "./http/policy.ts";
import { openPush, type Push } from "./push/socket.ts";
import { createTopics } from "./push/topics.ts";
import { holdStore } from "./store/hold.ts";
import { openStore } from "./store/open.ts";
import { claimStore } from "./city/claim.ts";

/** ms that a hub which ends gives to answers under way. */
const ANSWER_WITHIN = 5_000;

export interface Hub {
  /** Where it listens. */
  url: string;
  close(): Promise<void>;
}

/** @throws Error with a sentence: what stops the start and what to do. */
export async function openHub(config: Config, log: Log): Promise<Hub> {
  if (config.cityDir === null)
    throw new Error("CITY_DIR: name the folder of the city pack");
  const stillOpen = await keepPrivate(config.dataDir);
  if (stillOpen.length > 0)
    log.warn({ stillOpen }, "others on this machine can read these");
  const pack = await readCityPack(config.cityDir);
  const metrics = createMetrics();
  const hold = await holdStore(config.databaseUrl, (why) => {
    // What is acknowledged is committed: nothing of it is lost.
    log.fatal(why);
    process.exit(1);
  });
  const seal = await openSeal(config);
  const store = await openStore({
    url: config.databaseUrl,
    timeZone: pack.city.timeZone,
    vault: {
      seal: (text) => seal.seal("reporter", text),
      unseal: (sealed) => seal.unseal("reporter", sealed),
      mac: (text) => seal.mac("caller", text),
    },
    show: maskTexts,
    onFold: (_rows, ms) => metrics.fold.observe(ms / 1000),
  });
  await claimStore(store, config.demo);
  // Once, for what a version before this one stored.
  if ((await store.facts.get("reportersSealed")) !== true) {
    await store.incidents.sealReporters();
    await store.facts.set("reportersSealed", true);
  }

  await store.departments.import(pack.departments);
  pack.departments = await store.departments.all();

  const failed = (error: unknown) =>
    log.error({ err: error }, "a write that nobody waits for failed");
  const audit = await openAudit({
    ...{ store: store.audit, seal, clock, log, mask: maskText },
    anchorFile: auditFile(config.dataDir),
    failed: () => metrics.auditFailures.inc(),
  });
  const secure =
    config.tls !== null || (config.publicUrl?.startsWith("https:") ?? false);
  const sockets = (id: string) => push?.sockets(id) ?? 0;
  const auth = await openAuth({
    ...{ store, audit, seal, clock, pack, secure, failed, sockets },
    demo: config.demo,
    cut: (id) => push?.cut(id),
  });
  let push: Push | null = null;
  const refused = ({ feed, address, detail }: KeptOutSender) =>
    auth.refusals.note({
      ...{ who: null, address, detail },
      ...{ act: "ingest", object: `feed/${feed}` },
    });
  const topics = createTopics({
    epoch: createId(clock.now()),
    now: clock.now,
    send: (room, delta) => push?.send(room, delta),
  });
  const city = await openCity({
    config,
    pack,
    store,
    topics,
    metrics,
    clock,
    log,
    seal,
    refused,
    changed: () => push?.cityChanged(),
  });

  const started = clock.now();
  const pulse = createPulse();
  const state = (): HubState => {
    const { sensors, degraded, waiting } = city.held;
    return {
      version,
      uptime: Math.round((clock.now() - started) / 1000),
      store: { engine: store.engine, trouble: degraded, waiting },
      outbox: city.outbox.counts(),
      learner: city.incidents.likeness.learner(),
      ...{ sensors: sensors.count, series: sensors.seriesCount },
      ...{ clients: push?.clients() ?? 0, rooms: topics.stats().rooms },
      ...{ memory: process.memoryUsage.rss(), delay: pulse.delay() },
    };
  };
  const { server, admits, replies } = createHttpServer(
    createApp({
      handlers: handlersOf({
        city,
        pack,
        store,
        ...{ auth, sockets, clock, state, log },
        allowed: config.outboundAllow,
        screens: await readScreens(join(root, "screens")),
        demo: config.demo,
        singleSignOn:
          config.singleSignOn &&
          createSingleSignOn({
            ...{ rules: config.singleSignOn, store, clock, url: () => url },
            ...{ sessions: auth.sessions, signIn: auth.signIn },
          }),
        url: () => url,
      }),
      auth,
      ingest: {
        admit: (feed, key, address) =>
          city.feeds.admit(feed, key, { transport: "http", address }),
        refused,
        ...{ trustProxy: config.trustProxy, clock },
        take: (feed, body, about) => city.feeds.take(feed, body, about),
        refusal: refusalAnswer,
        failed: (error) => log.error({ err: error }, "ingest failed"),
      },
      metrics,
      metricsToken: config.metricsToken,
      health: () => ({
        status: city.degraded() === null ? "ok" : "degraded",
        ready: city.degraded() === null,
        uptimeS: Math.round((clock.now() - started) / 1000),
        store: city.degraded() ?? store.engine,
        feeds: city.feedCounts(),
      }),
      version,
      webDir: join(root, "dist/web"),
      trustProxy: config.trustProxy,
      publicUrl: config.publicUrl,
      secure,
      log,
    }),
    {
      tls: config.tls,
      most: config.maxConnections,
      perAddress: config.maxConnectionsPerAddress,
    },
  );
  push = openPush(server, {
    log,
    admits,
    headers: DATA_HEADERS,
    viewer: (headers) => {
      if (isForeign(headers, config.publicUrl)) return null;
      const who = auth.who(headers);
      const isIn = who?.stage === "complete" || who?.stage === "locked";
      return who && isIn
        ? {
            ...{ view: who.view, session: who.id, account: who.subject },
            watches: who.watches,
          }
        : null;
    },
    refused: (request, topic) =>
      auth.refusals.note({
        who: auth.who(request.headers),
        address: senderOf(request, config.trustProxy),
        ...{ act: "follow", object: `topic/${topic}` },
        detail: say("rolesWatchNot").message,
      }),
    topics: () => topics,
  });
  metrics.gauge("live_clients", "Open sockets", () => push?.clients() ?? 0);
  metrics.gauge(
    "writes_waiting",
    "Writes that are not durable yet",
    () => city.held.waiting,
  );
  metrics.gauge("rooms", "Rooms that are followed", () => topics.stats().rooms);

  let url = "";
  const urlAt = (port: number) =>
    config.publicUrl ?? `http${config.tls ? "s" : ""}://${config.host}:${port}`;
  const first = await firstLinks({
    ...{ store, audit, clock, demo: config.demo },
    ...{ roles: auth.roles, signIn: auth.signIn },
    pack,
  });
  const leave = (url: string, links = first) =>
    leaveLinks(config.dataDir, url, links);
  // Before the door opens: whoever finds it open finds the links that open it.
  if (config.port !== 0) await leave(urlAt(config.port));
  await new Promise<void>((listening, failed) => {
    server.once("error", failed);
    server.listen(config.port, config.host, () => listening());
  });
  url = urlAt((server.address() as AddressInfo).port);
  // A port that the system chooses is known only now.
  if (config.port === 0) await leave(url);
  const staffLinks = keepStaffLinks({
    ...{ store, clock, signIn: auth.signIn, links: first },
    leave: (links) => leave(url, links),
    failed: (error) => log.error({ err: error }, "the staff has no new link"),
  });
  const links = first.length > 0 ? linksFile(config.dataDir) : null;
  log.info(
    { url, ...(links && { links }) },
    links ? "ready; sign-in links are in that file" : "ready",
  );

  return {
    url,
    async close() {
      server.close();
      pulse.stop();
      await Promise.all([city.stopFeeding(), replies.finish(ANSWER_WITHIN)]);
      // Ends with the last connection, and a sender's may stay open for minutes.
      const pushed = push?.close();
      await staffLinks.close();
      await city.close();
      server.closeAllConnections();
      await pushed;
      auth.close();
      await audit.close();
      await store.close();
      await hold.release();
    },
  };
}
