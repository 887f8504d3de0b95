/**
 * What a million sensors last said, in typed arrays that only this module
 * writes; sensors/registry.ts holds who they are.
 *
 * Hot path (`resolveAll`, `judge`, `apply`): no allocation, no closure.
 */
import type { DataScope } from "../../contract/data-scope.ts";
import { Freshness, freshnessOf, State } from "../../contract/level.ts";
import { Quality } from "../../contract/reading.ts";
import type { SensorView } from "../../contract/sensor.ts";
import { packLatest, unpackLatest } from "./sensors/checkpoint.ts";
import { grown } from "./sensors/columns.ts";
import { Owners, type SystemOf } from "./sensors/owners.ts";
import { Registry } from "./sensors/registry.ts";

export type {
  CatalogueRow,
  SensorsListener,
  SeriesRow,
} from "./sensors/registry.ts";

/**
 * `new`: later than the latest · `duplicate`: the latest again · `correction`:
 * the latest with another value or quality · `late`: earlier than the latest, and only
 * the store knows whether it was there before.
 */
export type Verdict = "new" | "duplicate" | "correction" | "late";

/** Entries of `latest` per series. */
export const LATEST = 4;
export const AT = 0;
export const VALUE = 1;
export const RECEIVED = 2;
export const QUALITY = 3;

/** Series of one checkpoint part. */
const GROUP = 8192;
const LIVE = Freshness.options.indexOf("live");
const STALE = Freshness.options.indexOf("stale");
const LOST = Freshness.options.indexOf("lost");
const NONE = State.options.indexOf("none");
const always = () => true;

export class Sensors extends Registry {
  /** Per series [at, value, received at, quality] side by side: one cache line. `at` is −Infinity before the first. */
  latest = new Float64Array(LATEST * 1024).fill(-Infinity);
  #dirty = new Uint8Array(16);
  #indicatorPeriod = new Uint32Array(1024);
  /** 1 = the sensor is live and its system follows the wall clock: a reading changes only `latest`. */
  #awake = new Uint8Array(1024);
  /** Per system, ms. */
  readonly #feedPeriod: number[] = [];
  /** Newest `at` heard per system; NaN where the system follows the wall clock. */
  readonly #watermark: number[] = [];

  readonly #owners = new Owners();

  // Per sensor; indices into the contract's options.
  #freshness = new Uint8Array(1024).fill(LOST);
  #state = new Uint8Array(1024).fill(NONE);
  #changed = new Uint8Array(1024);
  #changes: number[] = [];
  #swept = 0;

  protected override growSensors(count: number): void {
    super.growSensors(count);
    this.#freshness = grown(this.#freshness, count, LOST);
    this.#state = grown(this.#state, count, NONE);
    this.#changed = grown(this.#changed, count);
  }

  protected override growSeries(count: number): void {
    super.growSeries(count);
    this.latest = grown(this.latest, LATEST * count, -Infinity);
    this.#indicatorPeriod = grown(this.#indicatorPeriod, count);
    this.#awake = grown(this.#awake, count);
    this.#dirty = grown(this.#dirty, Math.ceil(count / GROUP));
  }

  /** @param quality indexes `Quality.options`: what was thought good and is bad now is another reading. */
  judge(series: number, at: number, value: number, quality: number): Verdict {
    const i = LATEST * series;
    const latest = this.latest;
    if (at > latest[i + AT]!) return "new";
    if (at < latest[i + AT]!) return "late";
    return value === latest[i + VALUE] && quality === latest[i + QUALITY]
      ? "duplicate"
      : "correction";
  }

  /** Makes a reading the latest unless a newer one is there already (R3). `quality` indexes `Quality.options`. */
  apply(
    series: number,
    at: number,
    value: number,
    quality: number,
    receivedAt: number,
  ): void {
    const i = LATEST * series;
    const latest = this.latest;
    if (at < latest[i + AT]!) return;
    latest[i + AT] = at;
    latest[i + VALUE] = value;
    latest[i + RECEIVED] = receivedAt;
    latest[i + QUALITY] = quality;
    this.#dirty[(series / GROUP) | 0] = 1;
    if (this.#awake[series] === 0) this.#wake(series, at, receivedAt);
  }

  #wake(series: number, at: number, receivedAt: number): void {
    const sensor = this.sensorOf[series]!;
    const system = this.systemOf(sensor);
    const watermark = this.watermark(system);
    if (at > watermark) this.#watermark[system] = at;
    if (this.#freshness[sensor] !== LIVE)
      this.#refresh(sensor, this.timeOf(system, receivedAt));
    if (Number.isNaN(watermark) && this.#freshness[sensor] === LIVE)
      this.#awake[series] = 1;
  }

  at(series: number): number {
    return this.latest[LATEST * series + AT]!;
  }
  value(series: number): number {
    return this.latest[LATEST * series + VALUE]!;
  }
  receivedAt(series: number): number {
    return this.latest[LATEST * series + RECEIVED]!;
  }
  quality(series: number): Quality {
    return Quality.options[this.latest[LATEST * series + QUALITY]!] ?? "good";
  }

  /** How often a feed of the system speaks (ms), for metrics of no stated period. */
  expect(system: string, every: number): void {
    this.#feedPeriod[this.systems.add(system)] = every;
  }

  /** Set by the indicator engine: the period of the quickest indicator that reads the series; 0 for none. */
  setIndicatorPeriod(series: number, every: number): void {
    this.#indicatorPeriod[series] = every;
  }

  /** ms between readings: the metric's, else the indicator's, else the feed's (decisions B4). */
  period(series: number): number {
    return (
      this.metricPeriod(series) ||
      this.#indicatorPeriod[series]! ||
      (this.#feedPeriod[this.systemOf(this.sensorOf[series]!)] ?? Infinity)
    );
  }

  /**
   * Which departments' feeds speak for each system. What changed is bound
   * anew: a sensor feeds by default only what its own departments answer for.
   * @returns systems whose departments are others than before.
   */
  setOwners(feeds: readonly SystemOf[]): string[] {
    const changed = this.#owners.set(feeds, this.systems);
    const names = changed.map((system) => this.systems.all[system]!);
    if (names.some((system) => this.seriesOf(system) > 0))
      for (let sensor = 0; sensor < this.count; sensor++)
        if (changed.includes(this.systemOf(sensor))) this.tell(sensor);
    return names;
  }

  /** Does a feed of the department speak for the system? */
  isOwnedBy(system: number, department: string): boolean {
    return this.#owners.has(system, department);
  }

  /** Systems that feeds of one of the departments speak for. */
  systemsOf(departments: readonly string[]): string[] {
    const systems = [...this.#owners.of(departments)];
    return systems.map((system) => this.systems.all[system]!);
  }

  /** Does a feed of one of the departments speak for a system, by its number? Right whatever owners are set later. */
  ownedBy(departments: DataScope["departments"]): (system: number) => boolean {
    return departments === null ? always : this.#owners.among(departments);
  }

  /**
   * Does a sensor lie within the scope (decisions C2)? Its departments are
   * those whose feeds speak for its system. Allocates nothing while no word
   * and no owner is new, and stays right whatever moves.
   */
  seenBy({ departments, districts }: DataScope): (sensor: number) => boolean {
    const isOwned = this.ownedBy(departments);
    const isThere =
      districts === null ? always : this.districts.among(districts);
    return (sensor) =>
      isOwned(this.systemOf(sensor)) && isThere(this.districtOf[sensor]!);
  }

  /** Lets a system's time be the newest `at` that it sent (decisions B3). */
  followSource(system: string): void {
    const number = this.systems.add(system);
    if (!Number.isNaN(this.watermark(number))) return;
    this.#watermark[number] = -Infinity;
    this.#awake.fill(0);
  }

  /** Newest `at` of a system that follows its source; NaN for the others. */
  watermark(system: number): number {
    return this.#watermark[system] ?? NaN;
  }

  /** The system's own time: its watermark where its clock is `source`, else `now`. */
  timeOf(system: number, now: number): number {
    const watermark = this.watermark(system);
    return Number.isNaN(watermark) ? now : watermark;
  }

  /** The worst of the object indicators that read the sensor; `state` indexes `State.options`. */
  setState(sensor: number, state: number): void {
    if (this.#state[sensor] === state) return;
    this.#state[sensor] = state;
    this.#mark(sensor);
  }

  /** Looks at the next `budget` sensors, round and round, for those that fell silent. */
  sweep(now: number, budget: number): void {
    for (let n = Math.min(budget, this.count); n > 0; n--) {
      if (this.#swept >= this.count) this.#swept = 0;
      const sensor = this.#swept++;
      this.#refresh(sensor, this.timeOf(this.systemOf(sensor), now));
    }
  }

  /** Numbers of sensors whose state or freshness changed since the last call. */
  takeChanges(): number[] {
    const changes = this.#changes;
    for (const sensor of changes) this.#changed[sensor] = 0;
    this.#changes = [];
    return changes;
  }

  /** A sensor is as fresh as the freshest of its series. */
  #refresh(sensor: number, now: number): void {
    let best = LOST;
    for (
      let series = this.firstSeries(sensor);
      series >= 0 && best !== LIVE;
      series = this.nextSeries(series)
    ) {
      const at = this.at(series);
      if (at === -Infinity) continue;
      const fresh = freshnessOf(now - at, this.period(series));
      best = Math.min(best, Freshness.options.indexOf(fresh));
    }
    const before = this.#freshness[sensor];
    if (before === best) return;
    this.#freshness[sensor] = best;
    if (best !== LIVE)
      this.eachSeries(sensor, (series) => (this.#awake[series] = 0));
    this.#mark(sensor);
  }

  #mark(sensor: number): void {
    if (this.#changed[sensor]) return;
    this.#changed[sensor] = 1;
    this.#changes.push(sensor);
  }

  state(sensor: number): State {
    return State.options[this.#state[sensor]!]!;
  }
  freshness(sensor: number): Freshness {
    return Freshness.options[this.#freshness[sensor]!]!;
  }

  /** Live or late: not stale, not lost. */
  speaks(sensor: number): boolean {
    return this.#freshness[sensor]! < STALE;
  }

  view(sensor: number): SensorView {
    const values: SensorView["values"] = [];
    this.eachSeries(sensor, (series) => {
      const heard = this.at(series) !== -Infinity;
      values.push({
        metric: this.metrics.all[this.metricOf[series]!]!,
        unit: this.unit(series),
        value: heard ? this.value(series) : null,
        at: heard ? this.at(series) : null,
      });
    });
    return {
      id: this.id(sensor),
      system: this.systems.all[this.systemOf(sensor)]!,
      sensor: this.sensorId(sensor),
      name: this.label(sensor) || this.sensorId(sensor),
      kind: this.kinds.all[this.kindOf[sensor]!]!,
      lng: Number.isNaN(this.lng(sensor)) ? null : this.lng(sensor),
      lat: Number.isNaN(this.lat(sensor)) ? null : this.lat(sensor),
      district: this.districts.all[this.districtOf[sensor]!] || null,
      registered: this.isRegistered(sensor),
      values,
      state: this.state(sensor),
      freshness: this.freshness(sensor),
    };
  }

  /** Latest values of the groups of series that changed since the last call. */
  save(): { name: string; blob: Uint8Array }[] {
    const parts: { name: string; blob: Uint8Array }[] = [];
    for (let group = 0; group * GROUP < this.seriesCount; group++) {
      if (!this.#dirty[group]) continue;
      this.#dirty[group] = 0;
      const to = Math.min((group + 1) * GROUP, this.seriesCount);
      parts.push({
        name: `sensors/${group}`,
        blob: packLatest(
          this.latest.subarray(LATEST * GROUP * group, LATEST * to),
        ),
      });
    }
    return parts;
  }

  /**
   * Takes back what `save` gave, after `restore` and `followSource`.
   * @throws Error where a part speaks of series that the store does not know.
   */
  load(parts: ReadonlyMap<string, Uint8Array>): void {
    for (const [name, blob] of parts) {
      const group = /^sensors\/(\d+)$/.exec(name)?.[1];
      if (group === undefined) continue;
      const rows = unpackLatest(blob);
      const from = Number(group) * GROUP;
      const to = from + rows.length / LATEST;
      if (to > this.seriesCount)
        throw new Error(
          `checkpoint part ${name} speaks of series ${to - 1}, and the store knows only ${this.seriesCount}`,
        );
      this.latest.set(rows, LATEST * from);
      for (let series = from; series < to; series++) {
        const system = this.systemOf(this.sensorOf[series]!);
        if (this.at(series) > this.watermark(system))
          this.#watermark[system] = this.at(series);
      }
    }
  }
}

export function createSensors(
  /** `seed`: a random number against ids chosen to collide. `districts`: codes in the city's order. */
  options: { seed?: number; districts?: string[] } = {},
): Sensors {
  return new Sensors(options);
}
