import { z } from "zod";
import { SENTENCES } from "./sentences.ts";

const half = /\p{Surrogate}/u;

/** Why no store and no reader can hold a text as it is, or null. */
export function textFlaw(text: string): string | null {
  if (half.test(text)) return SENTENCES.halfPair;
  if (text.includes("\0")) return SENTENCES.nulCharacter;
  return null;
}

/** Text that people and departments give us: at most so many UTF-16 units, and nothing that cannot be stored. */
export const text = (most: number) =>
  z
    .string()
    .max(most)
    .refine((given) => textFlaw(given) === null, {
      error: ({ input }) => textFlaw(input as string) ?? "",
    });
