/**
 * The indicator engine: readings in, values and levels of every indicator at
 * every scope out. Pure: no clock, no store; what it needs from the store it
 * asks for and is told.
 *
 * How to call it:
 *
 * ```ts
 * // Start: series and sensors first, then the catalogue, then what was saved.
 * sensors.restore(seriesRows); sensors.register(row)…; sensors.load(parts);
 * engine.setCatalogue(indicators); engine.load(parts);
 * store.readings.tail((rows) => engine.replay(rows, now));
 *
 * // Readings, judged by `sensors.judge` and taken by `sensors.apply`.
 * engine.apply(rows, now);                   // newer than what their series had
 * engine.applyLate(rows, corrections, now);  // the others, as the store judged them
 * const found = engine.evaluateDirty(now);   // at once when idle …
 * const found = engine.evaluate(now);        // … and every 100–250 ms
 * if (engine.busy) …                         // again soon: the past is worked off in turns
 * push(found.views); store.indicators.publish(found.points); alarms(found.changes);
 *
 * // In the background, as often as evaluate:
 * for (const ask of engine.pendingRecomputes(now))
 *   store.readings.range(ask.series(), ask.from, ask.to)
 *     .then((rows) => engine.recomputed(ask, rows), () => engine.recomputeFailed(ask));
 * for (const ask of engine.pendingQuestions(now)) engine.answer(ask, await …);
 *
 * // A checkpoint, in the same tick as the store is asked to save it.
 * store.readings.saveCheckpoint([...sensors.save(), ...engine.save()]);
 * ```
 *
 * `range` must be asked in the tick in which `pendingRecomputes` gave the
 * request, and must see every row that was applied before.
 */
import type {
  Indicator,
  IndicatorValue,
  IndicatorView,
} from "../../../contract/indicator.ts";
import type { ReadingRows } from "../../../contract/reading.ts";
import type { Sensors } from "../sensors.ts";
import { createZone, type Zone } from "../../../contract/zone.ts";
import { Binder } from "./binder.ts";
import type { Findings } from "./findings.ts";
import { Entries } from "./entries.ts";
import type { Entry } from "./entry.ts";
import { isDue, reckon } from "./formulas.ts";
import { BAD } from "./source.ts";
import { type Measures, OwnMeasures, showMeasure } from "./measures.ts";
import { type Question, Questions } from "./questions.ts";
import { type Refusal, refusalOf } from "./refusal.ts";
import { type RecomputeRequest, Requests } from "./requests.ts";

export type { Findings, LevelChange, Point } from "./findings.ts";
export type { Refusal } from "./refusal.ts";
export type { RecomputeRequest } from "./requests.ts";

/** Begins the names of checkpoint parts. */
const PART = "indicator/";
/** Some ms of work. */
const EFFORT = 200_000;

export interface EngineOptions {
  sensors: Sensors;
  /** IANA name of the city's time zone. */
  timeZone: string;
  /** Codes of the city's districts. */
  districts: string[];
  /** Steps that one evaluation spends on the past of all indicators together: some ms unless told. */
  effort?: number;
}

export class Engine {
  readonly #sensors: Sensors;
  readonly #zone: Zone;
  readonly #binder: Binder;
  readonly #catalogue: Entries;
  readonly #requests: Requests;
  readonly #ownMeasures: OwnMeasures;
  readonly #questions: Questions;
  readonly #effort: number;

  constructor(options: EngineOptions) {
    this.#sensors = options.sensors;
    this.#zone = createZone(options.timeZone);
    this.#effort = options.effort ?? EFFORT;
    const { districts } = options;
    this.#catalogue = new Entries(this.#sensors, this.#zone, districts);
    this.#questions = new Questions(this.#zone);
    this.#binder = new Binder(this.#sensors, districts);
    this.#requests = new Requests(this.#binder);
    this.#ownMeasures = new OwnMeasures(this.#sensors, districts);
  }

  get #entries(): readonly Entry[] {
    return this.#binder.entries;
  }

  // ---- Catalogue ---------------------------------------------------------

  get indicators(): Indicator[] {
    return this.#entries.map(({ indicator }) => indicator);
  }

  /**
   * Takes the catalogue, at the start or after an edit. What only changed its
   * names, limits or periods of staleness keeps its state.
   * @returns false where sensors must be registered again, because an
   * indicator weighs by an attribute that was not kept before.
   * @throws CatalogueError
   */
  setCatalogue(indicators: readonly Indicator[]): boolean {
    return this.#binder.rebind(this.#catalogue.set(indicators));
  }

  // ---- Readings (hot path) -----------------------------------------------

  /** Readings later than any of their series before, which `sensors.apply` took already. */
  apply(rows: ReadingRows, receivedAt: number): void {
    for (let i = 0; i < rows.count; i++) this.#take(rows, i, receivedAt, false);
  }

  /**
   * Readings at or before the newest of their series, which `sensors.apply`
   * took already. `corrections` are the indices of those that the store had
   * with another value or quality.
   */
  applyLate(
    rows: ReadingRows,
    corrections: readonly number[],
    receivedAt: number,
  ): void {
    const corrected = new Set(corrections);
    for (let i = 0; i < rows.count; i++)
      this.#take(rows, i, receivedAt, corrected.has(i));
  }

  /**
   * Rows that the store committed after the checkpoint, for the sensors and
   * for the indicators. Late ones among them may be corrections: what they
   * fall into is computed anew.
   */
  replay(rows: ReadingRows, receivedAt: number): void {
    const sensors = this.#sensors;
    for (let i = 0; i < rows.count; i++) {
      const series = rows.series[i]!;
      const at = rows.at[i]!;
      const value = rows.value[i]!;
      const quality = rows.quality[i]!;
      const verdict = sensors.judge(series, at, value, quality);
      if (verdict === "duplicate") continue;
      sensors.apply(series, at, value, quality, receivedAt);
      this.#take(rows, i, receivedAt, verdict !== "new");
    }
  }

  #take(
    rows: ReadingRows,
    i: number,
    receivedAt: number,
    doubtful: boolean,
  ): void {
    const { links, entries } = this.#binder;
    const series = rows.series[i]!;
    const at = rows.at[i]!;
    const counted = rows.quality[i] === BAD ? NaN : rows.value[i]!;
    for (let link = links.first(series); link >= 0; link = links.next(link)) {
      const entry = entries[links.indicator(link)]!;
      const meter = entry.meter!;
      const district = links.district(link);
      const object = links.object(link);
      entry.dirty = true;
      if (meter.kind === "latest") {
        const position = links.position(link);
        meter.take(position, district, object, at, counted, receivedAt);
      } else if (doubtful)
        meter.doubt(district, object, series, at, counted, receivedAt);
      else meter.take(district, object, series, at, counted, receivedAt);
    }
  }

  // ---- Reported values and measures ----------------------------------------

  /** Why a department may not report this value (一数一源, row 55); null where it may. */
  refusal(
    value: IndicatorValue,
    department: string,
    now: number,
  ): Refusal | null {
    const board = this.#catalogue.of(value.indicator)?.board;
    return refusalOf(value, board, department, now);
  }

  /** Takes a value that was not refused and is durable. `clock` is its feed's. */
  report(
    value: IndicatorValue,
    receivedAt: number,
    clock: "wall" | "source" = "wall",
  ): void {
    const entry = this.#catalogue.of(value.indicator);
    const place = entry?.board.place(value.scope) ?? -1;
    if (!entry || place < 0) return;
    const { board } = entry;
    this.#reports.push(board.point(place, value.at, value.value));
    if (entry.indicator.source.from !== "reported") return;
    if (clock === "source")
      entry.reportedAt = Math.max(
        value.at,
        Number.isNaN(entry.reportedAt) ? -Infinity : entry.reportedAt,
      );
    if (value.at < board.at(place)) return;
    board.set(place, value.value, 1, value.at, receivedAt);
    entry.dirty = true;
  }
  #reports: Findings["points"] = [];

  /**
   * What the hub measured of itself: `name` for the city, `name@district` for
   * a district, null where it cannot be measured now. The engine adds
   * what it can measure alone, `healthIndex` and `iotOnlineRate`, where it is
   * `awake`: just after a start nobody's silence means anything.
   */
  measure(values: Readonly<Measures>, now: number, awake = true): void {
    const boards = this.#entries.map(({ board }) => board);
    const own = awake ? this.#ownMeasures.take(boards, now) : {};
    const all = { ...values, ...own };
    for (const entry of this.#entries)
      if (showMeasure(entry.board, all, now)) entry.dirty = true;
  }

  // ---- Evaluation ----------------------------------------------------------

  /** Everything that changed, by readings or by the passing of time. */
  evaluate(now: number): Findings {
    return this.#evaluate(now, false);
  }

  /** Only what readings changed, and what reads that: for the leading edge, when idle. */
  evaluateDirty(now: number): Findings {
    return this.#evaluate(now, true);
  }

  #evaluate(wall: number, onlyDirty: boolean): Findings {
    const found: Findings = { views: [], changes: [], points: this.#reports };
    this.#reports = [];
    const effort = this.#effort / Math.max(1, this.#busy().length);
    for (const entry of this.#catalogue.inOrder) {
      const read = this.#catalogue.readBy(entry);
      const isDueNow = isDue(entry, read);
      if (onlyDirty && !entry.dirty && !isDueNow) continue;
      entry.dirty = false;
      const now = this.#catalogue.timeOf(entry, wall);
      const { board, meter } = entry;
      // Sources on their own clock that never spoke have no time yet.
      if (now === -Infinity) board.settle(wall, found);
      else {
        if (meter?.kind === "windows") {
          meter.evaluate(now, wall, found, effort);
          entry.dirty = meter.busy;
        } else entry.closeSlot(this.#zone, now, found.points);
        if (meter?.kind === "latest") meter.evaluate(now);
        if (isDueNow) reckon(entry, read);
        board.settle(now, found, (acc) => this.#tellSensor(entry, acc));
      }
    }
    return found;
  }

  /** Entries with work that one evaluation did not finish. */
  #busy(): Entry[] {
    return this.#entries.filter(
      ({ meter }) => meter?.kind === "windows" && meter.busy,
    );
  }

  /** Is there work left that one evaluation did not finish? Evaluate again soon. */
  get busy(): boolean {
    return this.#busy().length > 0;
  }

  #tellSensor(entry: Entry, acc: number): void {
    const sensor = this.#sensors.sensorOf[entry.seriesOf(acc)]!;
    this.#sensors.setState(sensor, this.#binder.worstState(sensor));
  }

  // ---- What the store is asked ---------------------------------------------

  /**
   * Windows that must be computed anew from the store's rows, each given once
   * until it is answered. Ask `range` in the same tick: what is applied
   * afterwards is added to the answer.
   */
  pendingRecomputes(now: number): RecomputeRequest[] {
    return this.#requests.pending(now);
  }

  /** The store's rows for a request. */
  recomputed(request: RecomputeRequest, rows: ReadingRows): void {
    this.#requests.answer(request, rows);
  }

  /** The store could not answer; the same is asked again later. */
  recomputeFailed(request: RecomputeRequest): void {
    this.#requests.answer(request, null);
  }

  /** Is nothing left to compute anew or to publish again? */
  get settled(): boolean {
    return this.#entries.every(
      ({ meter }) => meter?.kind !== "windows" || meter.settled,
    );
  }

  /** Values of the past that views compare with, each asked once an hour at the most. */
  pendingQuestions(now: number): Question[] {
    const questions: Question[] = [];
    for (const entry of this.#entries) {
      const time = this.#catalogue.timeOf(entry, now);
      if (time !== -Infinity)
        this.#questions.of(entry.board, time, questions, (place) =>
          this.#binder.seriesOf(entry, place),
        );
    }
    return questions;
  }

  /** The answer to a question; null where the store has none. */
  answer(question: Question, value: number | null): void {
    const entry = this.#catalogue.of(question.indicator);
    if (!entry) return;
    const place = entry.board.place(question.scope);
    if (place < 0) return;
    if (value === null) this.#questions.unknown(question);
    entry.board.learn(question.what, place, value);
    if (question.what === "yearAgo") entry.meter?.markAll();
    entry.dirty = true;
  }

  // ---- Checkpoint ----------------------------------------------------------

  /** Parts of the indicators that changed since the last call, as everything applied so far left them. */
  save(): { name: string; blob: Uint8Array }[] {
    return this.#entries
      .filter(({ dirty, board }) => dirty || board.dirty)
      .map((entry) => ({
        name: PART + entry.indicator.id,
        blob: entry.save(),
      }));
  }

  /**
   * Takes back what `save` gave, after series, sensors, their latest values
   * and the catalogue. An indicator that was not saved, or was defined
   * otherwise or fed by other series then, is computed anew from the store.
   */
  load(parts: ReadonlyMap<string, Uint8Array>): void {
    const anew = new Set<Entry>();
    for (const entry of this.#entries) {
      const blob = parts.get(PART + entry.indicator.id);
      const objectOf = (series: number) =>
        this.#binder.feedsOf(entry, series)?.object ?? -1;
      const fingerprintOf = (count: number) =>
        this.#binder.fingerprint(entry, count);
      if (!blob || !entry.load(blob, objectOf, fingerprintOf)) anew.add(entry);
    }
    this.#binder.refresh(anew);
  }

  // ---- Views ---------------------------------------------------------------

  /** The view of `indicator@scope`; null where there is none. */
  view(id: string): IndicatorView | null {
    const at = id.indexOf("@");
    const entry = this.#catalogue.of(id.slice(0, at));
    if (!entry) return null;
    const scope = id.slice(at + 1);
    let acc = entry.board.place(scope);
    if (acc < 0) acc = this.#objectOf(entry, scope);
    return acc >= 0 && entry.board.shows(acc) ? entry.board.view(acc) : null;
  }

  #objectOf(entry: Entry, scope: string): number {
    if (entry.source === null) return -1;
    const slash = scope.indexOf("/");
    const series = this.#sensors.resolve(
      scope.slice(0, slash),
      scope.slice(slash + 1),
      entry.source.metric,
    );
    if (series < 0) return -1;
    return this.#binder.feedsOf(entry, series)?.object ?? -1;
  }
}

export function createEngine(options: EngineOptions): Engine {
  return new Engine(options);
}
