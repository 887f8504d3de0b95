/** Decides which series feeds which indicator, into which accumulators. */
import type { Sensors } from "../sensors.ts";
import { Binding } from "./binding.ts";
import { type Entry, stampOf } from "./entry.ts";
import { NONE, NORMAL, STALE } from "./levels.ts";
import { CITY, type Feeds } from "./source.ts";

export class Binder {
  readonly links = new Binding();
  entries: readonly Entry[] = [];
  readonly #sensors: Sensors;
  readonly #districts: readonly string[];
  /** Metric → entries that read it. */
  #readers = new Map<number, Entry[]>();

  constructor(sensors: Sensors, districts: readonly string[]) {
    this.#sensors = sensors;
    this.#districts = districts;
    sensors.listen({
      series: (series) => this.#bind(series),
      sensor: (sensor) =>
        sensors.eachSeries(sensor, (series) => this.#bind(series)),
    });
  }

  /**
   * Binds every series to another catalogue.
   * @returns false where sensors must be registered again, because an
   * indicator weighs by an attribute that was not kept before.
   */
  rebind(entries: readonly Entry[]): boolean {
    const before = this.entries;
    const complete = this.#read(entries);
    const numbers = before.map((entry) => entries.indexOf(entry));
    this.entries = entries;
    entries.forEach((entry, no) => (entry.no = no));
    const { links } = this;
    for (let series = 0; series < this.#sensors.seriesCount; series++) {
      for (let link = links.first(series); link >= 0;) {
        const next = links.next(link);
        const number = numbers[links.indicator(link)]!;
        if (number >= 0) links.renumber(link, number);
        else links.remove(series, link);
        link = next;
      }
      this.#bind(series);
    }
    return complete;
  }

  /** Who reads which metric. @returns false where an attribute was not kept before. */
  #read(entries: readonly Entry[]): boolean {
    let complete = true;
    this.#readers = new Map();
    for (const entry of entries) {
      if (entry.source === null) continue;
      const metric = this.#sensors.metrics.add(entry.source.metric);
      const readers = this.#readers.get(metric);
      if (readers) readers.push(entry);
      else this.#readers.set(metric, [entry]);
      const { weightBy } = entry.source;
      if (weightBy !== null)
        complete = this.#sensors.keepAttribute(weightBy) && complete;
    }
    return complete;
  }

  /** Links a series to what reads it now, and to nothing else. */
  #bind(series: number): void {
    const readers = this.#readers.get(this.#sensors.metricOf[series]!);
    let period = 0;
    if (readers)
      for (const entry of readers) {
        const link = this.links.find(series, entry.no);
        if (!this.#matches(entry, series)) {
          if (link >= 0) this.#unlink(entry, series, link);
          continue;
        }
        this.#link(entry, series, link);
        const { every } = entry.indicator;
        period = period === 0 ? every : Math.min(period, every);
      }
    this.#sensors.setIndicatorPeriod(series, period);
  }

  #unlink(entry: Entry, series: number, link: number): void {
    const { meter } = entry;
    if (meter?.kind === "latest") meter.unbind(this.links.position(link));
    else if (this.#sensors.at(series) !== -Infinity) meter?.recomputeAll();
    entry.stamp(series, this.links.district(link), -1);
    entry.seriesCount--;
    entry.dirty = true;
    this.links.remove(series, link);
  }

  /** @param link the link there is already, or −1. */
  #link(entry: Entry, series: number, link: number): void {
    const { meter, no } = entry;
    const { links } = this;
    const district = this.#districtOf(entry, series);
    const isNew = link < 0;
    const moves = isNew || links.district(link) !== district;
    let object = isNew ? -1 : links.object(link);
    if (isNew && entry.showsObjects) object = entry.addObject(series);
    let position = isNew ? -1 : links.position(link);
    if (meter?.kind === "latest") {
      if (moves && !isNew) meter.unbind(position);
      if (moves) position = meter.bind(series, district, object);
      else meter.refresh(position, district, object);
    } else if (moves) meter?.bind(district, object, series);
    entry.dirty = true;
    if (!moves) return;
    if (isNew) {
      links.add(series, no, district, object, position);
      entry.seriesCount++;
      entry.systems.add(
        this.#sensors.systemOf(this.#sensors.sensorOf[series]!),
      );
    } else {
      entry.stamp(series, links.district(link), -1);
      links.move(link, district, position);
    }
    entry.stamp(series, district, 1);
  }

  /** One number, one source: without a named system, only what its owner's own feeds bring counts (plan row 55). */
  #matches({ source, indicator }: Entry, series: number): boolean {
    const { kind, system, weightBy } = source!;
    const sensors = this.#sensors;
    const sensor = sensors.sensorOf[series]!;
    const from = sensors.systemOf(sensor);
    return (
      (kind === null || sensors.kinds.all[sensors.kindOf[sensor]!] === kind) &&
      (system === null
        ? sensors.isOwnedBy(from, indicator.owner)
        : sensors.systems.all[from] === system) &&
      (weightBy === null || sensors.attribute(weightBy, sensor) > 0)
    );
  }

  #districtOf({ indicator }: Entry, series: number): number {
    if (!indicator.scopes.includes("district")) return -1;
    const sensors = this.#sensors;
    const district = sensors.districtOf[sensors.sensorOf[series]!]!;
    const place = this.#districts.indexOf(sensors.districts.all[district]!);
    return place < 0 ? -1 : CITY + 1 + place;
  }

  /** Accumulators that a series feeds; null where it does not feed the indicator. */
  feedsOf({ no }: Entry, series: number): Feeds | null {
    const link = this.links.find(series, no);
    if (link < 0) return null;
    return {
      district: this.links.district(link),
      object: this.links.object(link),
    };
  }

  /** Series that feed an indicator, at one district where `place` is one. */
  seriesOf({ no }: Entry, place = CITY): Int32Array {
    const found: number[] = [];
    for (let series = 0; series < this.#sensors.seriesCount; series++) {
      const link = this.links.find(series, no);
      if (link < 0) continue;
      if (place === CITY || this.links.district(link) === place)
        found.push(series);
    }
    return Int32Array.from(found);
  }

  /** The entry's fingerprint, had it only the series below a number. */
  fingerprint({ no }: Entry, seriesCount: number): number {
    let sum = 0;
    for (let series = 0; series < seriesCount; series++) {
      const link = this.links.find(series, no);
      if (link >= 0)
        sum = (sum + stampOf(series, this.links.district(link))) | 0;
    }
    return sum;
  }

  /** Reads again what every series said last: into `latest` windows, and into the other windows of `anew`, which ask the store. */
  refresh(anew: ReadonlySet<Entry>): void {
    const { links } = this;
    for (let series = 0; series < this.#sensors.seriesCount; series++)
      for (let link = links.first(series); link >= 0; link = links.next(link)) {
        const entry = this.entries[links.indicator(link)]!;
        const meter = entry.meter!;
        const district = links.district(link);
        const object = links.object(link);
        if (meter.kind === "latest")
          meter.refresh(links.position(link), district, object);
        else if (anew.has(entry)) meter.bind(district, object, series);
      }
  }

  /**
   * The worst state of the indicators that show a sensor by itself. Silence
   * is worse than normal; a level is worse than silence.
   */
  worstState(sensor: number): number {
    const { links } = this;
    let worst = NONE;
    this.#sensors.eachSeries(sensor, (series) => {
      for (let link = links.first(series); link >= 0; link = links.next(link)) {
        const object = links.object(link);
        if (object < 0) continue;
        const { board } = this.entries[links.indicator(link)]!;
        const state = board.state(object);
        if (badness(state) > badness(worst)) worst = state;
      }
    });
    return worst;
  }
}

const ORDER = [NONE, NORMAL, STALE];
/** Levels are numbered worst first and stand below `NORMAL`. */
const badness = (state: number) =>
  state < NORMAL ? ORDER.length + NORMAL - state : ORDER.indexOf(state);
