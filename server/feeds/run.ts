/**
 * The feeds as they run: rows of data (decisions B1), kept in the store, taken
 * in by any transport, seen as health. This file knows no feed by name.
 */
import type { Feed, FeedHealth, IngestReply } from "../../contract/feed.ts";
import { systemClock, type Clock } from "../lib/clock.ts";
import {
  openAccess,
  type FeedAccess,
  type Road,
  type Sealing,
} from "./access.ts";
import { InvalidFeed, problemsOf } from "./check.ts";
import type { FeedStore } from "./feed-store.ts";
import { Health } from "./health.ts";
import { Intake, type About, type LiveFeed } from "./intake.ts";
import { isRowWise } from "./mapping-check.ts";
import { createMapper, type Mapper } from "./mapping.ts";
import { Quarantine } from "./quarantine.ts";
import { Quota } from "./quota.ts";
import { FeedDisabled, UnknownFeed } from "./refusal.ts";
import { readFormats } from "./registry.ts";
import { replayQuarantine } from "./replay.ts";
import { Replaying } from "./replaying.ts";
import type { Sink } from "./sink.ts";
import { trySample, type Trial } from "./trial.ts";

export interface FeedsOptions {
  store: FeedStore;
  sink: Sink;
  /** Seals the secrets that messages are signed with. */
  seal: Sealing;
  clock?: Clock;
  /** Unreplayed quarantine entries kept per feed (decisions B7). */
  quarantineCap?: number;
  mapper?: Mapper;
  /** ms between savings of the counts. */
  saveEvery?: number;
  /** Something broke that is nobody's refusal: a feed cannot run, counts could not be saved. */
  onError?: (error: unknown) => void;
}

export interface Feeds {
  /**
   * Lets a sender in, by its key and where it comes from. Constant in time
   * whatever the key. @throws KeptOut
   */
  admit(feedId: string, key: string, by: Road): void;
  /** Keys and secrets of the feeds. */
  keys: FeedAccess["keys"];
  /** One payload, durable when it resolves. @throws Refusal (refusal.ts) */
  take(feedId: string, body: Uint8Array, about: About): Promise<IngestReply>;
  /** Several payloads as one batch; per payload null = acknowledge it, or why not yet. */
  takeMany(
    feedId: string,
    bodies: readonly Uint8Array[],
  ): Promise<(Error | null)[]>;
  all(): Feed[];
  /** @throws InvalidFeed where the row could not run */
  check(feed: Feed): void;
  /**
   * Adds or changes a feed, durably. A new feed gets a key, told this once.
   * @param by who does it, as the key will tell
   * @throws InvalidFeed
   */
  put(feed: Feed, by?: string): Promise<{ feed: Feed; key: string | null }>;
  /** Runs a feed's mapping over a sample; stores nothing. @throws InvalidFeed */
  try(feed: Feed, sample: string): Promise<Trial>;
  /** @throws ReplayConflict where they are being replayed, or were */
  replayQuarantine(feedId: string, ids?: string[]): Promise<IngestReply>;
  /** Health of every feed now. */
  views(): FeedHealth[];
  /** Health of the feeds whose view changed since this was last asked. */
  changes(): FeedHealth[];
  /** What keeps a feed's connection from working, shown with its health; null = nothing any more. */
  trouble(feedId: string, message: string | null): void;
  /** A trouble outside any payload, shown with its health until the next good one. */
  note(feedId: string, message: string): void;
  /** Calls back with every feed that is added or changed, until the signal aborts. */
  watch(changed: (feed: Feed) => void, signal: AbortSignal): void;
  /** Saves the counts and stops the mappings. Stop the transports before. */
  close(): Promise<void>;
}

/** Reads feeds, keys and counts from the store. */
export async function openFeeds(options: FeedsOptions): Promise<Feeds> {
  const { store, sink, clock = systemClock, saveEvery = 10_000 } = options;
  const { mapper = createMapper(), onError = () => {} } = options;
  const formats = await readFormats();
  const cap = options.quarantineCap ?? 10_000;
  const quarantine = new Quarantine(store.quarantine, clock, cap);
  await quarantine.open();
  const replaying = new Replaying();
  const live = new Map<string, LiveFeed>();
  const watchers = new Set<(feed: Feed) => void>();

  const access = await openAccess({
    ...{ store: store.feedKeys, seal: options.seal, clock, onError },
    ended: (feedId) => tell(live.get(feedId)?.feed),
  });
  for (const { feed, counts, lastAt } of await store.feeds.all()) {
    const problems = problemsOf(feed, formats);
    if (problems.length > 0) onError(new InvalidFeed(feed, problems));
    else start(feed, new Health(counts, lastAt));
  }

  /** Who is connected must sign in again. */
  function tell(feed: Feed | undefined): void {
    if (feed) for (const changed of watchers) changed(feed);
  }

  function start(feed: Feed, health: Health): void {
    access.allow(feed);
    live.set(feed.id, {
      feed,
      format: formats.get(feed.format)!,
      judge: formats.get(feed.yields ?? feed.format)!,
      mapping: feed.mapping
        ? { text: feed.mapping, rowWise: isRowWise(feed.mapping) }
        : null,
      quota: new Quota(feed.quota, clock.now()),
      health,
    });
  }

  function feedOf(feedId: string): LiveFeed {
    const found = live.get(feedId);
    if (!found) throw new UnknownFeed(`there is no feed ${feedId}`);
    if (!found.feed.enabled)
      throw new FeedDisabled(`the feed ${feedId} is switched off`);
    return found;
  }

  const intake = new Intake({
    feedOf,
    quarantine,
    sink,
    mapper,
    clock,
    onError,
  });

  function views(): FeedHealth[] {
    const now = clock.now();
    return [...live.values()].map(({ feed, health }) =>
      health.view(feed, now, quarantine.count(feed.id)),
    );
  }

  const shown = new Map<string, string>();
  function changes(): FeedHealth[] {
    return views().filter((view) => {
      const text = JSON.stringify(view);
      if (shown.get(view.id) === text) return false;
      shown.set(view.id, text);
      return true;
    });
  }

  const saved = new Map<string, number>();
  async function saveCounts(): Promise<void> {
    const rows = [...live.values()]
      .filter(({ feed, health }) => saved.get(feed.id) !== health.told)
      .map(({ feed, health }) => {
        saved.set(feed.id, health.told);
        const { counts, lastAt } = health;
        return { id: feed.id, counts: { ...counts }, lastAt };
      });
    if (rows.length > 0) await store.feeds.saveCounts(rows);
    await access.saveUses();
  }
  const saving = setInterval(() => {
    access.forgetEnded();
    saveCounts().catch((error: unknown) => {
      saved.clear();
      onError(error);
    });
  }, saveEvery);
  saving.unref();

  function check(feed: Feed): void {
    const problems = problemsOf(feed, formats);
    if (problems.length > 0) throw new InvalidFeed(feed, problems);
  }

  return {
    admit: (feedId, key, road) =>
      access.admit(feedId, live.get(feedId)?.feed, key, road),
    keys: access.keys,
    async take(feedId, body, about) {
      if (live.get(feedId)?.feed.signed)
        access.verify(feedId, about.sent, body);
      return intake.take(feedId, body, about);
    },
    takeMany: (feedId, bodies) => intake.takeMany(feedId, bodies),
    all: () => [...live.values()].map(({ feed }) => feed),
    check,
    async put(feed, by = "") {
      check(feed);
      const known = live.get(feed.id);
      const made = known ? null : access.make(feed.id, by);
      await store.feeds.put(feed, made?.row);
      if (made) access.add(made.row);
      start(feed, known?.health ?? new Health(NO_COUNTS, null));
      tell(feed);
      return { feed, key: made?.key ?? null };
    },
    try: (feed, sample) => trySample(feed, sample, formats, mapper),
    replayQuarantine: async (feedId, ids) => {
      const feed = feedOf(feedId);
      const { health } = feed;
      const parts = {
        store: store.quarantine,
        quarantine,
        sink,
        mapper,
        health,
      };
      return replaying.run(feedId, ids, () =>
        replayQuarantine(feed, parts, ids),
      );
    },
    views,
    changes,
    trouble: (feedId, message) => live.get(feedId)?.health.cutOff(message),
    note: (feedId, message) => live.get(feedId)?.health.troubled(message),
    watch(changed, signal) {
      if (signal.aborted) return;
      watchers.add(changed);
      signal.addEventListener("abort", () => watchers.delete(changed));
    },
    async close() {
      clearInterval(saving);
      await mapper.close();
      await saveCounts();
    },
  };
}

const NO_COUNTS = { accepted: 0, duplicates: 0, missing: 0, rejected: 0 };
