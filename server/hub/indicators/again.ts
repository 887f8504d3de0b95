/** Slots that are published again, some at a time. */
import type { Slots, Span } from "./slots.ts";

export class Again {
  readonly #slots: Slots;
  #spans: Span[] = [];

  constructor(slots: Slots) {
    this.#slots = slots;
  }

  get isEmpty(): boolean {
    return this.#spans.length === 0;
  }

  add(spans: readonly Span[]): void {
    for (const [from, to] of spans) this.#spans.push([from, to]);
  }

  /**
   * Gives one slot after another that begins before `closedTo`, until `give`
   * wants no more; those after it are published when they are over.
   */
  give(closedTo: number, give: (slot: number) => boolean): void {
    let done = 0;
    let goesOn = true;
    for (const span of this.#spans) {
      while (goesOn && span[0] < span[1] && span[0] < closedTo) {
        const slot = span[0];
        span[0] = this.#slots.endOf(slot);
        goesOn = give(slot);
      }
      if (!goesOn) break;
      done++;
    }
    this.#spans.splice(0, done);
  }

  /** What is left, as `from, to, from, to, …`. */
  save(): number[] {
    return this.#spans.flat();
  }

  load(flat: ArrayLike<number>): void {
    this.#spans = [];
    for (let i = 0; i + 1 < flat.length; i += 2)
      this.#spans.push([flat[i]!, flat[i + 1]!]);
  }
}
