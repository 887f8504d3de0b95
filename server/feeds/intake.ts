/**
 * Takes payloads of feeds as they run, whatever brought them, and answers when
 * what is in them is durable: accepted, or in quarantine.
 */
import type { IngestReply } from "../../contract/feed.ts";
import type { Clock } from "../lib/clock.ts";
import type { FeedStore } from "./feed-store.ts";
import { Unparseable } from "./format.ts";
import type { Health } from "./health.ts";
import { inflate } from "./inflate.ts";
import type { Mapper } from "./mapping.ts";
import { isCut, type Quarantine } from "./quarantine.ts";
import type { Quota } from "./quota.ts";
import { bytesOf, textOf } from "./raw.ts";
import { isForLater, isRefusal, UnsupportedMedia } from "./refusal.ts";
import {
  prepare,
  settle,
  type Payload,
  type Recipe,
  type Settled,
} from "./settle.ts";
import type { Sink } from "./sink.ts";

/** A feed as it runs. */
export interface LiveFeed extends Recipe {
  quota: Quota;
  health: Health;
}

/** What the door knows of a payload besides its bytes. */
export interface About {
  /** Without parameters, in lower case. */
  mediaType: string;
  /** Content encoding; null = none. */
  encoding: string | null;
}

export interface IntakeParts {
  /** @throws UnknownFeed, FeedDisabled */
  feedOf(feedId: string): LiveFeed;
  store: FeedStore["quarantine"];
  quarantine: Quarantine;
  sink: Sink;
  mapper: Mapper;
  clock: Clock;
  /** Something broke that is nobody's refusal. */
  onError(error: unknown): void;
}

/** Entries of the quarantine that are replayed at once. */
const REPLAY_PAGE = 200;

export class Intake {
  readonly #parts: IntakeParts;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  /** Takes one payload. @throws Refusal (refusal.ts), each with its HTTP status */
  async take(
    feedId: string,
    body: Uint8Array,
    { mediaType, encoding }: About,
  ): Promise<IngestReply> {
    const feed = this.#parts.feedOf(feedId);
    let plain = body;
    try {
      feed.quota.admit(this.#parts.clock.now());
      const { mediaTypes, id } = feed.format;
      if (!mediaTypes.includes(mediaType))
        throw new UnsupportedMedia(
          `${id} comes as ${mediaTypes.join(", ")}, not as ${mediaType}`,
        );
      const inflated = inflate(body, encoding);
      plain = inflated instanceof Promise ? await inflated : inflated;
      const prepared = prepare(feed, plain, mediaType, this.#parts.mapper);
      const payload = prepared instanceof Promise ? await prepared : prepared;
      return replyOf(await this.#finish(feed, [payload]));
    } catch (error) {
      await this.#refuse(feed, error, plain);
      throw error;
    }
  }

  /**
   * Takes several payloads of one feed, each in its format's first media type,
   * as one batch: one commit for many messages.
   * @returns per payload null where it is settled for good (acknowledge it), or
   * why it must come again later (do not)
   */
  async takeMany(
    feedId: string,
    bodies: readonly Uint8Array[],
  ): Promise<(Error | null)[]> {
    let feed: LiveFeed;
    try {
      feed = this.#parts.feedOf(feedId);
      feed.quota.admit(this.#parts.clock.now());
    } catch (error) {
      return bodies.map(() => asError(error));
    }
    const outcome: (Error | null)[] = Array.from(bodies, () => null);
    const { payloads, numbers } = await this.#prepareAll(feed, bodies, outcome);
    if (payloads.length === 0) return outcome;
    try {
      await this.#finish(feed, payloads);
    } catch (error) {
      feed.health.troubled(asError(error).message);
      if (!isRefusal(error)) this.#parts.onError(error);
      for (const number of numbers) outcome[number] = asError(error);
    }
    return outcome;
  }

  /**
   * Sends quarantined messages through the feed's present mapping again. An
   * entry is marked only when what it gave is durable; identities keep what was
   * already taken from counting twice.
   * @param ids the entries, or all that were not replayed
   */
  async replay(feedId: string, ids?: string[]): Promise<IngestReply> {
    const feed = this.#parts.feedOf(feedId);
    const total = replyOf(nothing());
    let number = 0;
    for await (const page of this.#entries(feedId, ids)) {
      const entries = page.filter((entry) => entry.replayed === null);
      addReply(total, await this.#replayPage(feed, entries), number);
      number += entries.length;
    }
    return total;
  }

  /** Quarantined messages a page at a time: all of them at once could fill the memory. */
  async *#entries(feedId: string, ids?: string[]) {
    const { store } = this.#parts;
    if (ids) {
      for (let i = 0; i < ids.length; i += REPLAY_PAGE)
        yield await store.get(feedId, ids.slice(i, i + REPLAY_PAGE));
      return;
    }
    let cursor: string | undefined;
    do {
      const page = await store.page(feedId, REPLAY_PAGE, cursor);
      yield page.items;
      cursor = page.cursor ?? undefined;
    } while (cursor !== undefined);
  }

  async #replayPage(
    feed: LiveFeed,
    entries: readonly { id: string; message: string; raw: string }[],
  ): Promise<Settled> {
    const failed: Settled["rejections"] = [];
    const payloads: Payload[] = [];
    const owners: number[] = [];
    for (const [number, entry] of entries.entries()) {
      try {
        if (isCut(entry))
          throw new Unparseable(
            "",
            "only its beginning was kept: send it anew",
          );
        payloads.push(await this.#prepareRaw(feed, entry.raw));
        owners.push(number);
      } catch (error) {
        if (!(error instanceof Unparseable)) throw error;
        const { path, message } = error;
        failed.push({ payload: number, index: 0, path, message, raw: "" });
      }
    }
    const settled = await settle(feed, payloads, this.#parts.sink);
    for (const rejection of settled.rejections)
      rejection.payload = owners[rejection.payload]!;
    const refused = new Set(
      [...failed, ...settled.rejections].map((r) => r.payload),
    );
    const done = entries.filter((_, number) => !refused.has(number));
    await this.#parts.quarantine.release(
      feed.feed.id,
      done.map((entry) => entry.id),
    );
    settled.rejections.unshift(...failed);
    return settled;
  }

  #prepareRaw(feed: LiveFeed, raw: string): Payload | Promise<Payload> {
    const [mediaType] = feed.format.mediaTypes;
    return prepare(feed, bytesOf(raw), mediaType!, this.#parts.mapper);
  }

  async #prepareAll(
    feed: LiveFeed,
    bodies: readonly Uint8Array[],
    outcome: (Error | null)[],
  ): Promise<{ payloads: Payload[]; numbers: number[] }> {
    const payloads: Payload[] = [];
    const numbers: number[] = [];
    const [mediaType] = feed.format.mediaTypes;
    const waiting: Promise<void>[] = [];
    const add = (payload: Payload, number: number) => {
      payloads.push(payload);
      numbers.push(number);
    };
    const refuse = async (error: unknown, number: number) => {
      try {
        await this.#refuse(feed, error, bodies[number]!);
        if (isForLater(error)) outcome[number] = asError(error);
      } catch (later) {
        outcome[number] = asError(later);
      }
    };
    bodies.forEach((body, number) => {
      try {
        const prepared = prepare(feed, body, mediaType!, this.#parts.mapper);
        if (prepared instanceof Promise)
          waiting.push(
            prepared.then(
              (payload) => add(payload, number),
              (error: unknown) => refuse(error, number),
            ),
          );
        else add(prepared, number);
      } catch (error) {
        waiting.push(refuse(error, number));
      }
    });
    if (waiting.length > 0) await Promise.all(waiting);
    return { payloads, numbers };
  }

  /** Settles payloads as one batch and keeps what was refused, durably. */
  async #finish(
    feed: LiveFeed,
    payloads: readonly Payload[],
  ): Promise<Settled> {
    const settled = await settle(feed, payloads, this.#parts.sink);
    const { accepted, duplicates, missing, rejections } = settled;
    const items = accepted + duplicates + missing + rejections.length;
    feed.quota.charge(Math.max(items, payloads.length));
    if (rejections.length > 0)
      await this.#parts.quarantine.keep(feed.feed.id, rejections);
    const last = rejections.at(-1);
    feed.health.heard(feed.feed, this.#parts.clock.now(), {
      ...settled,
      rejected: rejections.length,
      error: last ? `${last.path}: ${last.message}` : null,
    });
    return settled;
  }

  /** Notes what went wrong with a whole payload, and keeps one that can never be read. */
  async #refuse(
    feed: LiveFeed,
    error: unknown,
    body: Uint8Array,
  ): Promise<void> {
    const { message } = asError(error);
    feed.health.troubled(message);
    if (!(error instanceof Unparseable)) return;
    feed.quota.charge(1 + body.length / 1024);
    const { path } = error;
    await this.#parts.quarantine.keep(feed.feed.id, [
      { path, message, raw: textOf(body) },
    ]);
    feed.health.heard(feed.feed, this.#parts.clock.now(), {
      ...nothing(),
      rejected: 1,
      error: `${path}: ${message}`,
    });
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function nothing(): Settled {
  return {
    accepted: 0,
    duplicates: 0,
    missing: 0,
    rejections: [],
    newest: null,
  };
}

function replyOf(settled: Settled): IngestReply {
  const { accepted, duplicates, missing, rejections } = settled;
  return {
    accepted,
    duplicates,
    missing,
    rejected: rejections.length,
    rejections: rejections.map(({ index, path, message }) => ({
      index,
      path: path.slice(0, 300),
      message: message.slice(0, 500),
    })),
  };
}

/** Adds a page's outcome; an entry's number in the whole replay becomes the index. */
function addReply(total: IngestReply, settled: Settled, start: number): void {
  const page = replyOf(settled);
  total.accepted += page.accepted;
  total.duplicates += page.duplicates;
  total.missing += page.missing;
  total.rejected += page.rejected;
  settled.rejections.forEach(({ payload, path, message }) =>
    total.rejections.push({ index: start + payload, path, message }),
  );
}
