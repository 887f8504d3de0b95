/** Tells every attack to whoever runs all the files and adds them up (test/kit/attacks.ts). */
import { appendFileSync } from "node:fs";
import { expect } from "vitest";
import { ATTACKS_FILE } from "../../kit/attacks.ts";

export type Family =
  | "fixation"
  | "csrf"
  | "stored xss"
  | "idor"
  | "enumeration"
  | "brute force"
  | "replay"
  | "traversal"
  | "ssrf"
  | "oversize"
  | "header injection"
  | "policy"
  | "verbs"
  | "prototype"
  | "caching"
  | "secrets";

/**
 * One attack, or several that are judged together: `holds` says whether they
 * were kept out, `what` which they were.
 */
export function attacked(
  family: Family,
  what: string,
  holds: boolean,
  times = 1,
): void {
  const file = process.env[ATTACKS_FILE];
  const count = { family, tried: times, gotIn: holds ? 0 : times };
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(count)}\n`);
  expect.soft(holds, `${family} got in: ${what}`).toBe(true);
}
