import { grown } from "./columns.ts";
import { Texts } from "./texts.ts";

/** Entries of a slot: hash, number + 1 (0 = free), start and end of the text. One cache line answers most look-ups. */
const SLOT = 4;
const NUMBER = 1;
const START = 2;
const END = 3;

/**
 * Numbers for texts, dense from 0, without an object per text: a million ids
 * take about 50 MB, and no garbage collection ever walks over them.
 *
 * `space` keeps equal texts of different owners apart (a sensor's system).
 * Hot path: `find` allocates nothing.
 */
export class Names {
  count = 0;
  readonly #seed: number;
  readonly #texts = new Texts();
  #slots = new Int32Array(SLOT * 2048);
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
    const mask = slots.length / SLOT - 1;
    const hash = this.#hash(space, text);
    for (let i = hash & mask; ; i = (i + 1) & mask) {
      const slot = SLOT * i;
      const number = slots[slot + NUMBER]! - 1;
      if (number < 0) return -1;
      if (
        slots[slot] === hash &&
        this.#texts.is(text, slots[slot + START]!, slots[slot + END]!) &&
        this.#spaceOf[number] === space
      )
        return number;
    }
  }

  /** @returns the number that the text has or is given now. */
  add(space: number, text: string): number {
    const known = this.find(space, text);
    if (known >= 0) return known;
    const number = this.count++;
    if (this.count * 3 * SLOT > this.#slots.length * 2) this.#rehash();
    if (this.count > this.#spaceOf.length) {
      this.#spaceOf = grown(this.#spaceOf, this.count);
      this.#bounds = grown(this.#bounds, this.#spaceOf.length + 1);
    }
    this.#spaceOf[number] = space;
    const start = this.#texts.end;
    const end = (this.#bounds[number + 1] = this.#texts.append(text));
    const hash = this.#hash(space, text);
    const slot = freeSlot(this.#slots, hash);
    this.#slots[slot] = hash;
    this.#slots[slot + NUMBER] = number + 1;
    this.#slots[slot + START] = start;
    this.#slots[slot + END] = end;
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
    const odd = text.length & 1;
    if (odd) hash = Math.imul(hash ^ text.charCodeAt(0), 0x01000193);
    // Two units a step: each waits for the product before it.
    for (let i = odd; i < text.length; i += 2)
      hash = Math.imul(
        hash ^ (text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16)),
        0x5bd1e995,
      );
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0x2c1b3c6d);
    return hash ^ (hash >>> 13);
  }

  #rehash(): void {
    const old = this.#slots;
    const slots = new Int32Array(2 * old.length);
    for (let i = 0; i < old.length; i += SLOT)
      if (old[i + NUMBER] !== 0)
        slots.set(old.subarray(i, i + SLOT), freeSlot(slots, old[i]!));
    this.#slots = slots;
  }
}

function freeSlot(slots: Int32Array, hash: number): number {
  const mask = slots.length / SLOT - 1;
  let i = hash & mask;
  while (slots[SLOT * i + NUMBER] !== 0) i = (i + 1) & mask;
  return SLOT * i;
}
