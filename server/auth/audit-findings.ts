/** What is wrong with an audit, as sentences. */
import type { AuditLine } from "../../contract/audit.ts";
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
    findings.push("the seal is missing from the store: it was removed");
  else if (chain.seal !== null && seal === null)
    findings.push(
      "the seal was not made with this server's key: it was forged, or the chain was written anew, or SECRET_KEY is another",
    );
  if (chain.anchor === null && !isNew)
    findings.push(
      "the anchor (audit-anchor.json in DATA_DIR) is missing: it was removed, or the store came here without it",
    );
  else if (chain.anchor !== null && anchor === null)
    findings.push(
      "the anchor was not made with this server's key: it was forged or damaged, or SECRET_KEY is another",
    );
  if (seal && lowest !== null && lowest > seal.first)
    findings.push(
      `${lines(seal.first, lowest - 1)} missing: the seal begins with line ${seal.first}; the beginning was cut off`,
    );
  if (seal && lowest !== null && lowest < seal.first)
    findings.push(
      `${lines(lowest, seal.first - 1)} not under the seal, which begins with line ${seal.first}: put in by another hand`,
    );
  if (seal && last < seal.last)
    findings.push(
      `${lines(next, seal.last)} missing: the seal ends with line ${seal.last}; the end was cut off`,
    );
  if (seal && last > seal.last)
    findings.push(
      `${lines(seal.last + 1, last)} not under the seal, which ends with line ${seal.last}: put in by another hand`,
    );
  if (anchor && anchor.last > Math.max(last, seal?.last ?? 0))
    findings.push(
      `${lines(next, anchor.last)} missing: the anchor holds line ${anchor.last}, the store ends with line ${last}; the end was cut off, or the store was restored from an older backup`,
    );
  if (anchor && lowest !== null && anchor.last < lowest - 1)
    findings.push(
      `the anchor holds line ${anchor.last}, but the store begins with line ${lowest}: an old anchor was put back, or the beginning was cut off`,
    );
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
      findings.push(`lines ${one.seq} and ${other.seq} were swapped`);
    }
  for (const line of changed)
    if (!explained.has(line))
      findings.push(
        `line ${line.seq} was changed: its hash is not that of its content`,
      );
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
