/** A line of the audit: how an act becomes one, and how lines are chained. */
import { createHash } from "node:crypto";
import type { AuditLine } from "../../contract/audit.ts";
import type { AuditEntry } from "./audit.ts";

/** What the first line of all follows. */
export const GENESIS = "0".repeat(64);

/** A line that has no place in the chain yet. */
export type Draft = Omit<AuditLine, "seq" | "previous" | "hash">;

/** UTF-16 units. */
const LONGEST = {
  ...{ who: 128, roles: 1_000, address: 100, act: 80, object: 200 },
  ...{ detail: 2_000, state: 20_000 },
};
const CUT = " … (cut)";
const UNSTORABLE = /\0|\p{Surrogate}/gu;

/**
 * @param mask hides personal data in what people wrote
 * @throws TypeError where what held before or after is no JSON
 */
export function draftOf(
  entry: AuditEntry,
  at: number,
  mask: (text: string) => string,
): Draft {
  const state = (value: unknown) =>
    value === undefined ? "" : cut(jsonOf(value, mask), LONGEST.state);
  return {
    at,
    who: cut(entry.who, LONGEST.who),
    roles: cut(entry.roles.join(","), LONGEST.roles),
    address: cut(entry.address, LONGEST.address),
    act: cut(entry.act, LONGEST.act),
    object: cut(entry.object, LONGEST.object),
    result: entry.result,
    detail: cut(mask(entry.detail ?? ""), LONGEST.detail),
    before: state(entry.before),
    after: state(entry.after),
  };
}

/** The drafts as lines, each following the one before it. */
export function chain(
  end: { last: number; head: string },
  drafts: readonly Draft[],
): AuditLine[] {
  let { last, head } = end;
  return drafts.map((draft) => {
    const line = { ...draft, seq: ++last, previous: head };
    head = hashOf(line);
    return { ...line, hash: head };
  });
}

/** SHA-256, hex, over every field; as a JSON array no two lines read alike. */
export function hashOf(line: Omit<AuditLine, "hash">): string {
  const fields = [
    ...[line.previous, line.seq, line.at, line.who, line.roles, line.address],
    ...[line.act, line.object, line.result, line.detail],
    ...[line.before, line.after],
  ];
  return createHash("sha256").update(JSON.stringify(fields)).digest("hex");
}

/** What every engine keeps as it is, so that a line reads back as it was hashed. */
function cut(text: string, most: number): string {
  const short =
    text.length <= most ? text : text.slice(0, most - CUT.length) + CUT;
  return short.replace(UNSTORABLE, "\uFFFD");
}

/** The same state gives the same text, in whatever order its fields were set. */
function jsonOf(value: unknown, mask: (text: string) => string): string {
  return JSON.stringify(value, (_name, part: unknown) => {
    if (typeof part === "string") return mask(part);
    if (typeof part === "number") {
      // A telephone number without its quotes is one all the same.
      const masked = mask(String(part));
      return masked === String(part) ? part : masked;
    }
    if (part === null || typeof part !== "object" || Array.isArray(part))
      return part;
    return Object.fromEntries(
      Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  });
}
