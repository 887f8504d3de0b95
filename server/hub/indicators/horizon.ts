/**
 * How far ahead of an indicator's time panes are opened: 5 minutes, as far as
 * feeds on the wall clock may be ahead, and one window. Without it one clock
 * that is wrong could open panes without end.
 */
import type { Slots } from "./slots.ts";

/** Panes beyond of which something is known, to be counted when their time comes; more are left out. */
const ASIDE = 1000;

export class Horizon {
  readonly #slots: Slots;
  /** The time of the indicator's sources. */
  readonly #timeAt: (wall: number) => number;
  readonly #aside = new Set<number>();
  /** Panes that start then or later are not opened; −Infinity before anything was heard. */
  to = -Infinity;

  constructor(slots: Slots, timeAt: (wall: number) => number) {
    this.#slots = slots;
    this.#timeAt = timeAt;
  }

  look(now: number): void {
    if (now === -Infinity) return;
    const last = this.#slots.startOf(now + this.#slots.ahead);
    this.to = this.#slots.endOf(last);
  }

  /** The slot of this moment. */
  slotAt(wall: number): number {
    return this.#slots.startOf(this.#timeAt(wall));
  }

  /** Is it beyond, as of this moment? Its pane is then put aside. */
  isBeyond(at: number, wall: number): boolean {
    this.look(this.#timeAt(wall));
    if (at < this.to) return false;
    this.putAside(this.#slots.startOf(at));
    return true;
  }

  putAside(start: number): void {
    if (this.#aside.size < ASIDE) this.#aside.add(start);
  }

  get aside(): Iterable<number> {
    return this.#aside;
  }

  /** Panes that were put aside and are no longer beyond. */
  takeDue(): number[] {
    const due = [...this.#aside].filter((start) => start < this.to);
    for (const start of due) this.#aside.delete(start);
    return due;
  }
}
