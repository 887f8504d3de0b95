import type { Sensor } from "../../../contract/sensor.ts";
import { grown } from "./columns.ts";
import { Descriptions } from "./descriptions.ts";
import { Names } from "./names.ts";
import { Shares } from "./shares.ts";
import { Words } from "./words.ts";

/** A series as the store keeps it; `no` is dense from 0 and never reused. */
export interface SeriesRow {
  no: number;
  system: string;
  sensor: string;
  metric: string;
}

/** A catalogue row of a sensor as the store keeps it. */
export interface CatalogueRow extends Omit<Sensor, "lng" | "lat"> {
  system: string;
  registered: boolean;
  lng: number | null;
  lat: number | null;
}

/** Told when a series appears, and when what a sensor is (kind, district, weights, owners) changes. */
export interface SensorsListener {
  series(series: number): void;
  sensor(sensor: number): void;
}

/**
 * Who the sensors are. Sensors and series (sensor × metric) are dense
 * integers: series numbers are stored and for ever, sensor numbers last as
 * long as the process.
 */
export class Registry {
  readonly systems = new Words();
  readonly metrics = new Words();
  /** Kind 0 is the unknown one of unregistered sensors. */
  readonly kinds = new Words([""]);
  /** District 0 is none: city level only. */
  readonly districts: Words;
  readonly #units = new Words([""]);

  // Per series.
  sensorOf = new Int32Array(1024);
  metricOf = new Uint16Array(1024);
  #next = new Int32Array(1024);
  #unitOf = new Uint16Array(1024);
  #metricPeriod = new Uint32Array(1024);
  /** 1 = a catalogue row names the series. */
  #declared = new Uint8Array(1024);
  #seriesCount = 0;
  readonly #shares = new Shares();

  // Per sensor.
  readonly #ids: Names;
  /** First series and its metric, side by side: most sensors have one. */
  #first = new Int32Array(2 * 1024).fill(-1);
  kindOf = new Uint16Array(1024);
  districtOf = new Uint16Array(1024);
  #registered = new Uint8Array(1024);
  readonly #descriptions = new Descriptions();
  readonly #attributes = new Map<string, Float64Array<ArrayBuffer>>();
  #registeredCount = 0;
  readonly #listeners: SensorsListener[] = [];

  constructor(options: { seed?: number; districts?: string[] }) {
    this.#ids = new Names(options.seed);
    this.districts = new Words(["", ...(options.districts ?? [])]);
  }

  get count(): number {
    return this.#ids.count;
  }
  get registeredCount(): number {
    return this.#registeredCount;
  }
  get seriesCount(): number {
    return this.#seriesCount;
  }

  /** Series of the system that no catalogue row names: what readings alone brought. */
  undeclaredCount(system: string): number {
    return this.#shares.undeclared[this.systems.find(system)] ?? 0;
  }

  /** Metrics that the system was the first to bring. */
  coinedCount(system: string): number {
    return this.#shares.coined[this.systems.find(system)] ?? 0;
  }

  listen(listener: SensorsListener): void {
    this.#listeners.push(listener);
  }

  /** @returns the series' number, −1 where it is unknown. */
  resolve(system: string, sensor: string, metric: string): number {
    return this.#seriesOf(this.find(system, sensor), this.metrics.find(metric));
  }

  /** Columns at once: writes each series number, or −1, into `series`. */
  resolveAll(
    system: string,
    sensor: readonly string[],
    metric: readonly string[],
    series: Int32Array,
  ): void {
    const space = this.systems.find(system);
    let name = "";
    let number = -1;
    for (let i = 0; i < sensor.length; i++) {
      if (metric[i] !== name) {
        name = metric[i]!;
        number = this.metrics.find(name);
      }
      series[i] = this.#seriesOf(this.#ids.find(space, sensor[i]!), number);
    }
  }

  /** @returns the sensor's number, −1 where it is unknown. */
  find(system: string, sensor: string): number {
    return this.#ids.find(this.systems.find(system), sensor);
  }

  #seriesOf(sensor: number, metric: number): number {
    if (sensor < 0 || metric < 0) return -1;
    if (this.#first[2 * sensor + 1] === metric) return this.#first[2 * sensor]!;
    let series = this.#first[2 * sensor]!;
    while (series >= 0 && this.metricOf[series] !== metric)
      series = this.#next[series]!;
    return series;
  }

  /** Takes in a series (an unknown sensor as unregistered). The row is for the store; a known series gives its own. */
  add(system: string, sensor: string, metric: string): SeriesRow {
    const owner = this.#addSensor(system, sensor);
    const number = this.metrics.add(metric);
    const known = this.#seriesOf(owner, number);
    const no = known < 0 ? this.#addSeries(owner, number, 0) : known;
    return { no, system, sensor, metric };
  }

  /**
   * Takes back what the store kept, in order of `no`, before anything else.
   * @throws Error where a number is missing.
   */
  restore(rows: readonly SeriesRow[]): void {
    for (const row of rows) {
      if (row.no !== this.#seriesCount)
        throw new Error(
          `series ${row.no} of the store comes where ${this.#seriesCount} was due: a number is missing`,
        );
      const sensor = this.#addSensor(row.system, row.sensor);
      this.#addSeries(sensor, this.metrics.add(row.metric), 0);
    }
  }

  #addSensor(system: string, id: string): number {
    const sensor = this.#ids.add(this.systems.add(system), id);
    if (this.count > this.kindOf.length) this.growSensors(this.count);
    return sensor;
  }

  protected growSensors(count: number): void {
    this.#first = grown(this.#first, 2 * count, -1);
    this.kindOf = grown(this.kindOf, count);
    this.districtOf = grown(this.districtOf, count);
    this.#registered = grown(this.#registered, count);
    this.#descriptions.grow(count);
    for (const [name, column] of this.#attributes)
      this.#attributes.set(name, grown(column, count, NaN));
  }

  #addSeries(sensor: number, metric: number, period: number): number {
    const series = this.#seriesCount++;
    if (this.#seriesCount > this.sensorOf.length)
      this.growSeries(this.#seriesCount);
    this.sensorOf[series] = sensor;
    this.metricOf[series] = metric;
    this.#metricPeriod[series] = period;
    this.#shares.addSeries(this.systemOf(sensor), metric);
    // At the end of the chain: metrics are told in the order in which they came.
    this.#next[series] = -1;
    let last = this.#first[2 * sensor]!;
    if (last < 0) {
      this.#first[2 * sensor] = series;
      this.#first[2 * sensor + 1] = metric;
    } else {
      while (this.#next[last]! >= 0) last = this.#next[last]!;
      this.#next[last] = series;
    }
    for (const listener of this.#listeners) listener.series(series);
    return series;
  }

  protected growSeries(count: number): void {
    this.sensorOf = grown(this.sensorOf, count);
    this.metricOf = grown(this.metricOf, count);
    this.#next = grown(this.#next, count);
    this.#unitOf = grown(this.#unitOf, count);
    this.#metricPeriod = grown(this.#metricPeriod, count);
    this.#declared = grown(this.#declared, count);
  }

  /** False where the row brings words that no number is left for, or more than the system's share of new ones. */
  hasRoomFor(row: CatalogueRow, share: number): boolean {
    const { kind, district = "", metrics } = row;
    const system = this.systems.find(row.system);
    return (
      this.kinds.hasRoomFor([kind], system, share) &&
      this.districts.hasRoomFor([district], system, share) &&
      this.metrics.hasRoomFor(
        metrics.map(({ metric }) => metric),
        system,
        share,
      ) &&
      this.#units.hasRoomFor(
        metrics.map(({ unit }) => unit),
        system,
        share,
      )
    );
  }

  /** Sensors of the system that a catalogue row names. */
  registeredOf(system: string): number {
    return this.#shares.registered[this.systems.find(system)] ?? 0;
  }

  /** Series of the system, declared or not. */
  seriesOf(system: string): number {
    return this.#shares.series[this.systems.find(system)] ?? 0;
  }

  /**
   * Takes a catalogue row. Every metric that it names becomes a series.
   * @returns the new series, for the store.
   */
  register(row: CatalogueRow): SeriesRow[] {
    const sensor = this.#addSensor(row.system, row.id);
    const system = this.systemOf(sensor);
    const kind = this.kinds.add(row.kind, system);
    const district = this.districts.add(row.district ?? "", system);
    // What is new is told by its series alone.
    const isKnown = this.firstSeries(sensor) >= 0;
    let differs =
      this.kindOf[sensor] !== kind || this.districtOf[sensor] !== district;
    this.kindOf[sensor] = kind;
    this.districtOf[sensor] = district;
    this.#descriptions.set(sensor, row);
    const more = +row.registered - this.#registered[sensor]!;
    this.#registeredCount += more;
    this.#shares.register(system, more);
    this.#registered[sensor] = +row.registered;
    for (const [name, column] of this.#attributes) {
      const given = row.attributes[name];
      const number = typeof given === "number" ? given : NaN;
      if (!Object.is(column[sensor], number)) differs = true;
      column[sensor] = number;
    }
    const added: SeriesRow[] = [];
    for (const { metric, unit, period = 0 } of row.metrics) {
      const number = this.metrics.add(metric, system);
      let series = this.#seriesOf(sensor, number);
      if (series < 0) {
        series = this.#addSeries(sensor, number, period);
        added.push({ no: series, system: row.system, sensor: row.id, metric });
      } else if (this.#metricPeriod[series] !== period) {
        this.#metricPeriod[series] = period;
        differs = true;
      }
      this.#unitOf[series] = this.#units.add(unit, system);
      if (this.#declared[series] === 1) continue;
      this.#declared[series] = 1;
      this.#shares.declare(system);
    }
    if (isKnown && differs) this.tell(sensor);
    return added;
  }

  /** What the sensor is changed. */
  protected tell(sensor: number): void {
    for (const listener of this.#listeners) listener.sensor(sensor);
  }

  /**
   * Keeps a numeric attribute of every sensor registered from now on.
   * @returns false where sensors were registered without it: register them again.
   */
  keepAttribute(name: string): boolean {
    if (this.#attributes.has(name)) return true;
    this.#attributes.set(name, new Float64Array(this.kindOf.length).fill(NaN));
    return this.#registeredCount === 0;
  }

  /** NaN where the sensor has none. */
  attribute(name: string, sensor: number): number {
    return this.#attributes.get(name)?.[sensor] ?? NaN;
  }

  /** Calls `each` with the number of every sensor that passes the filter. */
  each(
    filter: { kind?: string; district?: string; system?: string },
    each: (sensor: number) => void,
  ): void {
    const wanted = (words: Words, word: string | undefined) =>
      word === undefined ? null : words.find(word);
    const kind = wanted(this.kinds, filter.kind);
    const district = wanted(this.districts, filter.district);
    const system = wanted(this.systems, filter.system);
    for (let sensor = 0; sensor < this.count; sensor++)
      if (
        (kind === null || this.kindOf[sensor] === kind) &&
        (district === null || this.districtOf[sensor] === district) &&
        (system === null || this.systemOf(sensor) === system)
      )
        each(sensor);
  }

  /** Calls `each` with every series of a sensor, in the order in which they came. */
  eachSeries(sensor: number, each: (series: number) => void): void {
    for (
      let series = this.firstSeries(sensor);
      series >= 0;
      series = this.nextSeries(series)
    )
      each(series);
  }
  firstSeries(sensor: number): number {
    return this.#first[2 * sensor]!;
  }
  /** −1 after a sensor's last series. */
  nextSeries(series: number): number {
    return this.#next[series]!;
  }

  /** `system/sensor` */
  id(sensor: number): string {
    return `${this.systems.all[this.systemOf(sensor)]}/${this.sensorId(sensor)}`;
  }
  sensorId(sensor: number): string {
    return this.#ids.text(sensor);
  }
  systemOf(sensor: number): number {
    return this.#ids.space(sensor);
  }
  /** The sensor's name; empty where it is unregistered. */
  label(sensor: number): string {
    return this.#descriptions.name(sensor);
  }
  /** Degrees, CGCS2000; NaN where unknown. */
  lng(sensor: number): number {
    return this.#descriptions.lng(sensor);
  }
  lat(sensor: number): number {
    return this.#descriptions.lat(sensor);
  }
  isRegistered(sensor: number): boolean {
    return this.#registered[sensor] === 1;
  }
  unit(series: number): string {
    return this.#units.all[this.#unitOf[series]!]!;
  }
  /** ms that the catalogue states between readings; 0 where it states none. */
  metricPeriod(series: number): number {
    return this.#metricPeriod[series]!;
  }
}
