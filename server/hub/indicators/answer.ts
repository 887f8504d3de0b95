/** The store's rows of one question, counted some at a time so that nothing waits for all of them. */
import type { ReadingRows } from "../../../contract/reading.ts";
import { leadOf } from "../lead.ts";
import { BAD } from "./source.ts";

/** A reading; NaN stands for one that does not count. */
export interface Row {
  series: number;
  at: number;
  value: number;
}

export class Answer {
  readonly #rows: ReadingRows;
  #next = 0;

  /** @param rows by (series, at). */
  constructor(rows: ReadingRows) {
    this.#rows = rows;
  }

  get count(): number {
    return this.#rows.count;
  }

  /**
   * Gives the next rows, at most so many; of those that `isSince` another
   * stands over them. @returns how many it looked at.
   */
  give(
    most: number,
    isSince: (series: number, at: number) => boolean,
    take: (series: number, at: number, value: number) => void,
  ): number {
    const { series, at } = this.#rows;
    const from = this.#next;
    const to = Math.min(this.#rows.count, from + most);
    for (let i = from; i < to; i++)
      if (!isSince(series[i]!, at[i]!))
        take(series[i]!, at[i]!, this.#value(i));
    this.#next = to;
    return to - from;
  }

  get isGiven(): boolean {
    return this.#next === this.#rows.count;
  }

  /** What was given of that reading; undefined where nothing was yet. */
  given(series: number, at: number): number | undefined {
    const { series: no, at: times } = this.#rows;
    const row = leadOf(
      this.#next,
      (i) => no[i]! < series || (no[i] === series && times[i]! < at),
    );
    const found = row < this.#next && no[row] === series && times[row] === at;
    return found ? this.#value(row) : undefined;
  }

  #value(i: number): number {
    return this.#rows.quality[i] === BAD ? NaN : this.#rows.value[i]!;
  }
}
