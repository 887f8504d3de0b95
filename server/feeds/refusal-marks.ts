/** By what a refusal is known again when it comes once more. */
import { createHash } from "node:crypto";

/** What a refusal leaves behind. */
export interface Refused {
  /** JSON-pointer-like path into the payload, `` for the whole. */
  path: string;
  message: string;
  raw: string;
}

/** Refusals by mark, each with how often it is among them. */
export function countMarks(
  refused: readonly Refused[],
): Map<string, { one: Refused; times: number }> {
  const found = new Map<string, { one: Refused; times: number }>();
  const digest = digests();
  for (const one of refused) {
    const { path, message, raw } = one;
    // Digests, as a sender may choose how long its paths are.
    const mark = sha256(`${digest(raw)}\n${path}\n${message}`);
    const same = found.get(mark);
    if (same) same.times++;
    else found.set(mark, { one, times: 1 });
  }
  return found;
}

const sha256 = (text: string) =>
  createHash("sha256").update(text).digest("base64");

/** SHA-256 of texts; the same text, refused for many of its items, is read once. */
function digests(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    let digest = known.get(text);
    if (digest === undefined) {
      digest = sha256(text);
      known.set(text, digest);
    }
    return digest;
  };
}
