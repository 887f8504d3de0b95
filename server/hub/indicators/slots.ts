import type { Indicator } from "../../../contract/indicator.ts";
import { AHEAD, MINUTE } from "../../../contract/time.ts";
import type { Zone } from "../../../contract/zone.ts";
import { sourceOf } from "./source.ts";

/** [from, to) */
export type Span = [from: number, to: number];

/** Panes kept beyond what windows need, for late readings. */
const GRACE_PANES = 16;

/** How often points of an indicator are published: at the most once a minute. */
export const slotOf = (indicator: Pick<Indicator, "every">) =>
  Math.max(indicator.every, MINUTE);

/**
 * How an indicator cuts time: into slots of `width`, each of which is a pane
 * and gives one published point, and into windows made of panes. A window is
 * named by its last slot.
 */
export class Slots {
  readonly width: number;
  /** ms before the present slot for which panes are kept. */
  readonly keep: number;
  /** ms after the present moment for which panes are opened: one window beyond what feeds on the wall clock may be ahead. */
  readonly ahead: number;
  /** No more panes than that are held: twice what is kept and opened ahead, as time goes on between evaluations. */
  readonly most: number;
  readonly slides: boolean;
  readonly #length: number;
  readonly #zone: Zone;

  constructor(indicator: Indicator, zone: Zone) {
    const { kind, length, step } = sourceOf(indicator).window;
    const slot = slotOf(indicator);
    this.#zone = zone;
    this.#length = length;
    this.slides = kind === "sliding";
    if (this.slides) this.width = step;
    else this.width = length > slot && length % slot === 0 ? slot : length;
    // A late reading changes windows that begin up to a length before it.
    this.keep =
      GRACE_PANES * this.width + (this.width === length ? 0 : 2 * length);
    this.ahead = AHEAD + length;
    this.most =
      2 * Math.ceil((this.keep + this.ahead) / this.width) + GRACE_PANES;
  }

  startOf(at: number): number {
    return this.#zone.startOf(at, this.width);
  }
  endOf(slot: number): number {
    return this.#zone.endOf(slot, this.width);
  }

  /** Start of the window whose last slot is `slot`. */
  windowStart(slot: number): number {
    return this.slides
      ? this.endOf(slot) - this.#length
      : this.#zone.startOf(slot, this.#length);
  }

  /** Slots whose windows hold that moment. */
  holding(at: number): Span {
    const start = this.startOf(at);
    if (this.slides) return [start, start + this.#length];
    const window = this.#zone.startOf(start, this.#length);
    return [start, this.#zone.endOf(window, this.#length)];
  }

  /** Slots whose windows hold one of these panes, oldest first. */
  holdingAny(starts: Iterable<number>): Span[] {
    const spans: Span[] = [];
    for (const start of [...starts].sort((a, b) => a - b)) {
      const [from, to] = this.holding(start);
      const last = spans.at(-1);
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
      else spans.push([from, to]);
    }
    return spans;
  }
}
