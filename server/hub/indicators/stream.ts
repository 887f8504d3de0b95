import { grown } from "../sensors/columns.ts";

/** Writes numbers and texts one after another, as doubles. */
export class Writer {
  #numbers = new Float64Array(256);
  #count = 0;

  number(value: number): void {
    this.#numbers = grown(this.#numbers, this.#count + 1);
    this.#numbers[this.#count++] = value;
  }

  /** A list with its length before it. */
  list(values: ArrayLike<number>): void {
    this.number(values.length);
    this.#numbers = grown(this.#numbers, this.#count + values.length);
    this.#numbers.set(values, this.#count);
    this.#count += values.length;
  }

  text(text: string): void {
    this.list(Array.from(text, (_, i) => text.charCodeAt(i)));
  }

  blob(): Uint8Array {
    return new Uint8Array(this.#numbers.slice(0, this.#count).buffer);
  }
}

/** Reads what a `Writer` wrote, in the same order. */
export class Reader {
  readonly #numbers: Float64Array;
  #at = 0;

  constructor(blob: Uint8Array) {
    // A copy, because a blob may start anywhere in a buffer and doubles may not.
    this.#numbers = new Float64Array(blob.slice().buffer);
  }

  /** @throws RangeError at the end. */
  number(): number {
    if (this.#at >= this.#numbers.length)
      throw new RangeError("the checkpoint ends too early");
    return this.#numbers[this.#at++]!;
  }

  list(): Float64Array {
    const length = this.number();
    const from = this.#at;
    this.#at += length;
    if (this.#at > this.#numbers.length)
      throw new RangeError("the checkpoint ends too early");
    return this.#numbers.subarray(from, this.#at);
  }

  text(): string {
    return String.fromCharCode(...this.list());
  }
}
