import type { Indicator } from "../../../contract/indicator.ts";
import type { Sensors } from "../sensors.ts";
import { grown } from "../sensors/columns.ts";
import type { Zone } from "../../../contract/zone.ts";
import { Board } from "./board.ts";
import { compileFormula, type Formula } from "./formula.ts";
import type { Point } from "./findings.ts";
import { LatestMeter } from "./latest.ts";
import { slotOf } from "./slots.ts";
import type { SensorSource } from "./source.ts";
import { Reader, Writer } from "./stream.ts";
import { WindowMeter } from "./windows.ts";

/** One indicator of the catalogue at work. */
export class Entry {
  /** Position in the catalogue; links of series carry it. */
  no = -1;
  readonly board: Board;
  /** Null where it is not computed from sensors. */
  readonly meter: LatestMeter | WindowMeter | null;
  readonly formula: Formula | null;
  /** Did it hear anything since the last evaluation? */
  dirty = true;
  /** How many series feed it. */
  seriesCount = 0;
  /** Systems whose sensors feed it. */
  readonly systems = new Set<number>();
  /** Newest `at` reported by a feed whose clock is its own; NaN for the wall clock. */
  reportedAt = NaN;
  /** Does the wall's time bind what feeds it? Not before something does. */
  #isOnWall = false;
  /** Slot whose end publishes the value (windows publish by themselves). */
  slot = NaN;
  /** `board.version` of what a formula reads, when it was last reckoned. */
  seen: number[] = [];
  /** When the store was last asked to compute anew. */
  recomputedAt = -Infinity;
  readonly #sensors: Sensors;
  readonly #districts: readonly string[];
  #objectSeries = new Int32Array(0);

  constructor(
    indicator: Indicator,
    sensors: Sensors,
    zone: Zone,
    districts: readonly string[],
  ) {
    this.#sensors = sensors;
    this.#districts = districts;
    this.board = new Board(indicator, districts, {
      id: (acc) => sensors.id(sensors.sensorOf[this.seriesOf(acc)]!),
      period: (acc) => sensors.metricPeriod(this.seriesOf(acc)),
    });
    const { source } = indicator;
    this.formula =
      source.from === "formula" ? compileFormula(source.formula) : null;
    if (source.from !== "sensors") this.meter = null;
    else if (source.window.kind === "latest")
      this.meter = new LatestMeter(indicator, sensors, this.board);
    else
      this.meter = new WindowMeter(
        indicator,
        sensors,
        this.board,
        zone,
        (wall) => this.timeAt(wall),
      );
  }

  get indicator(): Indicator {
    return this.board.indicator;
  }
  get source(): SensorSource | null {
    return this.indicator.source.from === "sensors"
      ? this.indicator.source
      : null;
  }
  get showsObjects(): boolean {
    return this.indicator.scopes.includes("object");
  }

  /** A new accumulator for one sensor by itself. */
  addObject(series: number): number {
    const acc = this.board.count;
    this.board.grow(acc + 1);
    const index = acc - this.board.places;
    this.#objectSeries = grown(this.#objectSeries, index + 1);
    this.#objectSeries[index] = series;
    return acc;
  }
  /** Series of an object's accumulator. */
  seriesOf(acc: number): number {
    return this.#objectSeries[acc - this.board.places]!;
  }

  /** Can the state go on under another row of the catalogue? */
  fits(indicator: Indicator): boolean {
    const shape = ({ source, every, scopes, owner }: Indicator) =>
      JSON.stringify([source, every, scopes, owner]);
    return shape(indicator) === shape(this.indicator);
  }

  /**
   * The time of what feeds it: its sources' own where all of them keep their
   * own (decisions B3), else the wall's, and then nothing counts that lies
   * ahead of it.
   */
  timeAt(wall: number): number {
    if (!Number.isNaN(this.reportedAt)) return this.reportedAt;
    if (this.systems.size === 0) return wall;
    const own = this.#sourceTime();
    this.#follow(own === null, wall);
    return own ?? wall;
  }

  /** The newest time of its sources, null where one of them follows the wall. */
  #sourceTime(): number | null {
    let newest = -Infinity;
    for (const system of this.systems) {
      const watermark = this.#sensors.watermark(system);
      if (Number.isNaN(watermark)) return null;
      newest = Math.max(newest, watermark);
    }
    return newest;
  }

  #follow(isOnWall: boolean, wall: number): void {
    if (isOnWall === this.#isOnWall) return;
    this.#isOnWall = isOnWall;
    this.meter?.follow(isOnWall, wall);
    if (isOnWall) this.board.followWall();
  }

  /** Publishes the value as it stood when a slot ended. */
  closeSlot(zone: Zone, now: number, points: Point[]): void {
    const { board, indicator } = this;
    if (indicator.source.from === "reported") return;
    const slot = zone.startOf(now, slotOf(indicator));
    if (slot > this.slot)
      for (let place = 0; place < board.places; place++)
        if (board.shows(place) && board.at(place) !== -Infinity)
          points.push(board.point(place, this.slot, board.fresh(place) ?? NaN));
    this.slot = slot;
  }

  // ---- Checkpoint ---------------------------------------------------------

  /** Says which series feed which district: another sum means other windows. */
  fingerprint = 0;
  /** @param sign 1 when a series is bound, −1 when it is unbound. */
  stamp(series: number, district: number, sign: 1 | -1): void {
    this.fingerprint =
      (this.fingerprint + sign * stampOf(series, district)) | 0;
  }

  save(): Uint8Array {
    const into = new Writer();
    into.text(this.#signature());
    into.number(this.fingerprint);
    into.number(this.#sensors.seriesCount);
    into.number(this.slot);
    into.number(this.reportedAt);
    into.list(
      this.#objectSeries.subarray(0, this.board.count - this.board.places),
    );
    this.board.save(into);
    if (this.meter?.kind === "windows") this.meter.save(into);
    return into.blob();
  }

  /**
   * Takes back what `save` gave.
   * @param objectOf the accumulator of a series by itself, −1 for none.
   * @param fingerprintOf the fingerprint of the series below a number, as they are bound now.
   * @returns false where it was saved by another definition of the indicator
   * or while other series fed it.
   */
  load(
    blob: Uint8Array,
    objectOf: (series: number) => number,
    fingerprintOf: (seriesCount: number) => number,
  ): boolean {
    const from = new Reader(blob);
    if (from.text() !== this.#signature()) return false;
    const fingerprint = from.number();
    const seriesCount = from.number();
    this.slot = from.number();
    this.reportedAt = from.number();
    const objects = from.list();
    const { places } = this.board;
    const accOf = (saved: number) =>
      saved < places ? saved : objectOf(objects[saved - places]!);
    this.board.load(from, accOf);
    if (this.meter?.kind === "windows") this.meter.load(from, accOf);
    return fingerprint === fingerprintOf(seriesCount);
  }

  /** Changes with everything that windows and accumulators depend on. */
  #signature(): string {
    const { source, every, scopes } = this.indicator;
    return JSON.stringify([VERSION, source, every, scopes, this.#districts]);
  }
}

/** Version of the checkpoint's form. */
const VERSION = 1;

export function stampOf(series: number, district: number): number {
  const mixed = Math.imul(
    series ^ Math.imul(district + 2, 0x9e3779b1),
    0x85ebca6b,
  );
  return mixed ^ (mixed >>> 15);
}
