/**
 * How rare a gram is among the texts that are held: what every caller says
 * weighs nothing. Grams are numbered; a number is used again when its gram is gone.
 */
export interface Rarity {
  /** Counts a text's grams once each. @returns their numbers, to be given back by `release` */
  hold(grams: Iterable<string>): Uint32Array;
  release(numbers: Uint32Array): void;
  /** Number of a gram that some held text has. */
  numberOf(gram: string): number | undefined;
  /** ln((1 + texts) / texts with this gram): nothing for a gram of every text of very many. */
  weigh(number: number): number;
  /**
   * Answers for any held text how like it is to this one: the cosine of both as
   * sets of weighed grams, 0…1; 0 where either is empty. Good until the next
   * `hold` or `release`.
   */
  likeness(grams: ReadonlySet<string>): (held: Uint32Array) => number;
}

export function createRarity(): Rarity {
  const numbers = new Map<string, number>();
  const grams: string[] = [];
  const held: number[] = [];
  const free: number[] = [];
  /** ln(n), looked up: one question weighs a hundred thousand grams. */
  const ln: number[] = [-Infinity];
  let texts = 0;

  function countIn(gram: string): number {
    let number = numbers.get(gram);
    if (number === undefined) {
      number = free.pop() ?? grams.length;
      numbers.set(gram, number);
      grams[number] = gram;
      held[number] = 0;
    }
    held[number]!++;
    return number;
  }

  function lnOf(n: number): number {
    for (let next = ln.length; next <= n; next++) ln.push(Math.log(next));
    return ln[n]!;
  }

  const weigh = (number: number) => lnOf(texts + 1) - lnOf(held[number]!);

  return {
    hold(given) {
      texts++;
      return Uint32Array.from(given, countIn);
    },
    release(given) {
      texts--;
      for (const number of given)
        if (--held[number]! === 0) {
          numbers.delete(grams[number]!);
          grams[number] = "";
          free.push(number);
        }
    },
    numberOf: (gram) => numbers.get(gram),
    weigh,
    likeness(given) {
      const own = new Uint8Array(grams.length);
      let sum = 0;
      for (const gram of given) {
        const number = numbers.get(gram);
        // What nobody else says makes it less like all the others.
        if (number === undefined) sum += lnOf(texts + 1);
        else {
          own[number] = 1;
          sum += weigh(number);
        }
      }
      // The hot loop of a question: what does not change is looked up before it.
      const most = lnOf(texts + 1);
      return (others) => {
        let shared = 0;
        let other = 0;
        for (let i = 0; i < others.length; i++) {
          const number = others[i]!;
          const weight = most - ln[held[number]!]!;
          other += weight;
          if (own[number] === 1) shared += weight;
        }
        return shared === 0 ? 0 : shared / Math.sqrt(sum * other);
      };
    },
  };
}
