/** How each feed is doing, as data (F7). */
import type { Feed, FeedHealth } from "../../contract/feed.ts";
import { freshnessOf, type Freshness } from "../../contract/level.ts";
import { SECOND } from "../../contract/time.ts";
import type { FeedCounts } from "./feed-store.ts";

const RATE_SECONDS = 60;

/** Periods after which each freshness begins (decisions B4, contract/level.ts). */
const BEGINS: Record<Freshness, number> = {
  live: 0,
  late: 1.5,
  stale: 3,
  lost: 10,
};

/** Health of one feed; told by the runner, read by whoever shows it. */
export class Health {
  readonly counts: FeedCounts;
  lastAt: number | null;
  /** Grows with every payload: whether the counts are worth saving. */
  told = 0;
  /** Newest instant the feed spoke of, epoch ms. */
  #watermark: number | null = null;
  #error: string | null = null;
  #connection: string | null = null;
  #liveSince: number | null;
  readonly #ring = new Float64Array(RATE_SECONDS);
  #ringSecond = 0;

  constructor(counts: FeedCounts, lastAt: number | null) {
    this.counts = { ...counts };
    this.lastAt = lastAt;
    this.#liveSince = lastAt;
  }

  /** A payload was taken. `newest` is the latest instant in it, if any. */
  heard(
    feed: Feed,
    now: number,
    taken: FeedCounts & { newest: number | null; error: string | null },
  ): void {
    this.told++;
    this.counts.accepted += taken.accepted;
    this.counts.duplicates += taken.duplicates;
    this.counts.missing += taken.missing;
    this.counts.rejected += taken.rejected;
    const good = taken.accepted + taken.duplicates + taken.missing;
    this.#count(now, good + taken.rejected);
    if (taken.error !== null) this.#error = taken.error;
    if (good === 0) return;
    if (taken.rejected === 0) this.#error = null;
    if (this.freshness(feed, now) !== "live") this.#liveSince = now;
    this.lastAt = now;
    if (taken.newest !== null && taken.newest > (this.#watermark ?? -Infinity))
      this.#watermark = taken.newest;
  }

  /** Messages from quarantine were taken after all: that is counted, and nothing heard. */
  replayed(taken: Omit<FeedCounts, "rejected">): void {
    this.told++;
    this.counts.accepted += taken.accepted;
    this.counts.duplicates += taken.duplicates;
    this.counts.missing += taken.missing;
  }

  /** A payload was refused as a whole, or could not be taken now. */
  troubled(message: string): void {
    this.#error = message;
  }

  /** What keeps its connection from working; null = nothing any more. */
  cutOff(message: string | null): void {
    this.#connection = message;
  }

  /**
   * Judged by the silence since it was last heard. A feed whose clock is its
   * source's is never behind its own watermark (decisions B3); what can be seen
   * of it, too, is silence.
   */
  freshness(feed: Feed, now: number): Freshness {
    if (this.lastAt === null) return "lost";
    return freshnessOf(now - this.lastAt, feed.expectEvery);
  }

  view(feed: Feed, now: number, quarantined: number): FeedHealth {
    const freshness = this.freshness(feed, now);
    return {
      id: feed.id,
      nameZh: feed.nameZh,
      nameEn: feed.nameEn,
      department: feed.department,
      system: feed.system,
      transport: feed.transport,
      enabled: feed.enabled,
      freshness,
      lastAt: this.lastAt,
      since: this.#since(feed, freshness),
      rate: this.#rate(now),
      ...this.counts,
      error: this.#connection ?? this.#error,
      quarantined,
      sourceTime: feed.clock === "source" ? this.#watermark : null,
    };
  }

  #since(feed: Feed, freshness: Freshness): number | null {
    if (this.lastAt === null) return null;
    if (freshness === "live") return this.#liveSince;
    return Math.round(this.lastAt + BEGINS[freshness] * feed.expectEvery);
  }

  #count(now: number, items: number): void {
    this.#turn(now);
    this.#ring[this.#ringSecond % RATE_SECONDS]! += items;
  }

  #rate(now: number): number {
    this.#turn(now);
    const sum = this.#ring.reduce((a, b) => a + b, 0);
    return Math.round((sum / RATE_SECONDS) * 100) / 100;
  }

  /** Empties the seconds that have passed since the last look. */
  #turn(now: number): void {
    const second = Math.floor(now / SECOND);
    const passed = Math.min(second - this.#ringSecond, RATE_SECONDS);
    for (let i = 0; i < passed; i++)
      this.#ring[(second - i) % RATE_SECONDS] = 0;
    if (passed > 0) this.#ringSecond = second;
  }
}
