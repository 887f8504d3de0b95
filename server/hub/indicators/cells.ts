/** What is known of each accumulator of an indicator, in columns that grow with them. */
import { Freshness } from "../../../contract/level.ts";
import { grown } from "../sensors/columns.ts";
import { LEVELS, STALE } from "./levels.ts";
import type { Reader, Writer } from "./stream.ts";

const LOST = Freshness.options.indexOf("lost");

export class Cells {
  count = 0;
  value = new Float64Array(0);
  /** Rounded as the catalogue says. */
  shown = new Float64Array(0);
  observations = new Float64Array(0);
  at = new Float64Array(0);
  receivedAt = new Float64Array(0);
  since = new Float64Array(0);
  /** When freshness or a level will change by itself. */
  due = new Float64Array(0);
  /** `LEVELS` side by side: since when a level's margin is kept. */
  clearSince = new Float64Array(0);
  /** Bits of the levels that hold. */
  on = new Uint8Array(0);
  /** Indices into the contract's options. */
  state = new Uint8Array(0);
  freshness = new Uint8Array(0);
  /** The window was empty: the value is the last one there was. */
  empty = new Uint8Array(0);

  grow(count: number): void {
    this.count = count;
    this.value = grown(this.value, count, NaN);
    this.shown = grown(this.shown, count, NaN);
    this.observations = grown(this.observations, count);
    this.at = grown(this.at, count, -Infinity);
    this.receivedAt = grown(this.receivedAt, count, -Infinity);
    this.since = grown(this.since, count, NaN);
    this.due = grown(this.due, count, Infinity);
    this.clearSince = grown(this.clearSince, LEVELS * count, NaN);
    this.on = grown(this.on, count);
    this.state = grown(this.state, count, STALE);
    this.freshness = grown(this.freshness, count, LOST);
    this.empty = grown(this.empty, count);
  }

  save(into: Writer): void {
    into.number(this.count);
    for (let acc = 0; acc < this.count; acc++) {
      for (const column of this.#kept()) into.number(column[acc]!);
      const clear = LEVELS * acc;
      into.list(this.clearSince.subarray(clear, clear + LEVELS));
    }
  }

  /** @param accOf the accumulator that a saved one is now; −1 = gone. */
  load(from: Reader, accOf: (saved: number) => number): void {
    const count = from.number();
    for (let saved = 0; saved < count; saved++) {
      const acc = accOf(saved);
      for (const column of this.#kept()) {
        const number = from.number();
        if (acc >= 0) column[acc] = number;
      }
      const clear = from.list();
      if (acc >= 0) this.clearSince.set(clear, LEVELS * acc);
    }
  }

  #kept(): (Float64Array | Uint8Array)[] {
    return [
      this.value,
      this.shown,
      this.observations,
      this.at,
      this.receivedAt,
      this.since,
      this.on,
      this.state,
      this.freshness,
      this.empty,
    ];
  }
}
