const MOST = 0xffff;

/** Numbers for the few words that repeat a million times: systems, metrics, kinds, units. */
export class Words {
  readonly all: string[] = [];
  readonly #numbers = new Map<string, number>();
  /** Per owner: words that it was the first to bring. */
  readonly #coined: number[] = [];

  constructor(words: Iterable<string> = []) {
    for (const word of words) this.add(word);
  }

  /** @returns the number, or −1 where the word is unknown. */
  find(word: string): number {
    return this.#numbers.get(word) ?? -1;
  }

  /** Is a number that of one of these? Some may be heard for the first time long after they were asked for. */
  among(wanted: readonly string[]): (number: number) => boolean {
    const look = () => new Set(wanted.map((word) => this.find(word)));
    let numbers = look();
    let known = this.all.length;
    return (number) => {
      if (number >= known) {
        known = this.all.length;
        numbers = look();
      }
      return numbers.has(number);
    };
  }

  /** True where all of these are known, or still get a number and are within the owner's share. */
  hasRoomFor(words: readonly string[], owner: number, share: number): boolean {
    const fresh = new Set(words.filter((word) => !this.#numbers.has(word)));
    return (
      fresh.size === 0 ||
      (this.all.length + fresh.size <= MOST &&
        (this.#coined[owner] ?? 0) + fresh.size <= share)
    );
  }

  /**
   * @param owner who brings it, where somebody's share is counted
   * @throws RangeError at the 65,536th word: numbers are kept in 16 bits
   */
  add(word: string, owner = -1): number {
    const known = this.#numbers.get(word);
    if (known !== undefined) return known;
    if (this.all.length === MOST)
      throw new RangeError(`no number is left for "${word}"`);
    this.#numbers.set(word, this.all.length);
    if (owner >= 0) this.#coined[owner] = (this.#coined[owner] ?? 0) + 1;
    return this.all.push(word) - 1;
  }
}
