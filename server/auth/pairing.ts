/**
 * Walls that ask to be paired: each shows a code that an administrator types
 * in, and keeps a secret by which it claims its token, once. Held in memory.
 */
import { randomInt } from "node:crypto";
import { say } from "../../contract/sentence.ts";
import { MINUTE } from "../../contract/time.ts";
import type { Clock } from "../lib/clock.ts";
import { addressKey } from "../lib/rate.ts";
import { Denied, waitFor } from "./denied.ts";
import { createSecret, hashOf } from "./secrets.ts";

const CODE_FOR = 10 * MINUTE;
const CODES = 200;
const CODES_PER_ADDRESS = 10;
/** Without letters and figures that look alike from eight metres. */
const LETTERS = "ABCDEFGHJKLMNPQRTUVWXY346789";

export interface Pairing {
  code: string;
  /** SHA-256 of the wall's secret. */
  secret: string;
  until: number;
  address: string;
  browser: string;
  /** Once approved: the device, and the token that the wall claims once. */
  approved: { id: string; token: string } | null;
}

export interface Pairings {
  /** @throws Denied 429 */
  request(about: { address: string; browser: string }): {
    code: string;
    secret: string;
    until: number;
  };
  /** What waits to be approved behind a code, however it was typed. @throws Denied 422 */
  waiting(code: string): Pairing;
  /** What was approved is handed out once. */
  claim(
    secret: string,
  ): "waiting" | "expired" | NonNullable<Pairing["approved"]>;
}

export function createPairings(clock: Clock): Pairings {
  const pairings = new Map<string, Pairing>();

  function dropOld(): void {
    const now = clock.now();
    for (const [code, { until }] of pairings)
      if (until <= now) pairings.delete(code);
  }

  return {
    request(about) {
      dropOld();
      const key = addressKey(about.address);
      const mine = [...pairings.values()].filter(
        ({ address }) => addressKey(address) === key,
      );
      if (mine.length >= CODES_PER_ADDRESS || pairings.size >= CODES)
        throw waitFor(MINUTE, say("wallsWaiting"));
      let code: string;
      do code = createCode();
      while (pairings.has(code));
      const secret = createSecret();
      const until = clock.now() + CODE_FOR;
      pairings.set(code, {
        ...{ code, secret: hashOf(secret), until, ...about, approved: null },
      });
      return { code, secret, until };
    },

    waiting(code) {
      dropOld();
      const wanted = code.toUpperCase().replaceAll(/[^A-Z0-9]/g, "");
      const pairing = pairings.get(wanted);
      if (pairing && !pairing.approved) return pairing;
      throw new Denied(422, say("codeUnknown"), {
        errors: [{ path: "/body/code", ...say("codeNotShown") }],
      });
    },

    claim(secret) {
      dropOld();
      const hash = hashOf(secret);
      const mine = [...pairings.values()].find((one) => one.secret === hash);
      if (!mine) return "expired";
      if (!mine.approved) return "waiting";
      pairings.delete(mine.code);
      return mine.approved;
    },
  };
}

const createCode = () =>
  Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
