import { grown } from "./columns.ts";
import { Texts } from "./texts.ts";

/**
 * Numbers for texts, dense from 0, without an object per text: a million ids
 * take about 40 MB, a third of a Map of strings, and no garbage collection
 * ever walks over them.
 *
 * `space` keeps equal texts of different owners apart (a sensor's system).
 * Hot path: `find` allocates nothing.
 */
export class Names {
  count = 0;
  readonly #seed: number;
  readonly #texts = new Texts();
  /** Open addressing in pairs: hash, number + 1 (0 = free). */
  #slots = new Int32Array(2 * 2048);
  #spaceOf = new Uint16Array(1024);
  /** Text of number n is [bounds[n], bounds[n + 1]) of `#texts`. */
  #bounds = new Uint32Array(1025);

  /** @param seed a random number, so that no sender can choose ids that collide. */
  constructor(seed = 0) {
    this.#seed = seed | 0;
  }

  /** @returns the number, or −1 where the text is unknown. */
  find(space: number, text: string): number {
    const slots = this.#slots;
    const mask = slots.length / 2 - 1;
    const hash = this.#hash(space, text);
    for (let i = hash & mask; ; i = (i + 1) & mask) {
      const number = slots[2 * i + 1]! - 1;
      if (number < 0) return -1;
      if (
        slots[2 * i] === hash &&
        this.#spaceOf[number] === space &&
        this.#texts.is(text, this.#bounds[number]!, this.#bounds[number + 1]!)
      )
        return number;
    }
  }

  /** @returns the number that the text has or is given now. */
  add(space: number, text: string): number {
    const known = this.find(space, text);
    if (known >= 0) return known;
    const number = this.count++;
    if (this.count * 3 > this.#slots.length) this.#rehash();
    this.#spaceOf = grown(this.#spaceOf, this.count);
    this.#spaceOf[number] = space;
    this.#bounds = grown(this.#bounds, this.count + 1);
    this.#bounds[number + 1] = this.#texts.append(text);
    place(this.#slots, this.#hash(space, text), number);
    return number;
  }

  text(number: number): string {
    return this.#texts.read(this.#bounds[number]!, this.#bounds[number + 1]!);
  }

  space(number: number): number {
    return this.#spaceOf[number]!;
  }

  #hash(space: number, text: string): number {
    let hash = this.#seed ^ Math.imul(space + 1, 0x9e3779b1);
    for (let i = 0; i < text.length; i++)
      hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0x2c1b3c6d);
    return hash ^ (hash >>> 13);
  }

  #rehash(): void {
    const slots = new Int32Array(2 * this.#slots.length);
    for (let i = 0; i < this.#slots.length; i += 2)
      if (this.#slots[i + 1] !== 0)
        place(slots, this.#slots[i]!, this.#slots[i + 1]! - 1);
    this.#slots = slots;
  }
}

function place(slots: Int32Array, hash: number, number: number): void {
  const mask = slots.length / 2 - 1;
  let i = hash & mask;
  while (slots[2 * i + 1] !== 0) i = (i + 1) & mask;
  slots[2 * i] = hash;
  slots[2 * i + 1] = number + 1;
}
