/** Refused messages, kept with reason and raw text (F6), within a cap per feed (B7). */
import { createHash } from "node:crypto";
import type { Clock } from "../lib/clock.ts";
import { createId } from "../lib/ids.ts";
import { storable } from "./hazard.ts";
import type { FeedStore } from "./feed-store.ts";
import { OverCap, StoreUnavailable } from "./sink.ts";

/** What a refusal leaves behind. */
export interface Refused {
  /** JSON-pointer-like path into the payload, `` for the whole. */
  path: string;
  message: string;
  raw: string;
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
  readonly #recent = new Map<string, Set<string>>();

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
   * ago (the sender did not hear the answer) is not kept again.
   * @throws OverCap where the feed's quarantine has no room for all of them.
   */
  async keep(feedId: string, refused: readonly Refused[]): Promise<void> {
    const recent = this.#recent.get(feedId) ?? new Set();
    this.#recent.set(feedId, recent);
    const digest = digests();
    // Digests, as a sender may choose how long its paths are.
    const marks = refused.map(({ path, message, raw }) =>
      sha256(`${digest(raw)}\n${path}\n${message}`),
    );
    const fresh = new Map<string, Refused>();
    refused.forEach((one, i) => {
      // A message refused for several of its items is kept once.
      if (!recent.has(marks[i]!) && !fresh.has(one.raw))
        fresh.set(one.raw, one);
    });
    if (fresh.size === 0) return;
    await this.#reserve(feedId, fresh.size);
    const at = this.#clock.now();
    try {
      await this.#store.add(
        [...fresh.values()].map((one) => ({
          id: createId(at),
          feed: feedId,
          at,
          ...shortened(one),
        })),
      );
    } catch (error) {
      this.#counts.set(feedId, this.count(feedId) - fresh.size);
      throw away(error);
    }
    for (const mark of marks) recent.add(mark);
    for (const mark of recent) {
      if (recent.size <= REMEMBERED) break;
      recent.delete(mark);
    }
  }

  /** Entries that were replayed free their room; the same message may be refused anew. */
  async release(feedId: string, ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.#store
      .markReplayed(ids, this.#clock.now())
      .catch((error: unknown) => {
        throw away(error);
      });
    this.#counts.set(feedId, Math.max(0, this.count(feedId) - ids.length));
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

function away(error: unknown): StoreUnavailable {
  const reason = error instanceof Error ? error.message : String(error);
  return new StoreUnavailable(`nothing can be kept now: ${reason}`);
}

const sha256 = (text: string) =>
  createHash("sha256").update(text).digest("base64");

/** SHA-256 of texts; the same text, refused for many of its items, is read once. */
function digests(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    let digest = known.get(text);
    if (digest === undefined) {
      digest = sha256(text);
      known.set(text, digest);
    }
    return digest;
  };
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
