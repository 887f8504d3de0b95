/**
 * Windows of kind `latest`: an aggregate over the newest value of every
 * matching sensor that is not stale.
 *
 * Members stand in blocks of one district each. A reading only marks its
 * block; an evaluation counts marked blocks anew and adds up the blocks'
 * results. Nothing is ever subtracted, and a million members cost a few
 * thousand steps per evaluation.
 */
import type { Indicator } from "../../../contract/indicator.ts";
import {
  AT,
  LATEST,
  QUALITY,
  RECEIVED,
  type Sensors,
  VALUE,
} from "../sensors.ts";
import { grown } from "../sensors/columns.ts";
import { add, CELLS, merge, resultOf } from "./aggregate.ts";
import { Percentile } from "./bags.ts";
import type { Board } from "./board.ts";
import { BAD, CITY, type SensorSource, sourceOf } from "./source.ts";
import { compileWhere, type Where } from "./where.ts";

const BLOCK = 64;
/** Periods after which a sensor is stale (decisions B4). */
const STALE_PERIODS = 3;

/** Entries of `#heard` per block. */
const HEARD = 4;
const NEWEST = 0;
const NEWEST_RECEIVED = 1;
/** When the first of the block's members turns stale. */
const EXPIRES = 2;
const FRESH = 3;

export class LatestMeter {
  readonly kind = "latest";
  readonly #sensors: Sensors;
  readonly #board: Board;
  readonly #source: SensorSource;
  readonly #where: Where | null;
  readonly #aggregate: SensorSource["aggregate"];
  readonly #staleAfter: number;

  /** Series at each position; −1 = free. */
  #members = new Int32Array(BLOCK);
  #blocks = 0;
  /** The accumulator of the block's district, −1 for members of none. */
  #district = new Int32Array(16);
  #cells = new Float64Array(16 * CELLS);
  #heard = new Float64Array(16 * HEARD);
  #marked = new Uint8Array(16);
  #anyMarked = false;
  /** District → free positions, lowest last. */
  readonly #free = new Map<number, number[]>();
  #objects: number[] = [];
  #objectMarked = new Uint8Array(16);
  /** Object accumulator → series. */
  #objectSeries = new Int32Array(16);

  constructor(indicator: Indicator, sensors: Sensors, board: Board) {
    this.#sensors = sensors;
    this.#board = board;
    this.#source = sourceOf(indicator);
    this.#where =
      this.#source.where === null ? null : compileWhere(this.#source.where);
    // Each sensor has one newest value: distinct sensors are simply counted.
    this.#aggregate =
      this.#source.aggregate === "distinct" ? "count" : this.#source.aggregate;
    this.#staleAfter = indicator.staleAfter;
  }

  /** Takes a series in. @returns its position. `district` and `object` are accumulators or −1. */
  bind(series: number, district: number, object: number): number {
    let free = this.#free.get(district);
    if (!free) this.#free.set(district, (free = []));
    if (free.length === 0) this.#addBlock(district, free);
    const position = free.pop()!;
    this.#members[position] = series;
    this.#mark(position);
    if (object >= 0) {
      this.#objectSeries = grown(this.#objectSeries, object + 1);
      this.#objectMarked = grown(this.#objectMarked, object + 1);
      this.#objectSeries[object] = series;
      this.#markObject(object);
    }
    return position;
  }

  unbind(position: number): void {
    this.#members[position] = -1;
    this.#mark(position);
    this.#free
      .get(this.#district[Math.floor(position / BLOCK)]!)!
      .push(position);
  }

  /** A member has a new latest value. */
  touch(position: number, object: number): void {
    this.#mark(position);
    if (object >= 0) this.#markObject(object);
  }

  /** Has every scope reckoned anew. */
  markAll(): void {
    this.#marked.fill(1, 0, this.#blocks);
    this.#anyMarked = true;
  }

  #addBlock(district: number, free: number[]): void {
    const block = this.#blocks++;
    this.#members = grown(this.#members, this.#blocks * BLOCK);
    this.#district = grown(this.#district, this.#blocks);
    this.#cells = grown(this.#cells, this.#blocks * CELLS);
    this.#heard = grown(this.#heard, this.#blocks * HEARD);
    this.#marked = grown(this.#marked, this.#blocks);
    this.#district[block] = district;
    this.#members.fill(-1, block * BLOCK, (block + 1) * BLOCK);
    for (let i = BLOCK - 1; i >= 0; i--) free.push(block * BLOCK + i);
  }

  #mark(position: number): void {
    this.#marked[(position / BLOCK) | 0] = 1;
    this.#anyMarked = true;
  }

  #markObject(object: number): void {
    if (this.#objectMarked[object]) return;
    this.#objectMarked[object] = 1;
    this.#objects.push(object);
  }

  evaluate(now: number): void {
    for (let block = 0; block < this.#blocks; block++)
      if (now > this.#heard[block * HEARD + EXPIRES]!) {
        this.#marked[block] = 1;
        this.#anyMarked = true;
      }
    if (this.#anyMarked) {
      for (let block = 0; block < this.#blocks; block++)
        if (this.#marked[block]) this.#count(block, now);
      this.#anyMarked = false;
      this.#addUp(now);
    }
    for (const object of this.#objects) this.#countObject(object, now);
    this.#objects = [];
  }

  /** Counts the members of a block. */
  #count(block: number, now: number): void {
    this.#marked[block] = 0;
    const heard = block * HEARD;
    this.#cells.fill(0, block * CELLS, (block + 1) * CELLS);
    this.#heard[heard + NEWEST] = -Infinity;
    this.#heard[heard + NEWEST_RECEIVED] = -Infinity;
    this.#heard[heard + EXPIRES] = Infinity;
    this.#heard[heard + FRESH] = 0;
    for (let i = block * BLOCK; i < (block + 1) * BLOCK; i++)
      if (this.#members[i]! >= 0)
        this.#take(
          this.#members[i]!,
          now,
          this.#cells,
          block * CELLS,
          this.#heard,
          heard,
        );
  }

  /** Takes the newest value of one series in, where it has one that counts. */
  #take(
    series: number,
    now: number,
    cells: Float64Array,
    i: number,
    heard: Float64Array,
    h: number,
  ): void {
    const latest = this.#sensors.latest;
    const s = LATEST * series;
    const at = latest[s + AT]!;
    if (at === -Infinity || latest[s + QUALITY] === BAD) return;
    if (at > heard[h + NEWEST]!) heard[h + NEWEST] = at;
    if (latest[s + RECEIVED]! > heard[h + NEWEST_RECEIVED]!)
      heard[h + NEWEST_RECEIVED] = latest[s + RECEIVED]!;
    const expires = at + this.#staleAfterOf(series);
    if (now > expires) return;
    if (expires < heard[h + EXPIRES]!) heard[h + EXPIRES] = expires;
    heard[h + FRESH]!++;
    const value = latest[s + VALUE]!;
    const hit = this.#where === null || this.#where(value);
    if (!hit && this.#aggregate !== "ratio") return;
    add(
      this.#aggregate,
      cells,
      i,
      series,
      at,
      value,
      this.#weight(series),
      hit,
    );
  }

  #staleAfterOf(series: number): number {
    const period = this.#sensors.metricPeriod(series);
    return period > 0 ? STALE_PERIODS * period : this.#staleAfter;
  }

  #weight(series: number): number {
    const { weightBy } = this.#source;
    return weightBy === null
      ? 1
      : this.#sensors.attribute(weightBy, this.#sensors.sensorOf[series]!);
  }

  /** Adds the blocks up to the districts and the city. */
  #addUp(now: number): void {
    const places = this.#board.places;
    const cells = new Float64Array(places * CELLS);
    const heard = new Float64Array(places * HEARD).fill(-Infinity);
    for (let place = 0; place < places; place++)
      heard[place * HEARD + FRESH] = 0;
    for (let block = 0; block < this.#blocks; block++) {
      this.#addBlockTo(CITY, block, cells, heard);
      const district = this.#district[block]!;
      if (district >= 0) this.#addBlockTo(district, block, cells, heard);
    }
    for (let place = 0; place < places; place++) {
      if (!this.#board.shows(place)) continue;
      const h = place * HEARD;
      const fresh = heard[h + FRESH]!;
      let value = NaN;
      if (fresh > 0)
        value =
          this.#aggregate === "percentile"
            ? this.#percentile(place, now)
            : resultOf(this.#aggregate, cells, place * CELLS);
      this.#board.set(
        place,
        value,
        fresh,
        heard[h + NEWEST]!,
        heard[h + NEWEST_RECEIVED]!,
      );
    }
  }

  #addBlockTo(
    place: number,
    block: number,
    cells: Float64Array,
    heard: Float64Array,
  ): void {
    const from = block * HEARD;
    const to = place * HEARD;
    const own = this.#heard;
    merge(this.#aggregate, cells, place * CELLS, this.#cells, block * CELLS);
    heard[to + FRESH]! += own[from + FRESH]!;
    if (own[from + NEWEST]! > heard[to + NEWEST]!)
      heard[to + NEWEST] = own[from + NEWEST]!;
    if (own[from + NEWEST_RECEIVED]! > heard[to + NEWEST_RECEIVED]!)
      heard[to + NEWEST_RECEIVED] = own[from + NEWEST_RECEIVED]!;
  }

  #percentile(place: number, now: number): number {
    const bag = new Percentile(this.#source.percentile!);
    for (let i = 0; i < this.#blocks * BLOCK; i++) {
      const series = this.#members[i]!;
      if (series < 0) continue;
      if (place !== CITY && this.#district[Math.floor(i / BLOCK)] !== place)
        continue;
      const latest = this.#sensors.latest;
      const value = latest[LATEST * series + VALUE]!;
      if (
        now <= latest[LATEST * series + AT]! + this.#staleAfterOf(series) &&
        latest[LATEST * series + QUALITY] !== BAD &&
        (this.#where === null || this.#where(value))
      )
        bag.add(series, 0, value);
    }
    return bag.result();
  }

  #countObject(object: number, now: number): void {
    this.#objectMarked[object] = 0;
    const cells = new Float64Array(CELLS);
    const heard = new Float64Array(HEARD).fill(-Infinity, 0, FRESH);
    const series = this.#objectSeries[object]!;
    this.#take(series, now, cells, 0, heard, 0);
    const value =
      this.#aggregate === "percentile" && cells[0]! > 0
        ? this.#sensors.value(series)
        : resultOf(this.#aggregate, cells, 0);
    this.#board.set(
      object,
      heard[FRESH] === 0 ? NaN : value,
      heard[FRESH]!,
      heard[NEWEST]!,
      heard[NEWEST_RECEIVED]!,
    );
  }
}
