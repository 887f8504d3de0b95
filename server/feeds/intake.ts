/**
 * Takes payloads of feeds as they run, whatever brought them, and answers when
 * what is in them is durable: accepted, or in quarantine.
 */
import type { IngestReply } from "../../contract/feed.ts";
import type { Clock } from "../lib/clock.ts";
import { countOf, Unparseable } from "./format.ts";
import type { Health } from "./health.ts";
import { inflate } from "./inflate.ts";
import { keepRefusals } from "./keep.ts";
import type { Mapper } from "./mapping.ts";
import type { Quarantine } from "./quarantine.ts";
import type { Quota } from "./quota.ts";
import { textOf } from "./raw.ts";
import { isForLater, isRefusal, UnsupportedMedia } from "./refusal.ts";
import { replyOf } from "./reply.ts";
import { prepare, type Payload, type Recipe } from "./prepare.ts";
import type { Sent } from "./signature.ts";
import { nothing, settle, type Settled } from "./settle.ts";
import { OverCap, type Sink } from "./sink.ts";

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
  /** The request, for feeds whose messages are signed. */
  sent?: Sent;
}

export interface IntakeParts {
  /** @throws UnknownFeed, FeedDisabled */
  feedOf(feedId: string): LiveFeed;
  quarantine: Quarantine;
  sink: Sink;
  mapper: Mapper;
  clock: Clock;
  /** Something broke that is nobody's refusal. */
  onError(error: unknown): void;
}

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
    let entered = 0;
    try {
      feed.quota.admit(this.#parts.clock.now());
      feed.quota.enter(body.length);
      entered = body.length;
      const { mediaTypes, id } = feed.format;
      if (!mediaTypes.includes(mediaType))
        throw new UnsupportedMedia(
          `${id} comes as ${mediaTypes.join(", ")}, not as ${mediaType}`,
        );
      const inflated = inflate(body, encoding);
      plain = inflated instanceof Promise ? await inflated : inflated;
      // Before it is read: reading is what large bodies cost the others.
      const paid = feed.quota.chargeBytes(plain.length);
      const prepared = prepare(feed, plain, mediaType, this.#parts.mapper);
      const payload = prepared instanceof Promise ? await prepared : prepared;
      const { settled, left } = await this.#finish(feed, [payload], paid);
      const again = left.get(0);
      if (again) throw again;
      return replyOf(settled);
    } catch (error) {
      await this.#refuse(feed, error, plain);
      throw error;
    } finally {
      feed.quota.leave(entered);
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
    let bytes = 0;
    for (const body of bodies) bytes += body.length;
    const paid = feed.quota.chargeBytes(bytes);
    const { payloads, numbers } = await this.#prepareAll(feed, bodies, outcome);
    if (payloads.length === 0) return outcome;
    try {
      const { left } = await this.#finish(feed, payloads, paid);
      for (const [payload, error] of left) outcome[numbers[payload]!] = error;
    } catch (error) {
      // Too much refused for one batch: each message then has its own fate.
      if (error instanceof Unparseable) {
        const alone = numbers.map(async (number, i) => {
          outcome[number] = await this.#finish(feed, [payloads[i]!], 0).then(
            ({ left }) => left.get(0) ?? null,
            (error: unknown) => this.#fateOf(feed, error, bodies[number]!),
          );
        });
        await Promise.all(alone);
        return outcome;
      }
      feed.health.troubled(asError(error).message);
      if (!isRefusal(error)) this.#parts.onError(error);
      for (const number of numbers) outcome[number] = asError(error);
    }
    return outcome;
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
      outcome[number] = await this.#fateOf(feed, error, bodies[number]!);
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

  /**
   * Settles payloads as one batch and keeps what was refused, durably.
   * @param paid what their bytes were charged
   * @returns `left`: per payload that a cap leaves unsettled, why. It must
   * come again; what it holds beside is taken.
   */
  async #finish(
    feed: LiveFeed,
    payloads: readonly Payload[],
    paid: number,
  ): Promise<{ settled: Settled; left: Map<number, OverCap> }> {
    // One of them was paid for at the door.
    let items = -1;
    for (const { parsed, rejections } of payloads)
      items += countOf(parsed) + rejections.length;
    feed.quota.charge(Math.max(0, items - paid));
    const settled = await settle(feed, payloads, this.#parts.sink);
    const left = new Map<number, OverCap>();
    for (const { payload, message } of settled.overCap)
      left.set(payload, new OverCap(message));
    const rejections = await keepRefusals(
      (refused) => this.#parts.quarantine.keep(feed.feed.id, refused),
      settled.rejections,
      left,
    );
    const last = rejections.at(-1);
    feed.health.heard(feed.feed, this.#parts.clock.now(), {
      ...settled,
      rejected: rejections.length,
      error: last ? `${last.path}: ${last.message}` : null,
    });
    for (const { message } of left.values()) feed.health.troubled(message);
    return { settled, left };
  }

  /** What becomes of a message that failed: null = settled for good, or why it must come again. */
  async #fateOf(
    feed: LiveFeed,
    error: unknown,
    body: Uint8Array,
  ): Promise<Error | null> {
    try {
      await this.#refuse(feed, error, body);
      return isForLater(error) ? asError(error) : null;
    } catch (later) {
      return asError(later);
    }
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
