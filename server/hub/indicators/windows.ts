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
 *
 * What is over is worked off in turns: each evaluation counts some of the
 * store's rows and publishes some slots, so that one sensor's old readings
 * hold nobody up. The panes in memory are bounded: by what is kept before an
 * indicator's time and by the horizon after it.
 */
import type { Indicator } from "../../../contract/indicator.ts";
import type { ReadingRows } from "../../../contract/reading.ts";
import type { Sensors } from "../sensors.ts";
import type { Zone } from "../../../contract/zone.ts";
import type { Board } from "./board.ts";
import type { Findings } from "./findings.ts";
import { Heard } from "./heard.ts";
import { Horizon } from "./horizon.ts";
import { type Pane, Sum } from "./panes.ts";
import { Publisher } from "./publisher.ts";
import { type Counted, Recompute } from "./recompute.ts";
import { Shelf } from "./shelf.ts";
import { Slots, type Span } from "./slots.ts";
import { CITY, type Feeds, type SensorSource, sourceOf } from "./source.ts";
import type { Reader, Writer } from "./stream.ts";
import { compileWhere, type Where } from "./where.ts";

/** Steps of work for a row of the store that is counted. */
const ROW = 20;

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
  #shownSlot = NaN;
  readonly #horizon: Horizon;

  readonly #heard = new Heard();
  readonly #recompute: Recompute;
  readonly #publisher: Publisher;
  /** Panes made of the store's rows while these are counted. */
  #anew: Shelf | null = null;
  #feedsOf: (series: number) => Feeds | null = () => null;

  constructor(
    indicator: Indicator,
    sensors: Sensors,
    board: Board,
    zone: Zone,
    /** The time of the indicator's sources. */
    timeAt: (wall: number) => number,
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
    this.#publisher = new Publisher({
      ...{ board, sum: this.#sum, slots: this.#slots, shelf: this.#shelf },
      ...{ heard: this.#heard, missed: (slot) => this.#recompute.miss(slot) },
    });
    this.#horizon = new Horizon(this.#slots, timeAt);
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
    const horizon = this.#horizon;
    // Whoever speaks of a time beyond has not spoken of now.
    if (at >= horizon.to && horizon.isBeyond(at, receivedAt)) return;
    this.#recompute.note(series, at, value);
    if (Number.isNaN(value)) return;
    if (this.#tells(value)) this.#hear(district, object, at, receivedAt);
    const pane = this.#pane(at, receivedAt);
    if (pane === null) return;
    const publisher = this.#publisher;
    if (pane.start < publisher.closedTo) publisher.late.add(pane.start);
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
    const horizon = this.#horizon;
    // Whoever speaks of a time beyond has not spoken of now.
    if (at >= horizon.to && horizon.isBeyond(at, receivedAt)) return;
    if (!Number.isNaN(value) && this.#tells(value))
      this.#hear(district, object, at, receivedAt);
    if (this.#recompute.note(series, at, value)) return;
    const pane = this.#pane(at, receivedAt);
    if (pane !== null) pane.unsound = true;
  }

  /** The pane of that moment; null where it is gone, which is remembered. */
  #pane(at: number, receivedAt: number): Pane | null {
    if (this.#shelf.size > this.#slots.most)
      this.#forget(this.#horizon.slotAt(receivedAt));
    const pane = this.#shelf.at(at, this.#board.count);
    if (pane === null) this.#recompute.miss(this.#slots.startOf(at));
    return pane;
  }

  /** Does the value shown stand on this reading? What a condition leaves out says something only where nothing is an answer. */
  #tells(value: number): boolean {
    return this.#where === null || this.#sum.countsAll || this.#where(value);
  }

  /** @returns whether it counts. */
  #add(
    pane: Pane,
    district: number,
    object: number,
    series: number,
    at: number,
    value: number,
  ): boolean {
    const hit = this.#where === null || this.#where(value);
    if (!hit && this.#sum.aggregate !== "ratio") return false;
    const weight = this.#weight(series);
    if (this.#city >= 0)
      this.#sum.add(pane, this.#city, series, at, value, weight, hit);
    if (district >= 0)
      this.#sum.add(pane, district, series, at, value, weight, hit);
    if (object >= 0)
      this.#sum.add(pane, object, series, at, value, weight, hit);
    return true;
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
    if (at < this.#horizon.to || this.#horizon.to === -Infinity)
      this.#hear(district, object, at, this.#sensors.receivedAt(series));
    this.recomputeAll();
  }

  /** Other series feed the indicator than before: what is kept is counted anew. */
  recomputeAll(): void {
    this.#recompute.all();
  }

  // ---- Evaluation -------------------------------------------------------

  /**
   * `now` is the time of the indicator's sources, `wall` the clock on the wall.
   * Work on the past ends after about `effort` steps and is then `busy`.
   */
  evaluate(now: number, wall: number, found: Findings, effort: number): void {
    const slot = this.#slots.startOf(now);
    if (slot < this.#shelf.keptFrom) this.#startOver();
    const rolls = slot !== this.#shownSlot;
    this.#shownSlot = slot;
    this.#horizon.look(now);
    if (rolls) this.#takeFromAside();
    const publisher = this.#publisher;
    const counted = this.#recompute.counts ? this.#count(effort / 2) : 0;
    publisher.effort = effort - counted;
    publisher.close(slot, found.points);
    if (rolls) this.markAll();
    if (this.#heard.hasMarks) publisher.show(slot);
    publisher.gather(wall, rolls);
    publisher.publishAgain(found.points);
    if (rolls) this.#forget(slot);
  }

  /** Is work left for the next evaluation? */
  get busy(): boolean {
    return (
      this.#recompute.counts ||
      this.#publisher.busy ||
      this.#publisher.closedTo < this.#shownSlot
    );
  }

  /** Time went back, as other clocks count now: what is kept lies in the future. */
  #startOver(): void {
    this.#shelf.startOver();
    this.#publisher.closedTo = NaN;
    this.#recompute.all();
  }

  #takeFromAside(): void {
    for (const start of this.#horizon.takeDue())
      if (start < this.#shelf.keptFrom) this.#recompute.miss(start);
      else this.#shelf.open(start, this.#board.count).unsound = true;
  }

  #forget(slot: number): void {
    this.#shelf.forget(slot - this.#slots.keep, ({ start, unsound }) => {
      const isTold = this.#slots.holding(start)[1] <= this.#publisher.closedTo;
      if (unsound || !isTold) this.#recompute.miss(start);
    });
  }

  /** Whose time is the indicator's from now on: the wall's, or its sources' own. */
  follow(isOnWall: boolean): void {
    this.#heard.follow(isOnWall);
  }

  /** Has every scope reckoned anew. */
  markAll(): void {
    this.#heard.markAll();
  }

  // ---- Counting anew from the store -------------------------------------

  /**
   * The span of readings that must be computed anew, or null. Gives no other
   * before it is answered. `now` is the time of the indicator's sources,
   * `series` is how many feed it.
   */
  ask(now: number, wall: number, series: number): Span | null {
    this.#horizon.look(now);
    const from = Math.max(
      this.#shelf.keptFrom,
      this.#slots.startOf(now) - this.#slots.keep,
    );
    const kept: Span = [from, this.#horizon.to];
    const publishes =
      !Number.isNaN(this.#publisher.closedTo) && !this.#publisher.isTelling;
    const unsound = this.#shelf.unsound();
    return this.#recompute.ask({ unsound, kept, series, publishes }, wall);
  }

  /** Is nothing left to count anew or to publish again? */
  get settled(): boolean {
    return (
      this.#recompute.idle &&
      this.#publisher.late.size === 0 &&
      !this.busy &&
      this.#shelf.unsound().length === 0
    );
  }

  /** The store could not answer: the same will be asked again. */
  unanswered(): void {
    this.#recompute.unanswered();
  }

  /** Takes the store's rows of the span that was asked for; evaluations count them. */
  answer(rows: ReadingRows, feedsOf: (series: number) => Feeds | null): void {
    this.#recompute.answered(rows);
    this.#anew = new Shelf(this.#sum, this.#slots);
    this.#feedsOf = feedsOf;
  }

  /** @returns the steps that it took, of that many at the most. */
  #count(effort: number): number {
    const most = Math.max(1, Math.floor(effort / ROW));
    const shelf = this.#anew!;
    const take = (series: number, at: number, value: number) =>
      this.#countInto(shelf, series, at, value);
    const steps = ROW * this.#recompute.count(most, take);
    const counted = this.#recompute.counted();
    if (counted === null) return steps;
    for (const { series, at, value } of counted.since) take(series, at, value);
    this.#anew = null;
    if (counted.missed === null) this.#replace(counted, shelf);
    else {
      for (const start of counted.corrected) this.#recompute.miss(start);
      this.#publisher.tell(shelf, counted.missed);
    }
    return steps;
  }

  #countInto(shelf: Shelf, series: number, at: number, value: number): void {
    const start = this.#slots.startOf(at);
    if (start >= this.#horizon.to) return this.#horizon.putAside(start);
    const feeds = this.#feedsOf(series);
    if (feeds === null) return;
    const pane = shelf.open(start, this.#board.count);
    const { district, object } = feeds;
    if (
      !Number.isNaN(value) &&
      this.#add(pane, district, object, series, at, value)
    )
      return;
    pane.bare ??= new Set();
    if (this.#city >= 0) pane.bare.add(this.#city);
    if (district >= 0) pane.bare.add(district);
  }

  /** What is kept of that span is now what the store's rows say. */
  #replace({ span, corrected }: Counted, by: Shelf): void {
    const [from, to] = span;
    for (const shelf of [this.#shelf, by])
      for (const { start } of shelf.all())
        if (start >= from && start < to && start < this.#publisher.closedTo)
          this.#publisher.late.add(start);
    this.#shelf.replace(span, by);
    for (const start of corrected)
      if (start >= this.#shelf.keptFrom)
        this.#shelf.open(start, this.#board.count).unsound = true;
    this.markAll();
  }

  // ---- Checkpoint ---------------------------------------------------------

  save(into: Writer): void {
    const publisher = this.#publisher;
    into.number(publisher.closedTo);
    into.number(this.#shelf.keptFrom);
    into.list(publisher.saveAgain());
    this.#heard.save(into);
    const aside = this.#horizon.aside;
    this.#recompute.save(into, [...publisher.told, ...aside]);
    this.#shelf.save(into);
  }

  /** @param accOf the accumulator that a saved one is now; −1 = gone. */
  load(from: Reader, accOf: (saved: number) => number): void {
    this.#publisher.closedTo = from.number();
    this.#shelf.keptFrom = from.number();
    this.#publisher.loadAgain(from.list());
    this.#heard.load(from, accOf);
    // Panes are missed only where they are gone or published: the others were put aside.
    const published = Math.max(this.#publisher.closedTo, this.#shelf.keptFrom);
    this.#recompute.load(from, (start) => {
      if (start >= published) this.#horizon.putAside(start);
      else this.#recompute.miss(start);
    });
    this.#shelf.load(from, this.#board.count, accOf);
  }
}
