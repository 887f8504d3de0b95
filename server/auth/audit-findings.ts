/** What is wrong with an audit, as sentences. */
import type { AuditLine } from "../../contract/audit.ts";
import { say } from "../../contract/sentence.ts";
import type { AuditSeal } from "../store/store.ts";
import type { AuditAnchor } from "./audit-anchor.ts";
import { hashOf } from "./audit-line.ts";

/** Changed lines that are compared with each other for having been swapped. */
const COMPARED = 64;

export interface Chain {
  lowest: number | null;
  highest: number | null;
  seal: AuditSeal | null;
  anchor: AuditAnchor | null;
}

/** What can be told without the lines. @param seal, anchor null where missing or not ours */
export function findingsOfEnds(
  chain: Chain,
  seal: AuditSeal | null,
  anchor: AuditAnchor | null,
): string[] {
  const { lowest, highest } = chain;
  const findings: string[] = [];
  const last = highest ?? 0;
  const next = highest === null ? (seal?.first ?? 1) : highest + 1;
  const isNew = highest === null && chain.seal === null;
  if (chain.seal === null && highest !== null)
    findings.push(say("sealMissing").message);
  else if (chain.seal !== null && seal === null)
    findings.push(say("sealForged").message);
  if (chain.anchor === null && !isNew)
    findings.push(say("anchorMissing").message);
  else if (chain.anchor !== null && anchor === null)
    findings.push(say("anchorForged").message);
  if (seal && lowest !== null && lowest > seal.first)
    findings.push(
      say("beginningCut", {
        lines: lines(seal.first, lowest - 1),
        first: seal.first,
      }).message,
    );
  if (seal && lowest !== null && lowest < seal.first)
    findings.push(
      say("beforeSeal", {
        lines: lines(lowest, seal.first - 1),
        first: seal.first,
      }).message,
    );
  if (seal && last < seal.last)
    findings.push(
      say("endCut", { lines: lines(next, seal.last), last: seal.last }).message,
    );
  if (seal && last > seal.last)
    findings.push(
      say("afterSeal", { lines: lines(seal.last + 1, last), last: seal.last })
        .message,
    );
  if (anchor && anchor.last > Math.max(last, seal?.last ?? 0))
    findings.push(
      say("anchorAhead", {
        lines: lines(next, anchor.last),
        anchor: anchor.last,
        last,
      }).message,
    );
  if (anchor && lowest !== null && anchor.last < lowest - 1)
    findings.push(say("anchorBehind", { anchor: anchor.last, lowest }).message);
  return findings;
}

export function findingsOfChanged(changed: readonly AuditLine[]): string[] {
  const findings: string[] = [];
  const explained = new Set<AuditLine>();
  const compared = changed.slice(0, COMPARED);
  for (const [i, one] of compared.entries())
    for (const other of compared.slice(i + 1)) {
      if (explained.has(one) || explained.has(other)) continue;
      if (!cameFrom(one, other) || !cameFrom(other, one)) continue;
      explained.add(one).add(other);
      findings.push(
        say("linesSwapped", { one: one.seq, other: other.seq }).message,
      );
    }
  for (const line of changed)
    if (!explained.has(line))
      findings.push(say("lineChanged", { seq: line.seq }).message);
  return findings;
}

/** Does the content of `line` belong in the place of `other`, whether or not its hashes came along? */
function cameFrom(line: AuditLine, other: AuditLine): boolean {
  const { seq, previous, hash } = other;
  return (
    hashOf({ ...line, seq }) === line.hash ||
    hashOf({ ...line, seq, previous }) === hash
  );
}

/** As the beginning of a sentence. */
export const lines = (first: number, last: number) =>
  first === last ? `line ${first} is` : `lines ${first} to ${last} are`;
