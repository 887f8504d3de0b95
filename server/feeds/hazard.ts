/** What no engine could store and no reader should meet, in whatever was parsed. */

import { textFlaw } from "../../contract/text.ts";

/**
 * The first NUL, half surrogate pair or `__proto__` key in a value, by path.
 * The value's depth must be bounded already.
 */
export function findFlaw(
  value: unknown,
  path = "",
): { path: string; message: string } | null {
  if (typeof value === "string") {
    const message = textFlaw(value);
    return message === null ? null : { path, message };
  }
  if (typeof value !== "object" || value === null) return null;
  for (const [key, held] of Object.entries(value)) {
    const at = `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    if (key === "__proto__")
      return { path: at, message: "the key __proto__ is not allowed" };
    const flaw = findFlaw(key, at) ?? findFlaw(held, at);
    if (flaw) return flaw;
  }
  return null;
}

/** The text as every store and reader can hold it, at most `length` long. */
export function storable(text: string, length: number): string {
  return text
    .slice(0, length)
    .replaceAll("\0", "\uFFFD")
    .replaceAll(/\p{Surrogate}/gu, "\uFFFD");
}
