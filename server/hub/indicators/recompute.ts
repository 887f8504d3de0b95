/**
 * What of an indicator's windows must be computed anew from the store's rows,
 * and what arrives while the store is being asked.
 */
import { LATEST } from "../../../contract/time.ts";
import type { Slots, Span } from "./slots.ts";
import type { Reader, Writer } from "./stream.ts";

/** A reading; NaN stands for one that does not count. */
export interface Row {
  series: number;
  at: number;
  value: number;
}

/** Panes asked for at once: so many that their rows stay about that few, but some in any case. */
const ROWS = 200_000;
const FEWEST = 64;
/** Panes between two unsound ones that are worth asking for along with them. */
const NEAR = 4;

interface Asked {
  span: Span;
  /** Published slots to publish again from these rows alone; null for panes that are kept. */
  slots: Span | null;
  /** The panes that were missed in these slots. */
  missed: number[];
  /** Of everything that is kept, because other series feed it now. */
  all: boolean;
}

export class Recompute {
  readonly #slots: Slots;
  /** Starts of panes that are gone and changed since. */
  readonly #missed = new Set<number>();
  #all = false;
  #asked: Asked | null = null;
  /** Readings since the question, by `series:at`: the answer may lack them. */
  readonly #since = new Map<string, Row>();

  constructor(slots: Slots) {
    this.#slots = slots;
  }

  get idle(): boolean {
    return !this.#all && this.#missed.size === 0 && this.#asked === null;
  }

  /** Everything that is kept, as other series feed the indicator now. */
  all(): void {
    this.#all = true;
  }

  /** A pane that is gone has changed: the slots whose windows hold it are published again. */
  miss(start: number): void {
    this.#missed.add(start);
  }

  /** Takes note of a reading while the store is asked. @returns whether the answer will contain it. */
  note(series: number, at: number, value: number): boolean {
    if (this.#asked === null) return false;
    const [from, to] = this.#asked.span;
    if (at < from || at >= to) return false;
    this.#since.set(`${series}:${at}`, { series, at, value });
    return true;
  }

  /**
   * @param kept start of what is kept.
   * @param series how many feed the indicator.
   * @returns null where nothing is due or an answer is awaited.
   */
  ask(unsound: readonly Span[], kept: number, series: number): Span | null {
    if (this.#asked !== null) return null;
    const widest =
      this.#slots.width * Math.max(FEWEST, Math.floor(ROWS / (series + 1)));
    if (this.#all) {
      this.#asked = {
        span: [kept, LATEST],
        slots: null,
        missed: [],
        all: true,
      };
      this.#all = false;
    } else if (unsound.length > 0) this.#askUnsound(unsound, widest);
    else if (this.#missed.size > 0) this.#askMissed(widest);
    return this.#asked?.span ?? null;
  }

  #askUnsound(unsound: readonly Span[], widest: number): void {
    const inOrder = [...unsound].sort((a, b) => a[0] - b[0]);
    const [from, end] = inOrder[0]!;
    let to = end;
    for (const [start, end] of inOrder)
      if (start - to <= NEAR * this.#slots.width && start - from < widest)
        to = end;
    this.#asked = { span: [from, to], slots: null, missed: [], all: false };
  }

  #askMissed(widest: number): void {
    const inOrder = [...this.#missed].sort((a, b) => a - b);
    const from = inOrder[0]!;
    const missed = inOrder.filter((start) => start - from < widest);
    for (const start of missed) this.#missed.delete(start);
    const to = this.#slots.holding(missed.at(-1)!)[1];
    this.#asked = {
      span: [this.#slots.windowStart(from), to],
      slots: [from, to],
      missed,
      all: false,
    };
  }

  unanswered(): void {
    for (const start of this.#asked?.missed ?? []) this.miss(start);
    if (this.#asked?.all) this.#all = true;
    this.#asked = null;
    this.#since.clear();
  }

  /** What was asked, and what arrived since and stands over the store's rows; null where nothing was asked. */
  answered():
    (Asked & { since: Row[]; isSince: (row: Row) => boolean }) | null {
    const asked = this.#asked;
    if (asked === null) return null;
    this.#asked = null;
    const since = new Map(this.#since);
    this.#since.clear();
    return {
      ...asked,
      since: [...since.values()],
      isSince: ({ series, at }) =>
        since.size > 0 && since.has(`${series}:${at}`),
    };
  }

  /** @param told panes whose slots are computed anew but not published yet: they count as missed. */
  save(into: Writer, told: readonly number[]): void {
    into.number(this.#all || this.#asked?.all ? 1 : 0);
    into.list([...this.#missed, ...told, ...(this.#asked?.missed ?? [])]);
  }

  load(from: Reader): void {
    this.#all = from.number() === 1;
    this.#missed.clear();
    for (const start of from.list()) this.miss(start);
  }
}
