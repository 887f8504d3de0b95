/**
 * Windows of kind `latest`: an aggregate over the newest value of every
 * matching sensor that is not stale.
 *
 * Members stand in blocks of one district each. A reading only marks its
 * block; an evaluation counts marked blocks anew and adds up the blocks'
 * results. Nothing is ever subtracted, and a million members cost a few
 * thousand steps per evaluation.
 */
import { AHEAD } from "../../../contract/time.ts";
import type { Indicator } from "../../../contract/indicator.ts";
import type { Sensors } from "../sensors.ts";
import { grown } from "../sensors/columns.ts";
import { add, CELLS, countsNothing, merge, resultOf } from "./aggregate.ts";
import { Percentile } from "./bags.ts";
import type { Board } from "./board.ts";
import { Heard } from "./heard.ts";
import { CITY, type SensorSource, sourceOf } from "./source.ts";
import { compileWhere, type Where } from "./where.ts";

const BLOCK = 64;
/** Periods after which a sensor is stale (decisions B4). */
const STALE_PERIODS = 3;

/** Entries of `#newest` per member. NaN stands for a value that does not count (bad quality). */
const MEMBER = 4;
const VALUE = 0;
const AT = 1;
/** When it turns stale, and how long after `at` that is. */
const EXPIRES = 2;
const STALE_AFTER = 3;

export class LatestMeter {
  readonly kind = "latest";
  readonly #sensors: Sensors;
  readonly #board: Board;
  readonly #source: SensorSource;
  readonly #where: Where | null;
  readonly #aggregate: SensorSource["aggregate"];
  readonly #countsAll: boolean;

  /** Series at each position; −1 = free. */
  #members = new Int32Array(0);
  #newest = new Float64Array(0);
  #weights = new Float64Array(0);
  readonly #heard = new Heard();
  /** How far ahead of its receipt a reading may lie to count. */
  #ahead = Infinity;

  #blocks = 0;
  /** The accumulator of each block's district, −1 for members of none. */
  #district = new Int32Array(0);
  #cells = new Float64Array(0);
  #fresh = new Int32Array(0);
  /** When the first of the block's members turns stale. */
  #expires = new Float64Array(0);
  #marked = new Uint8Array(0);
  #marks: number[] = [];
  #nextExpiry = Infinity;
  /** District → free positions, lowest last. */
  readonly #free = new Map<number, number[]>();

  /** Object accumulator → position. */
  #positions = new Int32Array(0);

  constructor(indicator: Indicator, sensors: Sensors, board: Board) {
    this.#sensors = sensors;
    this.#board = board;
    this.#source = sourceOf(indicator);
    this.#where =
      this.#source.where === null ? null : compileWhere(this.#source.where);
    // Each sensor has one newest value: distinct sensors are simply counted.
    this.#aggregate =
      this.#source.aggregate === "distinct" ? "count" : this.#source.aggregate;
    this.#countsAll =
      countsNothing(this.#aggregate) || this.#aggregate === "ratio";
  }

  // ---- Readings (hot path) ------------------------------------------------

  /** The newest reading of a member, or an older one, which changes nothing (R3). */
  take(
    position: number,
    district: number,
    object: number,
    at: number,
    value: number,
    receivedAt: number,
  ): void {
    const m = MEMBER * position;
    const newest = this.#newest;
    if (at < newest[m + AT]! || at > receivedAt + this.#ahead) return;
    newest[m + VALUE] = value;
    newest[m + AT] = at;
    newest[m + EXPIRES] = at + newest[m + STALE_AFTER]!;
    this.#mark((position / BLOCK) | 0);
    if (this.#tells(value)) {
      this.#heard.hear(CITY, at, receivedAt);
      if (district >= 0) this.#heard.hear(district, at, receivedAt);
      if (object >= 0) this.#heard.hear(object, at, receivedAt);
    }
    if (object >= 0) this.#heard.mark(object);
  }

  /** Whose time is the indicator's from now on: the wall's, by which members from the future do not count, or its sources' own. */
  follow(isOnWall: boolean, wall: number): void {
    this.#ahead = isOnWall ? AHEAD : Infinity;
    this.#heard.follow(isOnWall);
    const newest = this.#newest;
    for (let m = 0; m < newest.length; m += MEMBER) {
      if (newest[m + AT]! <= wall + this.#ahead) continue;
      newest[m + AT] = newest[m + EXPIRES] = -Infinity;
      this.#mark((m / MEMBER / BLOCK) | 0);
    }
  }

  /** Does the value shown stand on this one? What a condition leaves out says something only where nothing is an answer. */
  #tells(value: number): boolean {
    if (Number.isNaN(value)) return false;
    return this.#where === null || this.#countsAll || this.#where(value);
  }

  #mark(block: number): void {
    if (this.#marked[block]) return;
    this.#marked[block] = 1;
    this.#marks.push(block);
  }

  // ---- Binding --------------------------------------------------------------

  /** Takes a series in, with what it said last. @returns its position. `district` and `object` are accumulators or −1. */
  bind(series: number, district: number, object: number): number {
    let free = this.#free.get(district);
    if (!free) this.#free.set(district, (free = []));
    if (free.length === 0) this.#addBlock(district, free);
    const position = free.pop()!;
    this.#members[position] = series;
    if (object >= 0) {
      this.#positions = grown(this.#positions, object + 1);
      this.#positions[object] = position;
    }
    this.refresh(position, district, object);
    return position;
  }

  /** Reads again what a member said last and what it weighs. */
  refresh(position: number, district: number, object: number): void {
    const sensors = this.#sensors;
    const series = this.#members[position]!;
    const { weightBy } = this.#source;
    this.#weights[position] =
      weightBy === null
        ? 1
        : sensors.attribute(weightBy, sensors.sensorOf[series]!);
    const period = sensors.metricPeriod(series);
    this.#newest[MEMBER * position + STALE_AFTER] =
      period > 0 ? STALE_PERIODS * period : this.#board.indicator.staleAfter;
    this.#mark(Math.floor(position / BLOCK));
    if (sensors.at(series) === -Infinity) return;
    const value =
      sensors.quality(series) === "bad" ? NaN : sensors.value(series);
    this.take(
      position,
      district,
      object,
      sensors.at(series),
      value,
      sensors.receivedAt(series),
    );
  }

  unbind(position: number): void {
    const block = Math.floor(position / BLOCK);
    this.#members[position] = -1;
    this.#newest.fill(-Infinity, MEMBER * position, MEMBER * (position + 1));
    this.#mark(block);
    this.#free.get(this.#district[block]!)!.push(position);
  }

  #addBlock(district: number, free: number[]): void {
    const block = this.#blocks++;
    const members = this.#blocks * BLOCK;
    this.#members = grown(this.#members, members, -1);
    this.#newest = grown(this.#newest, MEMBER * members, -Infinity);
    this.#weights = grown(this.#weights, members);
    this.#district = grown(this.#district, this.#blocks);
    this.#cells = grown(this.#cells, this.#blocks * CELLS);
    this.#fresh = grown(this.#fresh, this.#blocks);
    this.#expires = grown(this.#expires, this.#blocks, Infinity);
    this.#marked = grown(this.#marked, this.#blocks);
    this.#district[block] = district;
    for (let i = BLOCK - 1; i >= 0; i--) free.push(block * BLOCK + i);
  }

  // ---- Evaluation -----------------------------------------------------------

  /** Has every scope reckoned anew. */
  markAll(): void {
    for (let block = 0; block < this.#blocks; block++) this.#mark(block);
    this.#heard.markAll();
  }

  evaluate(now: number): void {
    if (now > this.#nextExpiry) {
      this.#nextExpiry = Infinity;
      for (let block = 0; block < this.#blocks; block++)
        if (now > this.#expires[block]!) this.#mark(block);
        else
          this.#nextExpiry = Math.min(this.#nextExpiry, this.#expires[block]!);
    }
    if (this.#marks.length > 0) {
      for (const block of this.#marks) this.#count(block, now);
      this.#marks = [];
      this.#addUp(now);
    }
    for (const acc of this.#heard.takeMarks())
      if (acc >= this.#board.places) this.#countObject(acc, now);
  }

  /** Counts the members of a block. */
  #count(block: number, now: number): void {
    this.#marked[block] = 0;
    const cells = this.#cells;
    const newest = this.#newest;
    cells.fill(0, block * CELLS, (block + 1) * CELLS);
    let expires = Infinity;
    let fresh = 0;
    for (let i = block * BLOCK; i < (block + 1) * BLOCK; i++) {
      const until = newest[MEMBER * i + EXPIRES]!;
      if (now > until || Number.isNaN(newest[MEMBER * i + VALUE]!)) continue;
      if (until < expires) expires = until;
      fresh++;
      this.#add(i, cells, block * CELLS);
    }
    this.#fresh[block] = fresh;
    this.#expires[block] = expires;
    if (expires < this.#nextExpiry) this.#nextExpiry = expires;
  }

  #add(position: number, cells: Float64Array, i: number): void {
    const value = this.#newest[MEMBER * position + VALUE]!;
    const hit = this.#where === null || this.#where(value);
    if (!hit && this.#aggregate !== "ratio") return;
    add(
      this.#aggregate,
      cells,
      i,
      this.#members[position]!,
      this.#newest[MEMBER * position + AT]!,
      value,
      this.#weights[position]!,
      hit,
    );
  }

  /** Adds the blocks up to the districts and the city. */
  #addUp(now: number): void {
    const places = this.#board.places;
    const cells = new Float64Array(places * CELLS);
    const fresh = new Float64Array(places);
    for (let block = 0; block < this.#blocks; block++) {
      if (this.#fresh[block] === 0) continue;
      this.#addBlockTo(CITY, block, cells, fresh);
      const district = this.#district[block]!;
      if (district >= 0) this.#addBlockTo(district, block, cells, fresh);
    }
    for (let place = 0; place < places; place++) {
      if (!this.#board.shows(place)) continue;
      let value = NaN;
      if (fresh[place]! > 0)
        value =
          this.#aggregate === "percentile"
            ? this.#percentile(place, now)
            : resultOf(this.#aggregate, cells, place * CELLS);
      this.#tell(place, value, fresh[place]!);
    }
  }

  #addBlockTo(
    place: number,
    block: number,
    cells: Float64Array,
    fresh: Float64Array,
  ): void {
    merge(this.#aggregate, cells, place * CELLS, this.#cells, block * CELLS);
    fresh[place]! += this.#fresh[block]!;
  }

  #percentile(place: number, now: number): number {
    const bag = new Percentile(this.#source.percentile!);
    for (let i = 0; i < this.#blocks * BLOCK; i++) {
      const block = Math.floor(i / BLOCK);
      if (place !== CITY && this.#district[block] !== place) continue;
      const value = this.#newest[MEMBER * i + VALUE]!;
      if (
        now <= this.#newest[MEMBER * i + EXPIRES]! &&
        !Number.isNaN(value) &&
        (this.#where === null || this.#where(value))
      )
        bag.add(0, 0, value);
    }
    return bag.result();
  }

  #countObject(object: number, now: number): void {
    const position = this.#positions[object]!;
    const m = MEMBER * position;
    const value = this.#newest[m + VALUE]!;
    if (now > this.#newest[m + EXPIRES]! || Number.isNaN(value))
      return this.#tell(object, NaN, 0);
    const cells = new Float64Array(CELLS);
    this.#add(position, cells, 0);
    const result =
      this.#aggregate === "percentile" && cells[0]! > 0
        ? value
        : resultOf(this.#aggregate, cells, 0);
    this.#tell(object, result, 1);
  }

  #tell(acc: number, value: number, observations: number): void {
    const at = this.#heard.at(acc);
    if (at === -Infinity) return;
    const receivedAt = this.#heard.receivedAt(acc);
    this.#board.set(acc, value, observations, at, receivedAt);
  }
}
