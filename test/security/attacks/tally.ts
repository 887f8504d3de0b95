/** Counts the attacks of each family; whoever runs all the files adds them up (test/kit/attacks.ts). */
import { appendFileSync } from "node:fs";
import { afterAll, expect } from "vitest";
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

const counts = new Map<Family, { tried: number; gotIn: number }>();

afterAll(() => {
  const file = process.env[ATTACKS_FILE];
  if (file === undefined) return;
  for (const [family, count] of counts)
    appendFileSync(file, `${JSON.stringify({ family, ...count })}\n`);
});

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
  const count = counts.get(family) ?? { tried: 0, gotIn: 0 };
  count.tried += times;
  if (!holds) count.gotIn += times;
  counts.set(family, count);
  expect.soft(holds, `${family} got in: ${what}`).toBe(true);
}
