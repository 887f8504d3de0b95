/**
 * Messages of one feed between a connection and the intake: taken in batches,
 * held and tried again while the store or the quota says no, acknowledged when
 * they are settled for good. HOT PATH: nothing per message but its slot.
 */
import type { Feeds } from "../run.ts";
import { OverQuota } from "../refusal.ts";
import { OverCap } from "../sink.ts";

/** Largest batch handed to the intake at once. */
const BATCH = 1_000;
/** Batches on their way at once: the next ones fill the store's group commit. */
const FLIGHTS = 16;
/** Beyond either the connection should be paused until half of it is settled. */
const MOST_MESSAGES = 20_000;
const MOST_BYTES = 32 * 1024 * 1024;

const FIRST_WAIT = 250;
const LONGEST_WAIT = 30_000;

export interface BeltOptions<T> {
  feedId: string;
  take: Feeds["takeMany"];
  /** These are settled for good. */
  settled(messages: T[]): void;
  /** A cap keeps these out (decisions B7): not acknowledged, and no longer held here. */
  left?(messages: T[]): void;
  /** Nobody waits for its answer any more: it will come again by itself. */
  isGone?(message: T): boolean;
  /** Too much is under way: stop reading; and later: go on. */
  pressure?(isHigh: boolean): void;
}

export class Belt<T extends { payload: Uint8Array }> {
  readonly #options: BeltOptions<T>;
  #queue: T[] = [];
  /** Refused for now; they wait for the timer. */
  #held: T[] = [];
  /** Nothing goes until the timer. */
  #isPaused = false;
  #messages = 0;
  #bytes = 0;
  #flights = 0;
  #isHigh = false;
  #scheduled = false;
  #wait = 0;
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;
  #idle: (() => void) | null = null;

  constructor(options: BeltOptions<T>) {
    this.#options = options;
  }

  /** Of all that is not settled. */
  get bytes(): number {
    return this.#bytes;
  }

  push(message: T): void {
    if (this.#stopped) return;
    this.#queue.push(message);
    this.#messages++;
    this.#bytes += message.payload.length;
    if (this.#messages >= MOST_MESSAGES || this.#bytes >= MOST_BYTES)
      this.#setPressure(true);
    if (this.#scheduled) return;
    this.#scheduled = true;
    // What one read of the socket brought becomes one batch.
    setImmediate(() => this.#go());
  }

  /** Forgets what was not yet handed over: its sender will send it again. */
  clear(): void {
    for (const { payload } of this.#queue) this.#forget(payload);
    for (const { payload } of this.#held) this.#forget(payload);
    this.#queue = [];
    this.#held = [];
    this.#relieve();
  }

  /** Takes nothing more; resolves when what was handed over has its answer. */
  stop(): Promise<void> {
    this.#stopped = true;
    this.clear();
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#flights === 0) return Promise.resolve();
    return new Promise((idle) => (this.#idle = idle));
  }

  #go(): void {
    this.#scheduled = false;
    while (
      this.#queue.length > 0 &&
      this.#flights < FLIGHTS &&
      !this.#isPaused &&
      !this.#stopped
    ) {
      const batch =
        this.#queue.length <= BATCH ? this.#queue : this.#queue.slice(0, BATCH);
      this.#queue = batch === this.#queue ? [] : this.#queue.slice(BATCH);
      void this.#fly(batch);
    }
  }

  async #fly(batch: T[]): Promise<void> {
    this.#flights++;
    const { feedId, take } = this.#options;
    const answers = await take(
      feedId,
      batch.map(({ payload }) => payload),
    ).catch((error: unknown): (Error | null)[] =>
      batch.map(() =>
        error instanceof Error ? error : new Error(String(error)),
      ),
    );
    this.#flights--;
    const settled: T[] = [];
    const left: T[] = [];
    const later: T[] = [];
    let reason: Error | null = null;
    batch.forEach((message, i) => {
      const answer = answers[i] ?? null;
      if (answer === null) settled.push(message);
      else if (answer instanceof OverCap) left.push(message);
      else {
        later.push(message);
        reason = answer;
      }
    });
    if (settled.length > 0) {
      for (const { payload } of settled) this.#forget(payload);
      this.#options.settled(settled);
      if (!reason) this.#wait = 0;
    }
    if (left.length > 0) {
      for (const { payload } of left) this.#forget(payload);
      this.#options.left?.(left);
    }
    if (reason && !this.#stopped) this.#hold(later, reason);
    this.#relieve();
    if (this.#stopped && this.#flights === 0) this.#idle?.();
    this.#go();
  }

  /** Tries these again later; the trouble would meet the rest of the feed alike. */
  #hold(messages: T[], reason: Error): void {
    this.#held.push(...messages);
    this.#isPaused = true;
    if (this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#isPaused = false;
      this.#queue = [...this.#stillWanted(), ...this.#queue];
      this.#held = [];
      this.#go();
    }, this.#waitFor(reason));
  }

  #stillWanted(): T[] {
    const { isGone } = this.#options;
    if (!isGone) return this.#held;
    return this.#held.filter((message) => {
      const gone = isGone(message);
      if (gone) this.#forget(message.payload);
      return !gone;
    });
  }

  #waitFor(reason: Error): number {
    if (reason instanceof OverQuota)
      return Math.min(reason.waitMs, LONGEST_WAIT);
    this.#wait = Math.min(Math.max(this.#wait * 2, FIRST_WAIT), LONGEST_WAIT);
    return this.#wait;
  }

  #forget(payload: Uint8Array): void {
    this.#messages--;
    this.#bytes -= payload.length;
  }

  #relieve(): void {
    if (this.#messages < MOST_MESSAGES / 2 && this.#bytes < MOST_BYTES / 2)
      this.#setPressure(false);
  }

  #setPressure(isHigh: boolean): void {
    if (this.#isHigh === isHigh) return;
    this.#isHigh = isHigh;
    this.#options.pressure?.(isHigh);
  }
}
