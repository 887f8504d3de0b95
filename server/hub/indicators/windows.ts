/**
 * Windows of kind `tumbling` and `sliding` of one indicator over all its
 * scopes, made of panes of one width:
 *
 * - tumbling, not longer than a slot: one pane is the window;
 * - tumbling, longer (a day's running total): panes from the window's start;
 * - sliding: panes of one `step` over the last `length`.
 *
 * A reading goes into the pane of its own time, however late it comes. Panes
 * are kept for as long as a shown window or a late reading may need them;
 * what comes later still, and corrections that cannot be worked in, are
 * computed anew from the store (`ask`, `answer`).
 */
import type { Indicator } from "../../../contract/indicator.ts";
import type { ReadingRows } from "../../../contract/reading.ts";
import { SECOND } from "../../../contract/time.ts";
import type { Sensors } from "../sensors.ts";
import type { Zone } from "../../../contract/zone.ts";
import type { Board } from "./board.ts";
import type { Findings, Point } from "./findings.ts";
import { Heard } from "./heard.ts";
import { type Pane, type Result, Sum } from "./panes.ts";
import { type Row, Recompute } from "./recompute.ts";
import { Shelf } from "./shelf.ts";
import { Slots, type Span } from "./slots.ts";
import {
  BAD,
  CITY,
  type Feeds,
  type SensorSource,
  sourceOf,
} from "./source.ts";
import type { Reader, Writer } from "./stream.ts";
import { compileWhere, type Where } from "./where.ts";

/** Slots whose late readings are gathered before they are published again. */
const REPUBLISH_AFTER = 10 * SECOND;

export class WindowMeter {
  readonly kind = "windows";
  readonly #sensors: Sensors;
  readonly #board: Board;
  readonly #source: SensorSource;
  readonly #where: Where | null;
  readonly #sum: Sum;
  readonly #slots: Slots;
  /** −1 where the indicator is not shown for the city. */
  readonly #city: number;

  readonly #shelf: Shelf;
  /** Slots that start before are published; NaN before the first evaluation. */
  #closedTo = NaN;
  #shownSlot = NaN;
  /** Published slots that late readings changed. */
  #late: Span | null = null;
  #republishedAt = -Infinity;

  readonly #heard = new Heard();
  readonly #recompute: Recompute;
  /** Points of slots that were computed anew from the store. */
  #recomputedPoints: Point[] = [];
  /** The panes whose windows these points are of. */
  #republished: number[] = [];

  constructor(
    indicator: Indicator,
    sensors: Sensors,
    board: Board,
    zone: Zone,
  ) {
    this.#sensors = sensors;
    this.#board = board;
    this.#source = sourceOf(indicator);
    const { aggregate, percentile, where } = this.#source;
    this.#where = where === null ? null : compileWhere(where);
    this.#sum = new Sum(aggregate, percentile);
    this.#slots = new Slots(indicator, zone);
    this.#city = board.shows(CITY) ? CITY : -1;
    this.#shelf = new Shelf(this.#sum, this.#slots);
    this.#recompute = new Recompute(this.#slots);
  }

  // ---- Readings (hot path) ----------------------------------------------

  /** A reading that was not there before; NaN for one that does not count (bad quality). */
  take(
    district: number,
    object: number,
    series: number,
    at: number,
    value: number,
    receivedAt: number,
  ): void {
    this.#recompute.note(series, at, value);
    if (Number.isNaN(value)) return;
    if (this.#tells(value)) this.#hear(district, object, at, receivedAt);
    const pane = this.#shelf.at(at, this.#board.count);
    if (pane === null) return this.#recompute.miss(this.#slots.startOf(at));
    if (pane.start < this.#closedTo) this.#isLate(pane.start);
    this.#add(pane, district, object, series, at, value);
  }

  /** A reading that was there with another value, or may have been. */
  doubt(
    district: number,
    object: number,
    series: number,
    at: number,
    value: number,
    receivedAt: number,
  ): void {
    if (!Number.isNaN(value) && this.#tells(value))
      this.#hear(district, object, at, receivedAt);
    if (this.#recompute.note(series, at, value)) return;
    const pane = this.#shelf.at(at, this.#board.count);
    if (pane === null) this.#recompute.miss(this.#slots.startOf(at));
    else pane.unsound = true;
  }

  /** Does the value shown stand on this reading? What a condition leaves out says something only where nothing is an answer. */
  #tells(value: number): boolean {
    return this.#where === null || this.#sum.countsAll || this.#where(value);
  }

  #add(
    pane: Pane,
    district: number,
    object: number,
    series: number,
    at: number,
    value: number,
  ): void {
    const hit = this.#where === null || this.#where(value);
    if (!hit && this.#sum.aggregate !== "ratio") return;
    const weight = this.#weight(series);
    if (this.#city >= 0)
      this.#sum.add(pane, this.#city, series, at, value, weight, hit);
    if (district >= 0)
      this.#sum.add(pane, district, series, at, value, weight, hit);
    if (object >= 0)
      this.#sum.add(pane, object, series, at, value, weight, hit);
  }

  #weight(series: number): number {
    const { weightBy } = this.#source;
    return weightBy === null
      ? 1
      : this.#sensors.attribute(weightBy, this.#sensors.sensorOf[series]!);
  }

  #hear(
    district: number,
    object: number,
    at: number,
    receivedAt: number,
  ): void {
    if (this.#city >= 0) this.#heard.hear(this.#city, at, receivedAt);
    if (district >= 0) this.#heard.hear(district, at, receivedAt);
    if (object >= 0) this.#heard.hear(object, at, receivedAt);
  }

  // ---- Binding ----------------------------------------------------------

  /** A series feeds the indicator from now on, with what it said last. */
  bind(district: number, object: number, series: number): void {
    const at = this.#sensors.at(series);
    if (at === -Infinity) return;
    this.#hear(district, object, at, this.#sensors.receivedAt(series));
    this.recomputeAll();
  }

  /** Other series feed the indicator than before: what is kept is counted anew. */
  recomputeAll(): void {
    this.#recompute.all();
  }

  // ---- Evaluation -------------------------------------------------------

  /** `now` is the time of the indicator's sources, `wall` the clock on the wall. */
  evaluate(now: number, wall: number, found: Findings): void {
    const slot = this.#slots.startOf(now);
    const rolls = slot !== this.#shownSlot;
    this.#shownSlot = slot;
    this.#close(slot, found);
    if (rolls) this.markAll();
    if (this.#heard.hasMarks) this.#show(slot);
    if (rolls || wall - this.#republishedAt >= REPUBLISH_AFTER) {
      this.#republishedAt = wall;
      this.#republish(found);
    }
    if (rolls)
      this.#shelf.forget(slot - this.#slots.keep, (start) =>
        this.#recompute.miss(start),
      );
    found.points.push(...this.#recomputedPoints);
    this.#recomputedPoints = [];
    this.#republished = [];
  }

  /** Whose time is the indicator's from now on: the wall's, or its sources' own. */
  follow(isOnWall: boolean): void {
    this.#heard.follow(isOnWall);
  }

  /** Has every scope reckoned anew. */
  markAll(): void {
    this.#heard.markAll();
  }

  #show(slot: number): void {
    const panes = this.#shelf.window(slot);
    this.#board.dirty = true;
    for (const acc of this.#heard.takeMarks()) {
      const at = this.#heard.at(acc);
      const receivedAt = this.#heard.receivedAt(acc);
      let result: Result | null = this.#sum.over(panes, acc);
      // Where a tumbling window has just begun and holds nothing yet, the one before stays.
      if (
        result.count === 0 &&
        !this.#sum.countsNothing &&
        this.#source.window.kind === "tumbling"
      )
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
    for (const start of this.#shelf.startsBefore(before)) {
      const earlier = this.#sum.over(this.#shelf.window(start), acc);
      if (earlier.count > 0) return earlier;
    }
    return null;
  }

  /** Publishes slots that are over. */
  #close(slot: number, found: Findings): void {
    if (Number.isNaN(this.#closedTo))
      this.#closedTo = this.#shelf.nextStart(-Infinity, slot);
    while (this.#closedTo < slot) {
      const panes = this.#shelf.window(this.#closedTo);
      if (panes.length === 0) {
        // Nothing to tell until the next pane.
        this.#closedTo = this.#shelf.nextStart(this.#closedTo, slot);
        continue;
      }
      this.#publish(this.#closedTo, panes, found.points);
      this.#closedTo = this.#slots.endOf(this.#closedTo);
    }
  }

  #publish(slot: number, panes: readonly Pane[], points: Point[]): void {
    for (let place = 0; place < this.#board.places; place++) {
      if (!this.#board.shows(place)) continue;
      if (this.#heard.at(place) === -Infinity) continue;
      const { value, count } = this.#sum.over(panes, place);
      if (count === 0 && !this.#sum.countsNothing) continue;
      points.push(this.#board.point(place, slot, value));
    }
  }

  #isLate(start: number): void {
    const [from, to] = this.#slots.holding(start);
    this.#late = this.#late
      ? [Math.min(from, this.#late[0]), Math.max(to, this.#late[1])]
      : [from, to];
  }

  /** Publishes slots again whose panes changed after they were over. */
  #republish(found: Findings): void {
    if (this.#late === null) return;
    const [from, to] = this.#late;
    this.#late = null;
    for (
      let slot = from;
      slot < Math.min(to, this.#closedTo);
      slot = this.#slots.endOf(slot)
    )
      if (this.#slots.windowStart(slot) < this.#shelf.keptFrom)
        this.#recompute.miss(slot);
      else {
        const panes = this.#shelf.window(slot);
        this.#publish(slot, panes, found.points);
      }
  }

  // ---- Counting anew from the store -------------------------------------

  /**
   * The span of readings that must be computed anew, or null. Gives no other
   * before it is answered. `series` is how many feed the indicator.
   */
  ask(now: number, series: number): Span | null {
    const kept = Math.max(
      this.#shelf.keptFrom,
      this.#slots.startOf(now) - this.#slots.keep,
    );
    return this.#recompute.ask(this.#shelf.unsound(), kept, series);
  }

  /** Is nothing left to count anew or to publish again? */
  get settled(): boolean {
    return (
      this.#recompute.idle &&
      this.#late === null &&
      this.#recomputedPoints.length === 0 &&
      this.#shelf.unsound().length === 0
    );
  }

  /** The store could not answer: the same will be asked again. */
  unanswered(): void {
    this.#recompute.unanswered();
  }

  /** Takes the store's rows of the span that was asked for. */
  answer(rows: ReadingRows, feedsOf: (series: number) => Feeds | null): void {
    const asked = this.#recompute.answered();
    if (asked === null) return;
    const shelf = asked.slots ? new Shelf(this.#sum, this.#slots) : this.#shelf;
    if (!asked.slots) this.#empty(asked.span);
    const take = ({ series, at, value }: Row): void => {
      const start = this.#slots.startOf(at);
      if (start < asked.span[0] || start >= asked.span[1]) return;
      if (start < shelf.keptFrom) return;
      const feeds = Number.isNaN(value) ? null : feedsOf(series);
      if (feeds === null) return;
      const { district, object } = feeds;
      const pane = shelf.open(start, this.#board.count);
      this.#add(pane, district, object, series, at, value);
      if (!asked.slots && start < this.#closedTo) this.#isLate(start);
    };
    for (let i = 0; i < rows.count; i++) {
      const row = {
        series: rows.series[i]!,
        at: rows.at[i]!,
        value: rows.value[i]!,
      };
      if (rows.quality[i] === BAD || asked.isSince(row)) continue;
      take(row);
    }
    asked.since.forEach(take);
    if (!asked.slots) this.markAll();
    else {
      this.#republished.push(...asked.missed);
      this.#publishAgain(asked.slots, shelf);
    }
  }

  #empty([from, to]: Span): void {
    for (const pane of this.#shelf.all()) {
      if (pane.start < from || pane.start >= to) continue;
      pane.cells.fill(0);
      pane.bags = [];
      pane.unsound = false;
      if (pane.start < this.#closedTo) this.#isLate(pane.start);
    }
  }

  #publishAgain([from, to]: Span, shelf: Shelf): void {
    for (
      let slot = from;
      slot < Math.min(to, this.#closedTo);
      slot = this.#slots.endOf(slot)
    )
      this.#publish(slot, shelf.window(slot), this.#recomputedPoints);
  }

  // ---- Checkpoint ---------------------------------------------------------

  save(into: Writer): void {
    into.number(this.#closedTo);
    into.number(this.#shelf.keptFrom);
    into.list(this.#late ?? []);
    this.#heard.save(into);
    this.#recompute.save(into, this.#republished);
    this.#shelf.save(into);
  }

  /** @param accOf the accumulator that a saved one is now; −1 = gone. */
  load(from: Reader, accOf: (saved: number) => number): void {
    this.#closedTo = from.number();
    this.#shelf.keptFrom = from.number();
    const [lateFrom, lateTo] = from.list();
    this.#late = lateTo === undefined ? null : [lateFrom!, lateTo];
    this.#heard.load(from, accOf);
    this.#recompute.load(from);
    this.#shelf.load(from, this.#board.count, accOf);
  }
}
