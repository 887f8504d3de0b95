import { setMaxListeners } from "node:events";
import { setImmediate } from "node:timers/promises";
import type { City, Feed } from "./city/types.ts";
import { aheadFor, createClock } from "./world/clock.ts";
import type { Department, Duty, Scene } from "./department.ts";
import { openHttpSender } from "./send/http-sender.ts";
import { openMqttSender } from "./send/mqtt-sender.ts";
import { createSchedule, TICK, type Batch, type Schedule } from "./schedule.ts";
import type { Sender, SenderCount } from "./send/sender.ts";
import { createWorld } from "./world/world.ts";

export interface RunOptions {
  departments: readonly Department[];
  city: City;
  /** Feed records; what each feed speaks and by which protocol. */
  feeds: readonly Feed[];
  keys: Record<string, string>;
  seed: number;
  /** City seconds in a real second. */
  speed: number;
  /** Local hour that the city begins with; the real one where it is not given. */
  hour?: number;
  /** Base URL of the hub's HTTP doors. */
  hub: string;
  /** URL of the broker. */
  mqtt: string;
  signal: AbortSignal;
  /** Told of troubles, a sentence each. */
  onTrouble(message: string): void;
}

export interface RunningMock {
  /** Lets the storm begin at this real time, epoch ms. */
  startStorm(at: number): void;
  /** What each feed has sent so far. */
  counts(): Map<string, SenderCount>;
  /** Resolves when the signal has aborted and every connection is closed. */
  ended: Promise<void>;
}

/** Items kept per feed while the hub is away. */
const KEEP = 50_000;
/** Positions of half a minute ago help no one. */
const KEEP_POSITIONS = 30_000;
const ITEMS_PER_MESSAGE = 200;
/** How long readings wait for the catalogues that name their sensors. */
const CATALOGUE_WITHIN = 20_000;

/** Runs departments until the signal aborts; a failing one never stops another. */
export function runMock(options: RunOptions): RunningMock {
  const { city, seed, speed, signal, onTrouble } = options;
  setMaxListeners(0, signal);
  const startedAt = Date.now();
  const ahead =
    options.hour === undefined
      ? 0
      : aheadFor(options.hour, city.timeZone, startedAt);
  const clock = createClock(speed, startedAt, ahead);
  const world = createWorld(city, seed);
  const senders = new Map<string, Sender>();

  const duties = dutiesOf(options, { city, world, seed });
  for (const feed of options.feeds)
    if (duties.some((duty) => duty.feed === feed.id))
      senders.set(feed.id, openSender(feed, options));
  const mine = duties.filter((duty) => senders.has(duty.feed));

  const send = (batches: readonly Batch[]) => {
    for (const { feed, items } of batches) senders.get(feed)?.send(items);
  };
  const catalogues = mine.filter((duty) => duty.catalogue);
  const reports = mine.filter((duty) => !duty.catalogue);
  const slow = createSchedule(catalogues, clock, onTrouble);
  const schedule = createSchedule(reports, clock, onTrouble);

  /** The first picture, one duty after the other: sockets breathe between them. */
  const begin = async ({ start }: Schedule) => {
    for (const batch of start(Date.now())) {
      send([batch]);
      await setImmediate();
    }
  };

  const ended = (async () => {
    await begin(slow);
    const named = catalogues.map(async ({ feed }) =>
      senders.get(feed)?.settled(),
    );
    await Promise.race([Promise.all(named), pause(CATALOGUE_WITHIN, signal)]);
    if (!signal.aborted) await begin(schedule);
    for (let tick = 1; !signal.aborted; tick++) {
      await pause(startedAt + tick * TICK - Date.now(), signal);
      if (signal.aborted) break;
      const at = Date.now();
      // After a sleep of the machine: go on from now, do not make up for it.
      tick = Math.max(tick, Math.floor((at - startedAt) / TICK));
      send(slow.tick(tick, at));
      send(schedule.tick(tick, at));
    }
    await Promise.all([...senders.values()].map((sender) => sender.close()));
  })();

  return {
    startStorm: (at) => world.startStorm(clock.city(at)),
    counts: () =>
      new Map([...senders].map(([feed, sender]) => [feed, sender.count])),
    ended,
  };
}

/** All duties, without those of departments that fail to start. */
function dutiesOf(options: RunOptions, scene: Scene): Duty[] {
  const known = new Set(options.feeds.map((feed) => feed.id));
  return options.departments.flatMap((department) => {
    try {
      const duties = department.duties(scene);
      for (const { feed } of duties)
        if (!known.has(feed))
          options.onTrouble(
            `${department.id}: the city pack has no feed ${feed}`,
          );
      return duties;
    } catch (error) {
      options.onTrouble(`${department.id} did not start: ${String(error)}`);
      return [];
    }
  });
}

function openSender(feed: Feed, options: RunOptions): Sender {
  const key = options.keys[feed.id];
  if (key === undefined)
    options.onTrouble(`no key for the feed ${feed.id}: it will be refused`);
  const common = {
    feed: feed.id,
    key: key ?? "",
    signal: options.signal,
    onTrouble: options.onTrouble,
    keep: feed.format === "positions/1" ? KEEP_POSITIONS : KEEP,
  };
  switch (feed.transport) {
    case "http":
      return openHttpSender({
        ...common,
        hub: options.hub,
        format: feed.format,
      });
    case "mqtt":
      return openMqttSender({
        ...common,
        url: options.mqtt,
        topic: feed.format.split("/")[0] ?? "items",
        perMessage: ITEMS_PER_MESSAGE,
      });
  }
}

/** Waits, or less where the signal aborts; never throws. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, Math.max(0, ms));
    signal.addEventListener("abort", end);
  });
}
