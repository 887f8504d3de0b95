import { grown } from "./columns.ts";
import { Texts } from "./texts.ts";

/** Entries of a slot: hash, number + 1 (0 = free), start and end of the text. One cache line answers most look-ups. */
const SLOT = 4;
const NUMBER = 1;
const START = 2;
const END = 3;

/** As many as an id has units at most; one more is the space's. */
const FACTORS = 128;

/**
 * Numbers for texts, dense from 0, without an object per text: a million ids
 * take about 50 MB, and no garbage collection ever walks over them.
 *
 * `space` keeps equal texts of different owners apart (a sensor's system).
 * Hot path: `find` allocates nothing.
 */
export class Names {
  count = 0;
  readonly #factors: Int32Array;
  readonly #texts = new Texts();
  #slots = new Int32Array(SLOT * 2048);
  #spaceOf = new Uint16Array(1024);
  /** Text of number n is [bounds[n], bounds[n + 1]) of `#texts`. */
  #bounds = new Uint32Array(1025);

  /** @param seed a random number, so that no sender can choose ids that collide. */
  constructor(seed = 0) {
    this.#factors = factorsOf(seed);
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

  /**
   * Each unit times a secret of its own, then mixed: two texts agree in all
   * bits for one secret in a hundred thousand at most. A chain of products
   * will not do: differences in the highest bit pass through every one of
   * them, and cancel whatever the seed is.
   */
  #hash(space: number, text: string): number {
    const factors = this.#factors;
    let hash = Math.imul(factors[FACTORS]!, space + 1) + text.length;
    for (let i = 0; i < text.length; i++)
      hash = (hash + Math.imul(factors[i % FACTORS]!, text.charCodeAt(i))) | 0;
    hash = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
    hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
    return hash ^ (hash >>> 15);
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

/** Secrets of which none follows from the seed's neighbours: what a sender does not know it cannot choose ids by. */
function factorsOf(seed: number): Int32Array {
  const factors = new Int32Array(FACTORS + 1);
  let state = seed | 0;
  for (let i = 0; i <= FACTORS; i++) {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    factors[i] = mixed ^ (mixed >>> 15);
  }
  return factors;
}
