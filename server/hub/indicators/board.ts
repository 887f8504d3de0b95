/**
 * What an indicator shows at each of its scopes: the value, how fresh it is,
 * its level and since when. Accumulator 0 is the city, then come the
 * districts, then objects as they appear.
 */
import { AHEAD } from "../../../contract/time.ts";
import type { Indicator, IndicatorView } from "../../../contract/indicator.ts";
import { Freshness, freshnessOf, State } from "../../../contract/level.ts";
import { grown } from "../sensors/columns.ts";
import { Cells } from "./cells.ts";
import {
  judge,
  type Latches,
  LEVELS,
  type Limits,
  limitsOf,
  nextFall,
  NONE,
  silence,
  STALE,
  type StateIndex,
  stateOf,
} from "./levels.ts";
import type { Findings, Point } from "./findings.ts";
import { Past, type PastValue } from "./past.ts";
import { CITY } from "./source.ts";
import type { Reader, Writer } from "./stream.ts";

/** `staleAfter` is three periods (decisions B4). */
const STALE_PERIODS = 3;
/** A level falls after that many periods beyond its margin. */
const FALL_PERIODS = 2;
const FIRST_STALE = Freshness.options.indexOf("stale");
/** Ages in periods at which freshness changes. */
const AGES = [1.5, 3, 10];

export class Board {
  #indicator: Indicator;
  /** City and districts. */
  readonly places: number;
  readonly #scopes: string[];
  readonly #showsCity: boolean;
  readonly #showsDistricts: boolean;
  #hold = 0;
  #rounding = 1;
  /** Where objects are known, and the periods that the catalogue states for them (0 = none). */
  readonly #object: { id(acc: number): string; period(acc: number): number };
  /** Of thresholds that are plain numbers; null where deviations need a baseline. */
  #limits: Limits | null = null;
  deviates = false;
  /** Grows with every settling that touched something: what reads this indicator looks here. */
  version = 0;

  readonly #cells = new Cells();
  #touched: number[] = [];
  #isTouched = new Uint8Array(0);
  #nextDue = Infinity;
  readonly #past: Past;
  /** Is it compared with the mean a year earlier? */
  readonly grows: boolean;
  /** Has it changed since the last checkpoint? */
  dirty = true;

  constructor(
    indicator: Indicator,
    districts: readonly string[],
    object: { id(acc: number): string; period(acc: number): number },
  ) {
    this.#indicator = indicator;
    this.#scopes = ["city", ...districts];
    this.places = this.#scopes.length;
    this.#past = new Past(this.places);
    this.#showsCity = indicator.scopes.includes("city");
    this.#showsDistricts = indicator.scopes.includes("district");
    this.#object = object;
    this.grows =
      indicator.source.from === "sensors" &&
      indicator.source.aggregate === "yoy";
    this.grow(this.places);
    this.amend(indicator);
  }

  get indicator(): Indicator {
    return this.#indicator;
  }

  /** Goes on under another row of the catalogue with the same source and scopes. */
  amend(indicator: Indicator): void {
    this.#indicator = indicator;
    this.#hold = FALL_PERIODS * indicator.every;
    this.#rounding = 10 ** indicator.precision;
    this.#limits = limitsOf(indicator, null);
    this.deviates = Object.values(indicator.thresholds).some(
      (threshold) => typeof threshold === "object",
    );
    for (let acc = 0; acc < this.count; acc++)
      if (this.#cells.at[acc] !== -Infinity) this.touch(acc);
  }

  get count(): number {
    return this.#cells.count;
  }

  /** Makes room for accumulators up to `count`. */
  grow(count: number): void {
    if (count <= this.count) return;
    const from = this.count;
    this.#cells.grow(count);
    this.#isTouched = grown(this.#isTouched, count);
    // What was never heard is shown as well: in grey.
    for (let acc = from; acc < Math.min(count, this.places); acc++)
      this.touch(acc);
  }

  /** Is the accumulator one of the indicator's scopes? */
  shows(acc: number): boolean {
    if (acc === CITY) return this.#showsCity;
    return acc >= this.places || this.#showsDistricts;
  }

  scope(acc: number): string {
    return this.#scopes[acc] ?? this.#object.id(acc);
  }
  /** −1 where the scope is neither the city nor one of its districts. */
  place(scope: string): number {
    return this.#scopes.indexOf(scope);
  }

  at(acc: number): number {
    return this.#cells.at[acc]!;
  }
  receivedAt(acc: number): number {
    return this.#cells.receivedAt[acc]!;
  }
  state(acc: number): StateIndex {
    return this.#cells.state[acc]!;
  }

  /**
   * A new result. NaN says that there was nothing to count: the last value
   * stays and is shown as stale.
   */
  set(
    acc: number,
    result: number,
    observations: number,
    at: number,
    receivedAt: number,
  ): void {
    const value = this.#final(acc, result);
    const empty = Number.isFinite(value) ? 0 : 1;
    if (!empty) this.#cells.value[acc] = value;
    if (!empty) this.#cells.observations[acc] = observations;
    this.#cells.empty[acc] = empty;
    this.hear(acc, at, receivedAt);
  }

  /** Year on year, the result is a mean and the value its growth in %. */
  #final(acc: number, result: number): number {
    if (!this.grows) return result;
    const before = this.#past.of("yearAgo", acc);
    return before === null || before === 0
      ? NaN
      : (100 * (result - before)) / Math.abs(before);
  }

  /** What the store remembers of the past at one scope. */
  learn(what: PastValue, place: number, value: number | null): void {
    if (this.#past.learn(what, place, value)) this.touch(place);
  }

  /** Heard, but with nothing new to show. */
  hear(acc: number, at: number, receivedAt: number): void {
    if (at > this.#cells.at[acc]!) this.#cells.at[acc] = at;
    if (receivedAt > this.#cells.receivedAt[acc]!)
      this.#cells.receivedAt[acc] = receivedAt;
    this.touch(acc);
  }

  /** From now on the wall's time is the indicator's: what was heard from the future was heard when it came. */
  followWall(): void {
    for (let acc = 0; acc < this.count; acc++) {
      const receivedAt = this.#cells.receivedAt[acc]!;
      if (this.#cells.at[acc]! <= receivedAt + AHEAD) continue;
      this.#cells.at[acc] = receivedAt;
      this.touch(acc);
    }
  }

  /** Has the accumulator judged again at the next `settle`. */
  touch(acc: number): void {
    if (this.#isTouched[acc]) return;
    this.#isTouched[acc] = 1;
    this.#touched.push(acc);
  }

  /** Judges what was touched and what is due, and tells what of it changed. */
  settle(now: number, found: Findings, onObject?: (acc: number) => void): void {
    if (now >= this.#nextDue) {
      this.#nextDue = Infinity;
      for (let acc = 0; acc < this.count; acc++)
        if (now >= this.#cells.due[acc]!) this.touch(acc);
        else this.#nextDue = Math.min(this.#nextDue, this.#cells.due[acc]!);
    }
    if (this.#touched.length === 0) return;
    this.dirty = true;
    this.version++;
    const touched = this.#touched;
    this.#touched = [];
    for (const acc of touched) {
      this.#isTouched[acc] = 0;
      if (!this.shows(acc)) continue;
      this.#judge(acc, now, found);
      if (acc >= this.places) onObject?.(acc);
      found.views.push(this.view(acc));
    }
  }

  #judge(acc: number, now: number, found: Findings): void {
    const own = acc < this.places ? 0 : this.#object.period(acc);
    const period = own || this.indicator.staleAfter / STALE_PERIODS;
    const age = now - this.#cells.at[acc]!;
    const freshness = Freshness.options.indexOf(freshnessOf(age, period));
    this.#cells.freshness[acc] = freshness;
    this.#cells.shown[acc] = this.#rounded(this.#cells.value[acc]!);

    const latches: Latches = {
      on: this.#cells.on[acc]!,
      clearSince: this.#cells.clearSince,
      first: LEVELS * acc,
    };
    let state = STALE;
    if (
      freshness >= FIRST_STALE ||
      this.#cells.empty[acc] ||
      this.#isUnknown(acc)
    )
      silence(latches);
    else {
      const limits = this.limits(acc);
      state =
        limits === null
          ? NONE
          : judge(limits, latches, this.#cells.shown[acc], now, this.#hold);
      this.#cells.on[acc] = latches.on;
    }

    let due = nextFall(latches, this.#hold);
    for (const periods of AGES)
      if (age <= periods * period)
        due = Math.min(
          due,
          Math.floor(this.#cells.at[acc]! + periods * period) + 1,
        );
    this.#cells.due[acc] = due;
    this.#nextDue = Math.min(this.#nextDue, due);

    const from = this.#cells.state[acc]!;
    if (Number.isNaN(this.#cells.since[acc]!)) this.#cells.since[acc] = now;
    if (from === state) return;
    this.#cells.state[acc] = state;
    this.#cells.since[acc] = now;
    found.changes.push({
      id: `${this.indicator.id}@${this.scope(acc)}`,
      indicator: this.indicator.id,
      scope: this.scope(acc),
      from: State.options[from]!,
      to: State.options[state]!,
      value: this.#isUnknown(acc) ? null : this.#cells.shown[acc],
      at: now,
    });
  }

  #rounded(value: number): number {
    return Math.round(value * this.#rounding) / this.#rounding;
  }

  #isUnknown(acc: number): boolean {
    return Number.isNaN(this.#cells.value[acc]!);
  }

  limits(acc: number): Limits | null {
    return this.deviates
      ? limitsOf(this.indicator, this.#past.of("weekdayMean", acc))
      : this.#limits;
  }

  /** The value where it is fresh enough to reckon with, else null. */
  fresh(acc: number): number | null {
    return this.#cells.state[acc] === STALE ? null : this.#cells.value[acc]!;
  }

  /** A point of the past, judged by its value alone; city and districts keep the newest for spark lines. */
  point(acc: number, at: number, result: number): Point {
    const value = this.#final(acc, result);
    const known = Number.isFinite(value);
    if (known && this.#past.remember(acc, at, this.#rounded(value)))
      this.touch(acc);
    return {
      indicator: this.indicator.id,
      scope: this.scope(acc),
      at,
      value: known ? value : null,
      state: State.options[known ? stateOf(this.limits(acc), value) : STALE]!,
    };
  }

  view(acc: number): IndicatorView {
    const scope = this.scope(acc);
    const heard = this.#cells.at[acc] !== -Infinity;
    return {
      id: `${this.indicator.id}@${scope}`,
      indicator: this.indicator.id,
      scope,
      value: this.#isUnknown(acc) ? null : this.#cells.shown[acc]!,
      state: State.options[this.#cells.state[acc]!]!,
      at: heard ? this.#cells.at[acc]! : null,
      receivedAt: heard ? this.#cells.receivedAt[acc]! : null,
      freshness: Freshness.options[this.#cells.freshness[acc]!]!,
      since: Number.isNaN(this.#cells.since[acc]!)
        ? null
        : this.#cells.since[acc]!,
      dayAgo: this.#past.of("dayAgo", acc),
      baseline: this.#past.of("weekdayMean", acc),
      count: this.#cells.observations[acc]!,
      recent: this.#past.recent(acc),
    };
  }

  // ---- Checkpoint ---------------------------------------------------------

  save(into: Writer): void {
    this.#cells.save(into);
    this.#past.save(into);
    this.dirty = false;
  }

  /** @param accOf the accumulator that a saved one is now; −1 = gone. */
  load(from: Reader, accOf: (saved: number) => number): void {
    this.#cells.load(from, accOf);
    this.#past.load(from);
    for (let acc = 0; acc < this.count; acc++)
      if (this.at(acc) !== -Infinity) this.touch(acc);
  }
}
