/**
 * A link into an account that is to be one of the three administrators opens
 * with two halves, each told to one of the two who change rights: neither of
 * them is ever able to come in as that person alone (ADR 0009).
 */
import type { RightsChange } from "../../contract/rights.ts";
import { isSeparated, type RoleCode } from "../../contract/role.ts";
import type { Seal } from "./seal.ts";

/** Without letters that look alike; as many as five bits tell apart. */
const LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
/** 60 bits, of which an address tries twenty a minute. */
const LENGTH = 12;

/**
 * The half of whoever asked for a change. It follows from the server's key, so
 * that nothing is kept of it, and is told him whenever he looks.
 * @returns as it is read aloud: xxxx-xxxx-xxxx
 */
export function halfOf(seal: Pick<Seal, "mac">, change: string): string {
  const bytes = Buffer.from(seal.mac("half of a link", change), "hex");
  const letters = [...bytes.subarray(0, LENGTH)].map(
    (byte) => LETTERS[byte % LETTERS.length]!,
  );
  return letters.join("").replaceAll(/.{4}(?=.)/g, "$&-");
}

/** Does somebody become one of the three who was not that one? */
export const rises = (
  before: readonly RoleCode[],
  after: readonly RoleCode[],
): boolean => after.some((role) => isSeparated(role) && !before.includes(role));

/** Does the person come in anew, by both halves, once it is confirmed? */
export const beginsAnew = (
  change: RightsChange,
  before: RightsChange | null,
): boolean =>
  change.kind === "reset" ||
  (change.kind === "access" &&
    before?.kind === "access" &&
    rises(before.roles, change.roles));
