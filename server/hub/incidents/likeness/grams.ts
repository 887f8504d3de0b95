/**
 * Pieces of text by which reports are compared: two and three characters of
 * writing without spaces, three letters of a word, short numbers whole.
 */

/** `from` and `to` are where a reader would cut it out: of a word with spaces around it, the whole word. */
export interface Gram {
  gram: string;
  from: number;
  to: number;
}

export interface Grams {
  /** The text as it was read: one width, small letters. */
  text: string;
  /** In the order of the text; the same gram may come again. */
  grams: Gram[];
}

/** What is said later in a report is rarely what it is about; it bounds the work for any text. */
const MOST_CHARACTERS = 1_000;
/** Longer numbers are telephones and identity cards: nobody's likeness. */
const LONGEST_NUMBER = 4;

const UNSPACED = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]`;
const RUN = new RegExp(
  String.raw`(?<unspaced>${UNSPACED}+)|(?<number>\p{N}+)|(?:(?!${UNSPACED})[\p{L}\p{M}])+`,
  "gu",
);

/** Reads any text; what is neither letter nor number parts runs. */
export function readGrams(given: string): Grams {
  const text = given.slice(0, MOST_CHARACTERS).normalize("NFKC").toLowerCase();
  const grams: Gram[] = [];
  for (const { 0: run, index, groups } of text.matchAll(RUN)) {
    const [from, to] = [index, index + run.length];
    if (groups!["unspaced"]) readUnspaced(run, from, grams);
    else if (groups!["number"]) {
      if (run.length <= LONGEST_NUMBER) grams.push({ gram: run, from, to });
    } else for (const gram of lettersOf(run)) grams.push({ gram, from, to });
  }
  return { text, grams };
}

function readUnspaced(run: string, start: number, grams: Gram[]): void {
  // Where characters begin, not code units: rare ones in names take two.
  const begins = [start];
  for (const character of run) begins.push(begins.at(-1)! + character.length);
  const push = (from: number, to: number) =>
    grams.push({ gram: run.slice(from - start, to - start), from, to });
  const count = begins.length - 1;
  if (count === 1) push(start, begins[1]!);
  for (let i = 0; i + 2 <= count; i++) {
    push(begins[i]!, begins[i + 2]!);
    if (i + 3 <= count) push(begins[i]!, begins[i + 3]!);
  }
}

/** The space around a word tells its beginning and its end. */
function* lettersOf(word: string): Generator<string> {
  const letters = [" ", ...word, " "];
  for (let i = 0; i + 2 < letters.length; i++)
    yield letters.slice(i, i + 3).join("");
}

/** Every gram once. */
export const gramSet = ({ grams }: Grams): Set<string> =>
  new Set(grams.map(({ gram }) => gram));

/** Grams that weigh less than this share of the heaviest are not what led to it. */
const LED = 0.5;
const LONGEST_TERM = 12;

/**
 * Readable words out of the grams that weigh most, heaviest first: grams that
 * overlap or touch are joined to one word as it stands in the text.
 * @param weigh what a gram contributed; 0 and less is nothing
 */
export function termsOf(
  { text, grams }: Grams,
  weigh: (gram: string) => number,
  most: number,
): string[] {
  const weighed = Float64Array.from(grams, ({ gram }) => weigh(gram));
  const heaviest = weighed.reduce((high, weight) => Math.max(high, weight), 0);
  if (heaviest === 0) return [];
  const weights = new Map<string, number>();
  let span = { from: 0, to: -1, weight: 0 };
  const close = () => {
    const term = text.slice(span.from, span.to);
    if (span.to > span.from)
      weights.set(term, Math.max(weights.get(term) ?? 0, span.weight));
  };
  for (let i = 0; i < grams.length; i++) {
    const weight = weighed[i]!;
    if (weight < LED * heaviest) continue;
    const { from, to } = grams[i]!;
    const joined = from <= span.to && to - span.from <= LONGEST_TERM;
    if (joined || (from >= span.from && to <= span.to)) {
      span.to = Math.max(span.to, to);
      span.weight += weight;
    } else {
      close();
      span = { from, to, weight };
    }
  }
  close();
  return [...weights]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([term]) => term);
}
