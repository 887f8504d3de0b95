import { z } from "zod";
import { SENTENCES } from "./sentences.ts";

const half = /\p{Surrogate}/u;

/** Why no store and no reader can hold a text as it is, or null. */
export function textFlaw(text: string): string | null {
  if (half.test(text)) return SENTENCES.halfPair;
  if (text.includes("\0")) return SENTENCES.nulCharacter;
  return null;
}

/** Blanks, signs of control and of direction, zero widths, fillers: what is drawn as nothing. */
const unseen =
  /[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\u2800]/gu;

/** Text that people and departments give us: at most so many code points, and nothing that cannot be stored. */
export const text = (most: number) =>
  z
    .string()
    .max(most)
    .refine((given) => textFlaw(given) === null, {
      error: ({ input }) => textFlaw(input as string) ?? "",
    });

const lengthOf = (text: string) => [...text].length;

/** Text of which a reader sees at least so many code points: blanks are no reason and no name. */
export const said = (most: number, least = 1, why?: string) =>
  text(most)
    .min(least, why)
    .refine(
      (given) =>
        // What is too short without them was said already.
        lengthOf(given) < least || lengthOf(given.replace(unseen, "")) >= least,
      why ?? SENTENCES.saysNothing,
    );
