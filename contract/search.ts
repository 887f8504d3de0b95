/**
 * Text as words that can be looked for (decisions D8), alike for what is stored
 * and for what is asked: of scripts without spaces every two neighbouring
 * characters, of others the beginnings of every word.
 */
import { text } from "./text.ts";

/** Scripts that put no space between words. */
const DENSE =
  "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}";
const RUN = new RegExp(
  `([${DENSE}]+)|(\\p{Nd}+)|((?:(?![${DENSE}])[\\p{L}\\p{M}])+)`,
  "gu",
);
/** What follows in a longer word is not looked at. */
const LONGEST = 16;
/** So many digits may be somebody's number: nobody finds him by it (decisions I8). */
const PRIVATE_DIGITS = 5;
/** A number of an incident, as far as it was written. */
const NUMBER = /^(\d{4})-(\d{0,9})$/;
/** Digits of an incident's number behind its year, and how many must be given to look for it. */
const NUMBER_DIGITS = 7;
const FEWEST_DIGITS = 3;

interface Run {
  kind: "dense" | "digits" | "spaced";
  signs: string[];
}

function* runsOf(given: string): Generator<Run> {
  const plain = given.normalize("NFKC").toLowerCase();
  for (const [run, dense, digits] of plain.matchAll(RUN)) {
    const kind = dense ? "dense" : digits ? "digits" : "spaced";
    yield { kind, signs: [...run] };
  }
}

function* pairsOf(signs: readonly string[]): Generator<string> {
  for (let i = 1; i < signs.length; i++) yield signs[i - 1]! + signs[i]!;
}

/** All words by which a text is found; they hold letters, marks and digits alone. */
export function wordsIn(given: string): Set<string> {
  const found = new Set<string>();
  for (const { kind, signs } of runsOf(given)) {
    if (kind === "dense") for (const pair of pairsOf(signs)) found.add(pair);
    else if (kind === "spaced" || signs.length < PRIVATE_DIGITS) {
      let word = "";
      for (const sign of signs.slice(0, LONGEST)) found.add((word += sign));
    }
  }
  return found;
}

/** The words that a text must have to be found; of a lone Chinese character none. */
export function wordsAsked(search: string): string[] {
  const asked = new Set<string>();
  for (const { kind, signs } of runsOf(search))
    if (kind === "dense") for (const pair of pairsOf(signs)) asked.add(pair);
    else asked.add(signs.slice(0, LONGEST).join(""));
  return [...asked];
}

/** Incidents whose number begins so: of a year, the running numbers `from` … `to`; null where it is no number. */
export function numbersAsked(
  search: string,
): { year: number; from: number; to: number } | null {
  const [, year, digits = ""] =
    NUMBER.exec(search.normalize("NFKC").trim()) ?? [];
  if (digits.length < FEWEST_DIGITS) return null;
  const open = 10 ** Math.max(0, NUMBER_DIGITS - digits.length);
  const from = Number(digits) * open;
  return { year: Number(year), from, to: from + open - 1 };
}

const isTooLittle = (search: string): boolean =>
  NUMBER.test(search.normalize("NFKC").trim())
    ? numbersAsked(search) === null
    : wordsAsked(search).length === 0;

/** What somebody looks for: words of a text, or how an incident's number begins. */
export const Search = text(100).refine((search) => !isTooLittle(search), {
  error: `too little to look for: give a word, two Chinese characters, or of a number the year and ${FEWEST_DIGITS} digits`,
});
