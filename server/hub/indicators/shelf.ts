import { leadOf } from "../lead.ts";
import type { Pane, Sum } from "./panes.ts";
import type { Slots, Span } from "./slots.ts";
import type { Reader, Writer } from "./stream.ts";

const NO_PANE: Pane = {
  start: Infinity,
  end: -Infinity,
  cells: new Float64Array(0),
  bags: [],
  bare: null,
  unsound: false,
};

/** The panes of one indicator by their start, and from when on they are kept. */
export class Shelf {
  readonly #sum: Sum;
  readonly #slots: Slots;
  readonly #panes = new Map<number, Pane>();
  /** The panes, oldest first once somebody asked for them in order. */
  readonly #row: Pane[] = [];
  #isInOrder = true;
  /** The pane that the last reading went into: nearly always the next one's too. */
  #current = NO_PANE;
  /** Panes that start before are gone. */
  keptFrom = -Infinity;

  constructor(sum: Sum, slots: Slots) {
    this.#sum = sum;
    this.#slots = slots;
  }

  get size(): number {
    return this.#panes.size;
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
      this.#put(pane);
    }
    return pane;
  }

  #put(pane: Pane): void {
    this.#panes.set(pane.start, pane);
    const newest = this.#row.at(-1)?.start ?? -Infinity;
    if (pane.start < newest) this.#isInOrder = false;
    this.#row.push(pane);
  }

  /** Another shelf's panes instead of the own ones of that span. */
  replace([from, to]: Span, by: Shelf): void {
    const others = this.all().filter(
      ({ start }) => start < from || start >= to,
    );
    this.#clear();
    for (const pane of others) this.#put(pane);
    for (const pane of by.all())
      if (pane.start >= this.keptFrom) this.#put(pane);
  }

  startOver(): void {
    this.#clear();
    this.keptFrom = -Infinity;
  }

  #clear(): void {
    this.#panes.clear();
    this.#row.length = 0;
    this.#isInOrder = true;
    this.#current = NO_PANE;
  }

  /** Oldest first. */
  all(): readonly Pane[] {
    if (!this.#isInOrder) this.#row.sort((a, b) => a.start - b.start);
    this.#isInOrder = true;
    return this.#row;
  }

  /** How many panes start before a moment. */
  #before(moment: number): number {
    const panes = this.all();
    return leadOf(panes.length, (i) => panes[i]!.start < moment);
  }

  /** The first pane that starts after `start` and before `before`; else `before`. */
  nextStart(start: number, before: number): number {
    const panes = this.all();
    let next = this.#before(start);
    if (panes[next]?.start === start) next++;
    return Math.min(before, panes[next]?.start ?? before);
  }

  /** Panes of the window whose last slot is `slot`, oldest first. */
  window(slot: number): Pane[] {
    const panes = this.all();
    const from = this.#before(this.#slots.windowStart(slot));
    let to = from;
    while (to < panes.length && panes[to]!.start <= slot) to++;
    return panes.slice(from, to);
  }

  /** The newest pane before a moment in which something was counted; null where there is none. */
  newestBefore(moment: number, acc: number): Pane | null {
    const panes = this.all();
    for (let i = this.#before(moment) - 1; i >= 0; i--)
      if (this.#sum.counted(panes[i]!, acc)) return panes[i]!;
    return null;
  }

  /** Spans that must be counted anew. */
  unsound(): Span[] {
    const spans: Span[] = [];
    for (const { start, end, unsound } of this.#panes.values())
      if (unsound) spans.push([start, end]);
    return spans;
  }

  /** Forgets panes that start before; `lost` hears of each. */
  forget(before: number, lost: (pane: Pane) => void): void {
    if (before <= this.keptFrom) return;
    this.keptFrom = before;
    for (const pane of this.#row.splice(0, this.#before(before))) {
      this.#panes.delete(pane.start);
      if (pane === this.#current) this.#current = NO_PANE;
      lost(pane);
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
    this.#clear();
    for (let left = from.number(); left > 0; left--)
      this.#put(this.#sum.load(from, accumulators, accOf));
  }
}
