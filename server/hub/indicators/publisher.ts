/**
 * What an indicator's panes add up to: the window of the present slot is
 * shown; the points of slots are published once when they are over, and again
 * where late readings, or rows of the store, changed what they hold. Some at a
 * time: each step is taken from `effort`.
 */
import { SECOND } from "../../../contract/time.ts";
import { Again } from "./again.ts";
import type { Board } from "./board.ts";
import type { Point } from "./findings.ts";
import type { Heard } from "./heard.ts";
import type { Pane, Result, Sum } from "./panes.ts";
import type { Shelf } from "./shelf.ts";
import type { Slots, Span } from "./slots.ts";

/** Slots whose late readings are gathered before they are published again. */
const REPUBLISH_AFTER = 10 * SECOND;
/** Steps of work: a point that is published; an accumulator of a pane that is added up takes one. */
const POINT = 10;

export class Publisher {
  readonly #sum: Sum;
  readonly #slots: Slots;
  readonly #shelf: Shelf;
  readonly #heard: Heard;
  readonly #board: Board;
  /** Hears of slots whose panes are gone. */
  readonly #missed: (slot: number) => void;
  /** Slots that start before are published; NaN before the first evaluation. */
  closedTo = NaN;
  /** Starts of panes that changed after their slots were published. */
  readonly late = new Set<number>();
  #republishedAt = -Infinity;
  /** Slots that are published again, from the panes that are kept … */
  readonly #again: Again;
  /** … and from rows of the store alone, where panes are gone: `missed`. */
  readonly #told: Again;
  #toldFrom: { shelf: Shelf; missed: number[] } | null = null;
  /** Steps left to this evaluation. */
  effort = 0;

  constructor(of: {
    sum: Sum;
    slots: Slots;
    shelf: Shelf;
    heard: Heard;
    board: Board;
    missed: (slot: number) => void;
  }) {
    this.#sum = of.sum;
    this.#slots = of.slots;
    this.#shelf = of.shelf;
    this.#heard = of.heard;
    this.#board = of.board;
    this.#missed = of.missed;
    this.#again = new Again(of.slots);
    this.#told = new Again(of.slots);
  }

  /** Is something left to be published again? */
  get busy(): boolean {
    return !this.#again.isEmpty || this.isTelling;
  }

  /** Is something left to be published from rows of the store alone? */
  get isTelling(): boolean {
    return this.#toldFrom !== null;
  }

  /** Shows the window of that slot at each scope that spoke. */
  show(slot: number): void {
    const panes = this.#shelf.window(slot);
    this.#board.dirty = true;
    for (const acc of this.#heard.takeMarks()) {
      const at = this.#heard.at(acc);
      const receivedAt = this.#heard.receivedAt(acc);
      let result: Result | null = this.#sum.over(panes, acc);
      // Where a tumbling window has just begun and holds nothing yet, the one before stays.
      if (result.count === 0 && !this.#sum.countsNothing && !this.#slots.slides)
        result = this.#before(slot, acc);
      // Nothing is found where all there was is older than what is kept, or was corrected away.
      if (result === null && at < this.#shelf.keptFrom)
        this.#board.hear(acc, at, receivedAt);
      else if (result === null) this.#board.set(acc, NaN, 0, at, receivedAt);
      else this.#board.set(acc, result.value, result.count, at, receivedAt);
    }
  }

  /** The newest window before that of `slot` in which something was counted. */
  #before(slot: number, acc: number): Result | null {
    const before = this.#slots.windowStart(slot);
    const pane = this.#shelf.newestBefore(before, acc);
    if (pane === null) return null;
    return this.#sum.over(this.#shelf.window(pane.start), acc);
  }

  /** Publishes slots that are over, at least one. */
  close(slot: number, points: Point[]): void {
    if (Number.isNaN(this.closedTo))
      this.closedTo = this.#shelf.nextStart(-Infinity, slot);
    for (let goesOn = true; goesOn && this.closedTo < slot;) {
      const closing = this.closedTo;
      const panes = this.#shelf.window(closing);
      if (panes.length === 0) {
        // Nothing to tell until the next pane.
        this.closedTo = this.#shelf.nextStart(closing, slot);
        continue;
      }
      this.closedTo = this.#slots.endOf(closing);
      goesOn = this.#publishKept(closing, panes, points);
    }
  }

  /** Slots of late readings are due for being published again, in any case where a slot has just begun. */
  gather(wall: number, rolls: boolean): void {
    const isDue = rolls || wall - this.#republishedAt >= REPUBLISH_AFTER;
    // Where the former ones are not done, these wait, so that they do not pile up.
    if (!isDue || !this.#again.isEmpty) return;
    this.#republishedAt = wall;
    this.#again.add(this.#slots.holdingAny(this.late));
    this.late.clear();
  }

  /** Publishes from these panes the slots that hold one of those that are gone. */
  tell(shelf: Shelf, missed: number[]): void {
    this.#toldFrom = { shelf, missed };
    this.#told.add(this.#slots.holdingAny(missed));
  }

  /** Publishes slots again whose panes changed after they were over. */
  publishAgain(points: Point[]): void {
    this.#again.give(this.closedTo, (slot) =>
      this.#publishKept(slot, this.#shelf.window(slot), points),
    );
    if (this.#toldFrom === null || this.effort <= 0) return;
    const { shelf } = this.#toldFrom;
    this.#told.give(this.closedTo, (slot) =>
      this.#publish(slot, shelf.window(slot), points),
    );
    if (this.#told.isEmpty) this.#toldFrom = null;
  }

  #publishKept(slot: number, panes: readonly Pane[], points: Point[]): boolean {
    if (this.#slots.windowStart(slot) >= this.#shelf.keptFrom)
      return this.#publish(slot, panes, points);
    this.#missed(slot);
    return --this.effort > 0;
  }

  /** @returns whether this evaluation may publish more. */
  #publish(slot: number, panes: readonly Pane[], points: Point[]): boolean {
    this.effort -= 1 + panes.length;
    for (let place = 0; place < this.#board.places; place++) {
      if (!this.#board.shows(place)) continue;
      if (this.#heard.at(place) === -Infinity) continue;
      const { value, count } = this.#sum.over(panes, place);
      this.effort -= POINT + panes.length * this.#sum.effort;
      const isKnown = count > 0 || this.#sum.countsNothing;
      // What was published may have been corrected away.
      if (isKnown || panes.some(({ bare }) => bare?.has(place)))
        points.push(this.#board.point(place, slot, isKnown ? value : NaN));
    }
    return this.effort > 0;
  }

  // ---- Checkpoint ---------------------------------------------------------

  /** Slots to be published again from panes that are kept, as `from, to, from, to, …`. */
  saveAgain(): number[] {
    const late: Span[] = this.#slots.holdingAny(this.late);
    return [...this.#again.save(), ...late.flat()];
  }
  loadAgain(flat: ArrayLike<number>): void {
    this.#again.load(flat);
  }

  /** Panes that are gone whose slots are not all published again: they must be asked for anew. */
  get told(): readonly number[] {
    return this.#toldFrom?.missed ?? [];
  }
}
