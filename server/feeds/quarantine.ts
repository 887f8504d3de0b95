/** Refused messages, kept with reason and raw text (F6), within a cap per feed (B7). */
import type { Clock } from "../lib/clock.ts";
import { createId } from "../lib/ids.ts";
import { storable } from "./hazard.ts";
import type { FeedStore, QuarantineEntry } from "./feed-store.ts";
import { countMarks, type Refused } from "./refusal-marks.ts";
import { OverCap, StoreUnavailable } from "./sink.ts";

/** An entry that is durable, or will be. */
interface Kept {
  id: string;
  stored: Promise<void>;
}

/** Most characters kept of one refused message. */
export const RAW_LIMIT = 64 * 1024;

/** ms between looks at the store whether entries were pruned there. */
const RECOUNT_EVERY = 60_000;

/** How many refusals per feed are remembered, so that a resent one is kept once. */
const REMEMBERED = 1_000;

export class Quarantine {
  readonly #store: FeedStore["quarantine"];
  readonly #clock: Clock;
  readonly #cap: number;
  #counts = new Map<string, number>();
  #countedAt = 0;
  /** Per feed what was kept last, by its mark. */
  readonly #recent = new Map<string, Map<string, Kept>>();

  constructor(store: FeedStore["quarantine"], clock: Clock, cap: number) {
    this.#store = store;
    this.#clock = clock;
    this.#cap = cap;
  }

  async open(): Promise<void> {
    this.#countedAt = this.#clock.now();
    this.#counts = new Map(await this.#store.counts());
  }

  /** Entries of a feed that were not replayed. */
  count(feedId: string): number {
    return this.#counts.get(feedId) ?? 0;
  }

  /**
   * Keeps refusals; resolves when they are durable. One that was kept a moment
   * ago, or is being kept (the sender did not hear the answer), is kept once
   * and counted.
   * @throws OverCap where the feed's quarantine has no room for all of them.
   */
  async keep(feedId: string, refused: readonly Refused[]): Promise<void> {
    const recent = this.#recent.get(feedId) ?? new Map<string, Kept>();
    this.#recent.set(feedId, recent);
    const at = this.#clock.now();
    const fresh = new Map<string, QuarantineEntry>();
    const marks = new Map<string, string>();
    const again = new Map<string, number>();
    const known = new Set<Promise<void>>();
    for (const [mark, { one, times }] of countMarks(refused)) {
      const kept = recent.get(mark);
      if (kept) known.add(kept.stored);
      else if (!fresh.has(one.raw))
        // A message refused for several of its items is kept once.
        fresh.set(one.raw, newEntry(feedId, at, one));
      const id = kept?.id ?? fresh.get(one.raw)!.id;
      if (!kept) marks.set(mark, id);
      const more = kept ? times : times - 1;
      if (more > (again.get(id) ?? 0)) again.set(id, more);
    }
    const stored = this.#add(feedId, [...fresh.values()], again, known);
    for (const [mark, id] of marks) recent.set(mark, { id, stored });
    for (const mark of recent.keys()) {
      if (recent.size <= REMEMBERED) break;
      recent.delete(mark);
    }
    try {
      await stored;
    } catch (error) {
      for (const mark of marks.keys()) recent.delete(mark);
      throw error;
    }
  }

  /** @param known what must be durable before it is counted again */
  async #add(
    feedId: string,
    entries: QuarantineEntry[],
    again: ReadonlyMap<string, number>,
    known: ReadonlySet<Promise<void>>,
  ): Promise<void> {
    await this.#reserve(feedId, entries.length);
    try {
      await Promise.all(known);
      await this.#store.add(entries, again);
    } catch (error) {
      this.#counts.set(feedId, this.count(feedId) - entries.length);
      throw away(error);
    }
  }

  /** Entries that were replayed free their room; the same message may be refused anew. */
  async release(feedId: string, ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    const marked = await this.#store
      .markReplayed(ids, this.#clock.now())
      .catch((error: unknown) => {
        throw away(error);
      });
    this.#counts.set(feedId, Math.max(0, this.count(feedId) - marked));
    this.#recent.delete(feedId);
  }

  /** Claims room. A full quarantine may have been pruned meanwhile: ask, but not every time. */
  async #reserve(feedId: string, entries: number): Promise<void> {
    const isFull = () => this.count(feedId) + entries > this.#cap;
    if (isFull() && this.#clock.now() - this.#countedAt >= RECOUNT_EVERY)
      await this.open();
    if (isFull())
      throw new OverCap(
        `the quarantine of ${feedId} is full (${this.#cap} messages): replay or correct them first`,
      );
    this.#counts.set(feedId, this.count(feedId) + entries);
  }
}

const newEntry = (feed: string, at: number, one: Refused): QuarantineEntry => ({
  id: createId(at),
  feed,
  at,
  ...shortened(one),
});

function away(error: unknown): Error {
  if (error instanceof StoreUnavailable || error instanceof OverCap)
    return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new StoreUnavailable(`nothing can be kept now: ${reason}`);
}

const CUT = " (only the beginning of the message was kept)";

/** Longest path and reason: a sender may choose its keys. */
const PATH_LIMIT = 300;
const MESSAGE_LIMIT = 500;

function shortened({ path, message, raw }: Refused): Refused {
  const cut = raw.length > RAW_LIMIT ? CUT : "";
  return {
    path: storable(path, PATH_LIMIT),
    message: storable(message, MESSAGE_LIMIT) + cut,
    raw: storable(raw, RAW_LIMIT),
  };
}

/** True where an entry holds less than was sent, so that it cannot be replayed. */
export function isCut({ message }: { message: string }): boolean {
  return message.endsWith(CUT);
}
