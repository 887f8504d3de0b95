const MOST = 0xffff;

/** Numbers for the few words that repeat a million times: systems, metrics, kinds, units. */
export class Words {
  readonly all: string[] = [];
  readonly #numbers = new Map<string, number>();

  constructor(words: Iterable<string> = []) {
    for (const word of words) this.add(word);
  }

  /** @returns the number, or −1 where the word is unknown. */
  find(word: string): number {
    return this.#numbers.get(word) ?? -1;
  }

  /** True where all of these are known or still get a number. */
  hasRoomFor(words: readonly string[]): boolean {
    const fresh = new Set(words.filter((word) => !this.#numbers.has(word)));
    return this.all.length + fresh.size <= MOST;
  }

  /** @throws RangeError at the 65,536th word: numbers are kept in 16 bits. */
  add(word: string): number {
    const known = this.#numbers.get(word);
    if (known !== undefined) return known;
    if (this.all.length === MOST)
      throw new RangeError(`no number is left for "${word}"`);
    this.#numbers.set(word, this.all.length);
    return this.all.push(word) - 1;
  }
}
