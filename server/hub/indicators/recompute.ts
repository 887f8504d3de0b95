/**
 * What of an indicator's windows must be computed anew from the store's rows,
 * and what arrives while the store is being asked.
 */
import { LATEST } from "../../../contract/time.ts";
import type { Reader, Writer } from "./stream.ts";

/** [from, to) */
export type Span = [from: number, to: number];

/** A reading; NaN stands for one that does not count. */
export interface Row {
  series: number;
  at: number;
  value: number;
}

/** Widest span asked for at once, in panes. */
const WIDEST = 64;
/** Panes between two unsound ones that are worth asking for along with them. */
const NEAR = 4;

interface Asked {
  span: Span;
  /** Published slots to publish again from these rows alone; null for panes that are kept. */
  slots: Span | null;
  /** Of everything that is kept, because other series feed it now. */
  all: boolean;
}

export class Recompute {
  readonly #width: number;
  /** Published slots whose panes are gone, in order and apart. */
  #missed: Span[] = [];
  #all = false;
  #asked: Asked | null = null;
  /** Readings since the question, by `series:at`: the answer may lack them. */
  readonly #since = new Map<string, Row>();

  constructor(width: number) {
    this.#width = width;
  }

  get idle(): boolean {
    return !this.#all && this.#missed.length === 0 && this.#asked === null;
  }

  /** Everything that is kept, as other series feed the indicator now. */
  all(): void {
    this.#all = true;
  }

  /** Slots to publish again. */
  miss([from, to]: Span): void {
    const apart: Span[] = [];
    for (const span of this.#missed)
      if (span[1] < from || span[0] > to) apart.push(span);
      else [from, to] = [Math.min(from, span[0]), Math.max(to, span[1])];
    apart.push([from, to]);
    this.#missed = apart.sort((a, b) => a[0] - b[0]);
  }

  /** Takes note of a reading while the store is asked. @returns whether the answer will contain it. */
  note(series: number, at: number, value: number): boolean {
    if (this.#asked === null) return false;
    const [from, to] = this.#asked.span;
    if (at < from || at >= to) return false;
    this.#since.set(`${series}:${at}`, { series, at, value });
    return true;
  }

  /** @param kept start of what is kept. @returns null where nothing is due or an answer is awaited. */
  ask(
    unsound: readonly Span[],
    kept: number,
    windowStart: (slot: number) => number,
  ): Span | null {
    if (this.#asked !== null) return null;
    if (this.#all) {
      this.#asked = { span: [kept, LATEST], slots: null, all: true };
      this.#all = false;
    } else if (unsound.length > 0) {
      const inOrder = [...unsound].sort((a, b) => a[0] - b[0]);
      const from = inOrder[0]![0];
      let to = from;
      for (const [start, end] of inOrder)
        if (
          to === from ||
          (start - to <= NEAR * this.#width &&
            start - from < WIDEST * this.#width)
        )
          to = end;
      this.#asked = { span: [from, to], slots: null, all: false };
    } else if (this.#missed.length > 0) {
      const [from, end] = this.#missed[0]!;
      const to = Math.min(end, from + WIDEST * this.#width);
      this.#asked = {
        span: [windowStart(from), to],
        slots: [from, to],
        all: false,
      };
      if (to < end) this.#missed[0] = [to, end];
      else this.#missed.shift();
    }
    return this.#asked?.span ?? null;
  }

  unanswered(): void {
    if (this.#asked?.slots) this.miss(this.#asked.slots);
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

  /** @param told slots whose points are computed but not published yet: they count as missed. */
  save(into: Writer, told: readonly Span[]): void {
    const missed = [...this.#missed, ...told];
    if (this.#asked?.slots) missed.push(this.#asked.slots);
    into.number(this.#all || this.#asked?.all ? 1 : 0);
    into.list(missed.flat());
  }

  load(from: Reader): void {
    this.#all = from.number() === 1;
    const missed = from.list();
    this.#missed = [];
    for (let i = 0; i < missed.length; i += 2)
      this.miss([missed[i]!, missed[i + 1]!]);
  }
}
