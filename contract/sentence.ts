/** A sentence to a person: English for other software, and what it takes to say it in another language. */
import { z } from "zod";
import { SENTENCES } from "./sentences.ts";

export type SentenceCode = keyof typeof SENTENCES;
const CODES = Object.keys(SENTENCES) as [SentenceCode, ...SentenceCode[]];
export const SentenceCode = z.enum(CODES);

/** A number, a name or a code, or several of them. */
export const Fact = z.union([z.string(), z.number(), z.array(z.string())]);
export type Fact = z.infer<typeof Fact>;

export const Sentence = z.object({
  /** In English. */
  message: z.string(),
  /** Which sentence it is; left out where a newer hub says one that is not known here. */
  code: SentenceCode.optional().catch(undefined),
  /** What stands in its holes: codes of roles, departments and districts, not their names. */
  facts: z.record(z.string(), Fact).optional(),
});
export type Sentence = z.infer<typeof Sentence>;

/** A sentence against one field of a request. */
export const FieldSentence = Sentence.extend({
  /** Into the part of the request that was wrong: `/body/login`. */
  path: z.string(),
});
export type FieldSentence = z.infer<typeof FieldSentence>;

type HolesOf<T extends string> =
  T extends `${string}{${infer Name}}${infer Rest}`
    ? Name | HolesOf<Rest>
    : never;
export type Facts<C extends SentenceCode> = Record<
  HolesOf<(typeof SENTENCES)[C]>,
  Fact
>;

const HOLE = /\{(\w+)\}/g;

/** Puts facts into the holes of a text. @param tell how a fact is written; a hole without a fact stays */
export const fill = (
  text: string,
  facts: Readonly<Record<string, Fact>>,
  tell: (name: string, fact: Fact) => string,
): string =>
  text.replaceAll(HOLE, (hole, name: string) =>
    facts[name] === undefined ? hole : tell(name, facts[name]),
  );

const inEnglish = (_name: string, fact: Fact) =>
  Array.isArray(fact)
    ? [fact.slice(0, -1).join(", "), ...fact.slice(-1)]
        .filter((part) => part !== "")
        .join(" and ")
    : String(fact);

/** The sentence of a code, with each of its facts. */
export function say<C extends SentenceCode>(
  code: C,
  ...[facts]: [keyof Facts<C>] extends [never] ? [] : [facts: Facts<C>]
): Sentence & { code: C } {
  const message = fill(SENTENCES[code], facts ?? {}, inEnglish);
  return { message, code, ...(facts && { facts }) };
}

/** Several codes as `inEnglish` writes them are several facts again. */
const SEVERAL = /^(roles|actions)$/;
/** Of what a fact is made; a name, a code or a number where it is not here. */
const PATTERNS: Readonly<Record<string, string>> = {
  sentence: "(.+)",
  why: "(.+)",
  // As the beginning of an English sentence has them.
  lines: "(lines? \\d+(?: to \\d+)? (?:is|are))",
};
const patternOf = (name: string) =>
  SEVERAL.test(name)
    ? "(\\w+(?:(?:, | and )\\w+)*)"
    : (PATTERNS[name] ?? "(\\S+)");

const patterns = CODES.map((code) => {
  const parts = SENTENCES[code].split(HOLE);
  const names = parts.filter((_, i) => i % 2 === 1);
  const source = parts
    .map((part, i) =>
      i % 2 === 1 ? patternOf(part) : part.replaceAll(/[()[\].?+*]/g, "\\$&"),
    )
    .join("");
  return { code, names, pattern: new RegExp(`^${source}$`, "s") };
  // A sentence without a hole is more surely itself than one with holes that fits.
}).sort((a, b) => a.names.length - b.names.length);

/** Which sentence an English one is, as the audit and schemas keep them; null where it is none of ours. */
export function recognise(message: string): Sentence | null {
  for (const { code, names, pattern } of patterns) {
    const found = pattern.exec(message);
    if (!found) continue;
    const facts = Object.fromEntries(
      names.map((name, i): [string, Fact] => {
        const fact = found[i + 1]!;
        return [name, SEVERAL.test(name) ? fact.split(/, | and /) : fact];
      }),
    );
    return { message, code, ...(names.length > 0 && { facts }) };
  }
  return null;
}
