/**
 * Quantiles of many numbers: exact up to `EXACT` of them, then from counts per
 * class whose bounds grow by 1 %, so that an answer is within 0.5 % of a value
 * at that rank. What it holds depends only on which numbers are in it, not on
 * their order, so that a restart gives the same.
 */
export const EXACT = 4096;
const GROWTH = Math.log(1.01);
/** Numbers nearer to zero than this count as zero. */
const SMALLEST = 1e-9;

export class Sketch {
  #count = 0;
  /** All numbers, unsorted; null once there are classes. */
  #values: number[] | null = [];
  /** Class (see `classOf`) → how many. */
  readonly #classes = new Map<number, number>();

  add(value: number): void {
    this.#count++;
    if (this.#values === null) return this.#put(classOf(value), 1);
    this.#values.push(value);
    if (this.#values.length > EXACT) this.#toClasses();
  }

  pourInto(sketch: Sketch): void {
    if (this.#values !== null) {
      for (const value of this.#values) sketch.add(value);
      return;
    }
    if (sketch.#values !== null) sketch.#toClasses();
    sketch.#count += this.#count;
    for (const [index, count] of this.#classes) sketch.#put(index, count);
  }

  /** The smallest number with at least the share `q` of all at or below it; NaN of nothing. */
  quantile(q: number): number {
    if (this.#count === 0) return NaN;
    const rank = Math.max(1, Math.ceil(q * this.#count));
    if (this.#values !== null)
      return Float64Array.from(this.#values).sort()[rank - 1]!;
    let passed = 0;
    const sorted = [...this.#classes].sort(([a], [b]) => a - b);
    for (const [index, count] of sorted) {
      passed += count;
      if (passed >= rank) return middleOf(index);
    }
    return NaN;
  }

  save(): number[] {
    return this.#values !== null
      ? [0, ...this.#values]
      : [1, ...[...this.#classes].flat()];
  }

  load([classes, ...numbers]: readonly number[]): void {
    if (classes === 0) {
      for (const value of numbers) this.add(value);
      return;
    }
    this.#values = null;
    for (let i = 0; i < numbers.length; i += 2) {
      this.#classes.set(numbers[i]!, numbers[i + 1]!);
      this.#count += numbers[i + 1]!;
    }
  }

  #toClasses(): void {
    for (const value of this.#values!) this.#put(classOf(value), 1);
    this.#values = null;
  }

  #put(index: number, by: number): void {
    this.#classes.set(index, (this.#classes.get(index) ?? 0) + by);
  }
}

/** 0 for zero, else 1, 2, … upwards from the smallest, negative for negative numbers. */
function classOf(value: number): number {
  const size = Math.abs(value);
  if (size < SMALLEST) return 0;
  return (
    Math.sign(value) * (1 + Math.floor(Math.log(size / SMALLEST) / GROWTH))
  );
}

function middleOf(index: number): number {
  if (index === 0) return 0;
  const size = SMALLEST * Math.exp((Math.abs(index) - 0.5) * GROWTH);
  return Math.sign(index) * size;
}
