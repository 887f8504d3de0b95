import type { ReadingRows } from "../../../contract/reading.ts";
import { SECOND } from "../../../contract/time.ts";
import type { Binder } from "./binder.ts";
import type { Entry } from "./entry.ts";

/** Rows of some series in [from, to) that the store is asked for. */
export interface RecomputeRequest {
  indicator: string;
  from: number;
  to: number;
  /** Every series that feeds the indicator. */
  series(): Int32Array;
}

/** An indicator is computed anew from the store at most once in that time. */
const EVERY = SECOND;

/** What the store was asked for, until it answers. */
export class Requests {
  readonly #binder: Binder;
  readonly #asked = new Map<RecomputeRequest, Entry>();

  constructor(binder: Binder) {
    this.#binder = binder;
  }

  pending(now: number): RecomputeRequest[] {
    const requests: RecomputeRequest[] = [];
    for (const entry of this.#binder.entries) {
      if (entry.meter?.kind !== "windows") continue;
      const time = entry.timeAt(now);
      if (time === -Infinity || now - entry.recomputedAt < EVERY) continue;
      const span = entry.meter.ask(time, now, entry.seriesCount);
      if (span === null) continue;
      entry.recomputedAt = now;
      const request = {
        indicator: entry.indicator.id,
        from: span[0],
        to: span[1],
        series: () => this.#binder.seriesOf(entry),
      };
      this.#asked.set(request, entry);
      requests.push(request);
    }
    return requests;
  }

  /** @param rows null where the store could not answer: the same is asked again later. */
  answer(request: RecomputeRequest, rows: ReadingRows | null): void {
    const entry = this.#asked.get(request);
    this.#asked.delete(request);
    if (entry?.meter?.kind !== "windows") return;
    entry.dirty = true;
    if (rows === null) entry.meter.unanswered();
    else
      entry.meter.answer(rows, (series) => this.#binder.feedsOf(entry, series));
  }
}
