/**
 * A pane is a span of city time with what the readings in it add up to, one
 * accumulator per scope. Windows are made of panes.
 */
import type { Aggregate } from "../../../contract/indicator.ts";
import { grown } from "../sensors/columns.ts";
import { add, CELLS, countsNothing, merge, resultOf } from "./aggregate.ts";
import { type Bag, Distinct, Percentile, Rate } from "./bags.ts";
import type { Reader, Writer } from "./stream.ts";

export interface Pane {
  start: number;
  end: number;
  cells: Float64Array<ArrayBuffer>;
  bags: (Bag | undefined)[];
  /** Places that were heard in it when it was counted anew, with nothing that counts. */
  bare: Set<number> | null;
  /** A correction could not be worked in: count it anew from the store. */
  unsound: boolean;
}

export interface Result {
  /** NaN where nothing was counted and nothing is no answer. */
  value: number;
  /** Observations behind it. */
  count: number;
}

/** Adding up a bag takes about as long as so many accumulators without one. */
const BAG_EFFORT = 30;

/** How one indicator adds up. */
export class Sum {
  readonly aggregate: Aggregate;
  readonly #percentile: number;
  readonly #usesBags: boolean;

  constructor(aggregate: Aggregate, percentile: number | null) {
    this.aggregate = aggregate;
    this.#percentile = percentile ?? 50;
    this.#usesBags =
      aggregate === "distinct" ||
      aggregate === "rate" ||
      aggregate === "percentile";
  }

  /** Is the result of nothing a number? */
  get countsNothing(): boolean {
    return countsNothing(this.aggregate);
  }

  /** Does the result stand on readings that a condition leaves out, too? */
  get countsAll(): boolean {
    return this.countsNothing || this.aggregate === "ratio";
  }

  pane(start: number, end: number, accumulators: number): Pane {
    return {
      start,
      end,
      cells: new Float64Array(accumulators * CELLS),
      bags: [],
      bare: null,
      unsound: false,
    };
  }

  add(
    pane: Pane,
    acc: number,
    series: number,
    at: number,
    value: number,
    weight: number,
    hit: boolean,
  ): void {
    if ((acc + 1) * CELLS > pane.cells.length)
      pane.cells = grown(pane.cells, (acc + 1) * CELLS);
    add(
      this.aggregate,
      pane.cells,
      acc * CELLS,
      series,
      at,
      value,
      weight,
      hit,
    );
    if (this.#usesBags) (pane.bags[acc] ??= this.#bag()).add(series, at, value);
  }

  /** Was anything counted? */
  counted(pane: Pane, acc: number): boolean {
    return (pane.cells[acc * CELLS] ?? 0) > 0;
  }

  /** About how many steps it takes to add up a pane's accumulator. */
  get effort(): number {
    return this.#usesBags ? BAG_EFFORT : 1;
  }

  /** The accumulator over several panes. */
  over(panes: readonly Pane[], acc: number): Result {
    const cells = new Float64Array(CELLS);
    for (const pane of panes)
      if ((acc + 1) * CELLS <= pane.cells.length)
        merge(this.aggregate, cells, 0, pane.cells, acc * CELLS);
    const count = cells[0]!;
    if (!this.#usesBags)
      return { value: resultOf(this.aggregate, cells, 0), count };
    const all = this.#bag();
    for (const pane of panes) pane.bags[acc]?.pourInto(all);
    return { value: all.result(), count };
  }

  save(pane: Pane, into: Writer): void {
    into.number(pane.start);
    into.number(pane.end);
    // What `bare` says is not saved: it is found again in the store.
    into.number(pane.unsound || pane.bare !== null ? 1 : 0);
    into.list(pane.cells);
    into.number(pane.bags.filter((bag) => bag !== undefined).length);
    pane.bags.forEach((bag, acc) => {
      into.number(acc);
      into.list(bag!.save());
    });
  }

  /** @param accOf the accumulator that a saved one is now; −1 = gone. */
  load(
    from: Reader,
    accumulators: number,
    accOf: (saved: number) => number,
  ): Pane {
    const pane = this.pane(from.number(), from.number(), accumulators);
    pane.unsound = from.number() === 1;
    const cells = from.list();
    for (let saved = 0; saved * CELLS < cells.length; saved++) {
      const acc = accOf(saved);
      if (acc >= 0)
        pane.cells.set(
          cells.subarray(saved * CELLS, (saved + 1) * CELLS),
          acc * CELLS,
        );
    }
    for (let left = from.number(); left > 0; left--) {
      const acc = accOf(from.number());
      const bag = this.#bag();
      bag.load(Array.from(from.list()));
      if (acc >= 0) pane.bags[acc] = bag;
    }
    return pane;
  }

  #bag(): Bag {
    switch (this.aggregate) {
      case "distinct":
        return new Distinct();
      case "rate":
        return new Rate();
      case "percentile":
        return new Percentile(this.#percentile);
      case "mean":
      case "sum":
      case "min":
      case "max":
      case "last":
      case "count":
      case "ratio":
      case "energyMean":
      case "weightedMean":
      case "yoy":
        throw new Error(`${this.aggregate} needs no bag`);
    }
  }
}
