/** Finds choices by what somebody types of them. Pure. */
import type { Choice } from "./choices.ts";

/** How well a text answers to what is asked, the best is 0; null where it does not. */
function fitOf(text: string, asked: string): number | null {
  const of = text.toLowerCase();
  if (of.startsWith(asked)) return 0;
  if (of.includes(asked)) return 1;
  const end = endOfShort(of, asked);
  return end === null ? null : 1 + end;
}

const HAN = /^\p{Script=Han}{2,}$/u;
/** Where a Chinese short name ends in the whole, begun and ordered like it: 城管 in 城市管理局 is 3; null: it is none. */
function endOfShort(of: string, asked: string): number | null {
  if (!HAN.test(asked) || of[0] !== asked[0]) return null;
  let at = 0;
  const isWhole = [...asked].every(
    (sign) => (at = of.indexOf(sign, at) + 1) > 0,
  );
  return isWhole ? at : null;
}

/**
 * Those that answer, the best first; of equals the order stays.
 * @param lettersOf Latin letters of a Chinese name
 */
export function find(
  choices: readonly Choice[],
  typed: string,
  lettersOf: (name: string) => string,
): Choice[] {
  const asked = typed.trim().toLowerCase();
  if (asked === "") return [...choices];
  return choices
    .flatMap((choice) => {
      const { value, name, hint = "" } = choice;
      const fits = [value, name, hint, lettersOf(name)]
        .map((text) => fitOf(text, asked))
        .filter((fit) => fit !== null);
      return fits.length > 0 ? [{ choice, fit: Math.min(...fits) }] : [];
    })
    .sort((one, other) => one.fit - other.fit)
    .map(({ choice }) => choice);
}
