import { OverQuota } from "./refusal.ts";

/**
 * A feed's token bucket, in items. A payload is let in while tokens are left
 * and then takes its whole cost, into debt if need be: so a payload larger than
 * the burst is slow, never impossible, and its size need not be known before.
 */
export class Quota {
  readonly #perSecond: number;
  readonly #burst: number;
  #tokens: number;
  #at: number;

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

  /** @throws OverQuota with the time until a token is there again. */
  admit(now: number): void {
    const passed = Math.max(0, now - this.#at);
    this.#at = now;
    this.#tokens = Math.min(
      this.#burst,
      this.#tokens + (passed / 1000) * this.#perSecond,
    );
    if (this.#tokens > 0) return;
    const waitMs = Math.ceil(((1 - this.#tokens) / this.#perSecond) * 1000);
    throw new OverQuota(
      `over the quota of ${this.#perSecond} items a second, try again in ${(waitMs / 1000).toFixed(1)} s`,
      waitMs,
    );
  }

  /** Takes what an admitted payload cost. */
  charge(items: number): void {
    this.#tokens -= items;
  }
}
