/**
 * Aggregates that need more than four doubles: which sensors matched
 * (distinct), first and last value of each series (rate), all values
 * (percentile). One bag per accumulator and pane; bags of a window add up.
 */
import { HOUR } from "../../../contract/time.ts";
import { Sketch } from "./sketch.ts";

export interface Bag {
  add(series: number, at: number, value: number): void;
  /** Adds the content to another bag of the same kind. */
  pourInto(bag: Bag): void;
  result(): number;
  /** Numbers from which `load` makes the same bag. */
  save(): number[];
  load(numbers: readonly number[]): void;
}

/** How many series have a matching value in the window. */
export class Distinct implements Bag {
  readonly #series = new Set<number>();

  add(series: number): void {
    this.#series.add(series);
  }
  pourInto(bag: Distinct): void {
    for (const series of this.#series) bag.#series.add(series);
  }
  result(): number {
    return this.#series.size;
  }
  save(): number[] {
    return [...this.#series];
  }
  load(numbers: readonly number[]): void {
    for (const series of numbers) this.#series.add(series);
  }
}

type Ends = [firstAt: number, first: number, lastAt: number, last: number];

/**
 * Change per hour: of each series (last − first) ÷ (time between), and of all
 * series with two readings in the window the mean.
 */
export class Rate implements Bag {
  readonly #ends = new Map<number, Ends>();

  add(series: number, at: number, value: number): void {
    const ends = this.#ends.get(series);
    if (!ends) this.#ends.set(series, [at, value, at, value]);
    else {
      if (at < ends[0]) [ends[0], ends[1]] = [at, value];
      if (at > ends[2]) [ends[2], ends[3]] = [at, value];
    }
  }
  pourInto(bag: Rate): void {
    for (const [series, [firstAt, first, lastAt, last]] of this.#ends) {
      bag.add(series, firstAt, first);
      bag.add(series, lastAt, last);
    }
  }
  result(): number {
    let sum = 0;
    let count = 0;
    // By number, so that the sum does not depend on the order of arrival.
    for (const series of [...this.#ends.keys()].sort((a, b) => a - b)) {
      const [firstAt, first, lastAt, last] = this.#ends.get(series)!;
      if (lastAt === firstAt) continue;
      sum += ((last - first) / (lastAt - firstAt)) * HOUR;
      count++;
    }
    return count === 0 ? NaN : sum / count;
  }
  save(): number[] {
    return [...this.#ends].flat(2);
  }
  load(numbers: readonly number[]): void {
    for (let i = 0; i < numbers.length; i += 5) {
      const [series, ...ends] = numbers.slice(i, i + 5);
      this.#ends.set(series!, ends as Ends);
    }
  }
}

/** The p-th percentile of all values: exact for some thousands of them, else to 0.5 % (sketch.ts). */
export class Percentile implements Bag {
  readonly #percentile: number;
  readonly #values = new Sketch();

  constructor(percentile: number) {
    this.#percentile = percentile;
  }
  add(_series: number, _at: number, value: number): void {
    this.#values.add(value);
  }
  pourInto(bag: Percentile): void {
    this.#values.pourInto(bag.#values);
  }
  result(): number {
    return this.#values.quantile(this.#percentile / 100);
  }
  save(): number[] {
    return this.#values.save();
  }
  load(numbers: readonly number[]): void {
    this.#values.load(numbers);
  }
}
