import type { Indicator } from "../../../contract/indicator.ts";
import { MINUTE } from "../../../contract/time.ts";
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
  readonly #slides: boolean;
  readonly #length: number;
  readonly #zone: Zone;

  constructor(indicator: Indicator, zone: Zone) {
    const { kind, length, step } = sourceOf(indicator).window;
    const slot = slotOf(indicator);
    this.#zone = zone;
    this.#length = length;
    this.#slides = kind === "sliding";
    if (this.#slides) this.width = step;
    else this.width = length > slot && length % slot === 0 ? slot : length;
    // A late reading changes windows that begin up to a length before it.
    this.keep =
      GRACE_PANES * this.width + (this.width === length ? 0 : 2 * length);
  }

  startOf(at: number): number {
    return this.#zone.startOf(at, this.width);
  }
  endOf(slot: number): number {
    return this.#zone.endOf(slot, this.width);
  }

  /** Start of the window whose last slot is `slot`. */
  windowStart(slot: number): number {
    return this.#slides
      ? this.endOf(slot) - this.#length
      : this.#zone.startOf(slot, this.#length);
  }

  /** Slots whose windows hold that moment. */
  holding(at: number): Span {
    const start = this.startOf(at);
    if (this.#slides) return [start, start + this.#length];
    const window = this.#zone.startOf(start, this.#length);
    return [start, this.#zone.endOf(window, this.#length)];
  }
}
