/** The second factor: TOTP (RFC 6238, 30 s, SHA-1, six digits, as every app knows), and recovery codes. */
import { randomInt } from "node:crypto";
import { generateSecret, generateURI, verify } from "otplib";
import { hashOf } from "./secrets.ts";

/** A telephone's clock may be so many seconds off. */
const TOLERANCE = 30;
const RECOVERY_CODES = 10;
/** Without letters that look alike. */
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

export const createFactor = (): string => generateSecret();

export const factorUri = (secret: string, login: string, issuer: string) =>
  generateURI({ issuer, label: login, secret });

/** @returns the step the code is of, later than `after`; null for a wrong or used one */
export async function stepOf(
  secret: string,
  code: string,
  after: number,
  now: number,
): Promise<number | null> {
  const token = code.replaceAll(/[\s-]/g, "");
  if (!/^\d{6}$/.test(token)) return null;
  const judged = await verify({
    ...{ secret, token, epochTolerance: TOLERANCE },
    ...{ epoch: Math.floor(now / 1000), afterTimeStep: after },
  });
  return judged.valid && "timeStep" in judged ? judged.timeStep : null;
}

export function createRecoveryCodes(): { codes: string[]; hashes: string[] } {
  const letter = () => LETTERS[randomInt(LETTERS.length)]!;
  const half = () => Array.from({ length: 5 }, letter).join("");
  const codes = Array.from(
    { length: RECOVERY_CODES },
    () => `${half()}-${half()}`,
  );
  return { codes, hashes: codes.map(recoveryHash) };
}

/** Fifty random bits, and five tries: a fast hash will do. */
export const recoveryHash = (code: string): string =>
  hashOf(code.trim().toLowerCase().replaceAll(/[\s-]/g, ""));
