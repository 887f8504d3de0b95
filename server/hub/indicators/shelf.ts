import type { Pane, Sum } from "./panes.ts";
import type { Slots, Span } from "./slots.ts";
import type { Reader, Writer } from "./stream.ts";

const NO_PANE: Pane = {
  start: Infinity,
  end: -Infinity,
  cells: new Float64Array(0),
  bags: [],
  unsound: false,
};

/** The panes of one indicator by their start, and from when on they are kept. */
export class Shelf {
  readonly #sum: Sum;
  readonly #slots: Slots;
  readonly #panes = new Map<number, Pane>();
  /** The pane that the last reading went into: nearly always the next one's too. */
  #current = NO_PANE;
  /** Panes that start before are gone. */
  keptFrom = -Infinity;

  constructor(sum: Sum, slots: Slots) {
    this.#sum = sum;
    this.#slots = slots;
  }

  /** HOT PATH. The pane of that moment, null where it is gone. */
  at(moment: number, accumulators: number): Pane | null {
    const current = this.#current;
    if (moment >= current.start && moment < current.end) return current;
    const start = this.#slots.startOf(moment);
    if (start < this.keptFrom) return null;
    return (this.#current = this.open(start, accumulators));
  }

  /** The pane that starts then, made where there is none. */
  open(start: number, accumulators: number): Pane {
    let pane = this.#panes.get(start);
    if (!pane) {
      pane = this.#sum.pane(start, this.#slots.endOf(start), accumulators);
      this.#panes.set(start, pane);
    }
    return pane;
  }

  all(): Iterable<Pane> {
    return this.#panes.values();
  }

  /** The first pane that starts after `start` and before `before`; else `before`. */
  nextStart(start: number, before: number): number {
    let next = before;
    for (const at of this.#panes.keys()) if (at > start && at < next) next = at;
    return next;
  }

  /** Panes of the window whose last slot is `slot`, oldest first. */
  window(slot: number): Pane[] {
    const from = this.#slots.windowStart(slot);
    const panes: Pane[] = [];
    for (const pane of this.#panes.values())
      if (pane.start >= from && pane.start <= slot) panes.push(pane);
    return panes.sort((a, b) => a.start - b.start);
  }

  /** Starts of panes before a moment, newest first. */
  startsBefore(moment: number): number[] {
    return [...this.#panes.keys()]
      .filter((start) => start < moment)
      .sort((a, b) => b - a);
  }

  /** Spans that must be counted anew. */
  unsound(): Span[] {
    const spans: Span[] = [];
    for (const { start, end, unsound } of this.#panes.values())
      if (unsound) spans.push([start, end]);
    return spans;
  }

  /** Forgets panes that start before; `lost` hears of each that was unsound. */
  forget(before: number, lost: (start: number) => void): void {
    if (before <= this.keptFrom) return;
    this.keptFrom = before;
    for (const [start, pane] of this.#panes) {
      if (start >= before) continue;
      this.#panes.delete(start);
      if (pane === this.#current) this.#current = NO_PANE;
      if (pane.unsound) lost(start);
    }
  }

  save(into: Writer): void {
    into.number(this.#panes.size);
    for (const pane of this.#panes.values()) this.#sum.save(pane, into);
  }

  /** @param accOf the accumulator that a saved one is now; −1 = gone. */
  load(
    from: Reader,
    accumulators: number,
    accOf: (saved: number) => number,
  ): void {
    this.#panes.clear();
    this.#current = NO_PANE;
    for (let left = from.number(); left > 0; left--) {
      const pane = this.#sum.load(from, accumulators, accOf);
      this.#panes.set(pane.start, pane);
    }
  }
}
