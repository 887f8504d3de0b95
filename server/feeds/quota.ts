import { OverQuota } from "./refusal.ts";

/** Most bytes of one feed that may be under way at once. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Bytes that cost as much as an item: an item of a feed that keeps to its quota is mostly smaller. */
const ITEM_BYTES = 1024;

/**
 * A feed's token bucket, in items or the bytes of as many, whichever is more. A payload is let in while tokens are left
 * and then takes its whole cost, into debt if need be: so a payload larger than
 * the burst is slow, never impossible, and its size need not be known before.
 */
export class Quota {
  readonly #perSecond: number;
  readonly #burst: number;
  #tokens: number;
  #at: number;
  #bytes = 0;

  constructor(
    limits: { perSecond: number; burst: number },
    /** Epoch ms. */
    now: number,
  ) {
    this.#perSecond = limits.perSecond;
    this.#burst = limits.burst;
    this.#tokens = limits.burst;
    this.#at = now;
  }

  /**
   * Lets a payload in for one token; what it holds beyond is charged when it is
   * known.
   * @throws OverQuota with the time until a token is there again
   */
  admit(now: number): void {
    const passed = Math.max(0, now - this.#at);
    this.#at = now;
    this.#tokens = Math.min(
      this.#burst,
      this.#tokens + (passed / 1000) * this.#perSecond,
    );
    if (this.#tokens > 0) return void this.#tokens--;
    const waitMs = Math.ceil(((1 - this.#tokens) / this.#perSecond) * 1000);
    throw new OverQuota(
      `over the quota of ${this.#perSecond} items a second, try again in ${(waitMs / 1000).toFixed(1)} s`,
      waitMs,
    );
  }

  /** A payload is under way; end it with `leave`. @throws OverQuota where too much is */
  enter(bytes: number): void {
    if (this.#bytes > 0 && this.#bytes + bytes > MOST_BYTES)
      throw new OverQuota("too much of this feed is under way already", 1000);
    this.#bytes += bytes;
  }

  leave(bytes: number): void {
    this.#bytes -= bytes;
  }

  /** Takes what the bytes of an admitted payload cost. @returns that */
  chargeBytes(bytes: number): number {
    const items = bytes / ITEM_BYTES;
    this.#tokens -= items;
    return items;
  }

  /** Takes what an admitted payload cost. */
  charge(items: number): void {
    this.#tokens -= items;
  }
}
