/**
 * What of an indicator's windows must be computed anew from the store's rows,
 * and what arrives while the store is being asked and its rows are counted.
 */
import type { ReadingRows } from "../../../contract/reading.ts";
import { SECOND } from "../../../contract/time.ts";
import { Answer, type Row } from "./answer.ts";
import type { Slots, Span } from "./slots.ts";
import type { Reader, Writer } from "./stream.ts";

/** Panes asked for at once: so many that their rows stay about that few, but some in any case. */
const ROWS = 200_000;
const FEWEST = 16;
/** No more panes than that, however few their rows: each of them is published again. */
export const MOST_PANES = 1000;
/** Panes between two unsound ones that are worth asking for along with them. */
const NEAR = 4;
/** Everything that is kept is counted anew at most once in that time: one sensor that moves all the time must not keep the store busy. */
const ALL_EVERY = 30 * SECOND;

interface Asked {
  span: Span;
  /** Panes that are gone, whose slots are published again from these rows alone; null for panes that are kept. */
  missed: number[] | null;
  /** A piece of everything that is kept, because other series feed it now. */
  all: boolean;
}

/** What is known when all rows are counted. */
export interface Counted extends Asked {
  /** What arrived since and stands over the store's rows. */
  since: Iterable<Row>;
  /** Panes of rows that were corrected after they were counted. */
  corrected: ReadonlySet<number>;
}

/** What an indicator has to ask about. */
export interface Standing {
  unsound: readonly Span[];
  /** What is kept and may hold panes. */
  kept: Span;
  /** How many series feed it. */
  series: number;
  /** Can panes that are gone be published again now? */
  publishes: boolean;
}

export class Recompute {
  readonly #slots: Slots;
  /** Starts of panes that are gone and changed since. */
  readonly #missed = new Set<number>();
  #all = false;
  #allAt = -Infinity;
  /** What is left to ask for of everything that is kept. */
  #left: Span | null = null;
  #asked: Asked | null = null;
  /** Does whatever else waits have its turn before the next piece of everything? */
  #othersTurn = false;
  #answer: Answer | null = null;
  /** Readings since the question, by `series:at`: the answer may lack them. */
  readonly #since = new Map<string, Row>();
  readonly #corrected = new Set<number>();
  /** Rows that a pane had in the last answer. */
  #density = 0;

  constructor(slots: Slots) {
    this.#slots = slots;
  }

  get idle(): boolean {
    return (
      !this.#all &&
      this.#left === null &&
      this.#missed.size === 0 &&
      this.#asked === null
    );
  }

  /** Are rows there that are not counted yet? */
  get counts(): boolean {
    return this.#answer !== null;
  }

  /** Everything that is kept, as other series feed the indicator now. */
  all(): void {
    this.#all = true;
  }

  /** A pane that is gone has changed: the slots whose windows hold it are published again. */
  miss(start: number): void {
    this.#missed.add(start);
  }

  /** Takes note of a reading while the store is asked. @returns whether the answer will set its kept pane right. */
  note(series: number, at: number, value: number): boolean {
    if (this.#asked === null) return false;
    const { span, missed } = this.#asked;
    if (at < span[0] || at >= span[1]) return false;
    const given = this.#answer?.given(series, at);
    if (given === undefined)
      this.#since.set(`${series}:${at}`, { series, at, value });
    else if (!Object.is(given, value))
      this.#corrected.add(this.#slots.startOf(at));
    return missed === null;
  }

  /** @returns null where nothing is due or an answer is awaited. */
  ask(standing: Standing, wall: number): Span | null {
    if (this.#asked !== null) return null;
    const { unsound, kept, series, publishes } = standing;
    const rows = Math.max(series + 1, this.#density);
    const panes = Math.max(FEWEST, Math.floor(ROWS / rows));
    const widest = this.#slots.width * Math.min(panes, MOST_PANES);
    const misses = publishes && this.#missed.size > 0;
    if (this.#isAllDue(kept, wall, unsound.length > 0 || misses))
      this.#asked = this.#askAll(kept[0], widest);
    else if (unsound.length > 0)
      this.#asked = this.#askUnsound(unsound, widest);
    else if (misses) this.#asked = this.#askMissed(widest);
    return this.#asked?.span ?? null;
  }

  /** A piece of everything, and in turn with it whatever else waits. */
  #isAllDue(kept: Span, wall: number, othersWait: boolean): boolean {
    if (this.#all && this.#left === null && wall - this.#allAt >= ALL_EVERY) {
      this.#all = false;
      this.#allAt = wall;
      this.#left = [...kept];
      return true;
    }
    this.#othersTurn = othersWait && !this.#othersTurn;
    return this.#left !== null && !this.#othersTurn;
  }
  #askAll(kept: number, widest: number): Asked {
    const [left, to] = this.#left!;
    const from = Math.max(left, kept);
    const until = this.#slots.startOf(from + widest);
    const isLast = until >= to;
    this.#left = isLast ? null : [until, to];
    const span: Span = [from, isLast ? Math.max(from, to) : until];
    return { span, missed: null, all: true };
  }

  #askUnsound(unsound: readonly Span[], widest: number): Asked {
    const inOrder = [...unsound].sort((a, b) => a[0] - b[0]);
    const [from, end] = inOrder[0]!;
    let to = end;
    for (const [start, end] of inOrder)
      if (start - to <= NEAR * this.#slots.width && start - from < widest)
        to = end;
    return { span: [from, to], missed: null, all: false };
  }

  #askMissed(widest: number): Asked {
    let first = Infinity;
    for (const start of this.#missed) if (start < first) first = start;
    const missed: number[] = [];
    for (const start of this.#missed)
      if (start - first < widest) missed.push(start);
    missed.sort((a, b) => a - b);
    for (const start of missed) this.#missed.delete(start);
    const to = this.#slots.holding(missed.at(-1)!)[1];
    const span: Span = [this.#slots.windowStart(first), to];
    return { span, missed, all: false };
  }

  unanswered(): void {
    const asked = this.#asked;
    this.#forget();
    if (asked === null) return;
    for (const start of asked.missed ?? []) this.miss(start);
    if (asked.all)
      this.#left = [asked.span[0], this.#left?.[1] ?? asked.span[1]];
  }

  /** The store's rows are there: `count` takes them by and by. */
  answered(rows: ReadingRows): void {
    if (this.#asked !== null) this.#answer = new Answer(rows);
  }

  /** Gives the next rows, at most so many. @returns how many it looked at. */
  count(
    most: number,
    take: (series: number, at: number, value: number) => void,
  ): number {
    const since = this.#since;
    const isSince = (series: number, at: number) =>
      since.size > 0 && since.has(`${series}:${at}`);
    return this.#answer!.give(most, isSince, take);
  }

  /** @returns null where rows are left to be counted. */
  counted(): Counted | null {
    const asked = this.#asked;
    if (asked === null || !this.#answer?.isGiven) return null;
    const [from, to] = asked.span;
    const panes = Math.max(1, (to - from) / this.#slots.width);
    this.#density = this.#answer.count / panes;
    const since = [...this.#since.values()];
    const corrected = new Set(this.#corrected);
    this.#forget();
    return { ...asked, since, corrected };
  }

  #forget(): void {
    this.#asked = null;
    this.#answer = null;
    this.#since.clear();
    this.#corrected.clear();
  }

  /** @param told panes whose slots are computed anew but not published yet: they count as missed. */
  save(into: Writer, told: readonly number[]): void {
    const isAll = this.#all || this.#left !== null || this.#asked?.all;
    into.number(isAll ? 1 : 0);
    into.list([...this.#missed, ...told, ...(this.#asked?.missed ?? [])]);
  }

  /** @param starts hears of each pane that was missed. */
  load(from: Reader, starts: (start: number) => void): void {
    this.#all = from.number() === 1;
    this.#missed.clear();
    from.list().forEach(starts);
  }
}
