/** Is the audit whole? Findings are sentences that name lines by their number. */
import { say } from "../../contract/sentence.ts";
import type { AuditLine } from "../../contract/audit.ts";
import type { AuditReader } from "../store/store.ts";
import {
  anchored,
  isMade,
  readAnchor,
  sealed,
  type AuditAnchor,
  type Keys,
} from "./audit-anchor.ts";
import {
  findingsOfChanged,
  findingsOfEnds,
  lines,
  type Chain,
} from "./audit-findings.ts";
import { hashOf } from "./audit-line.ts";

/** The act of the line that the hub writes where it finds the chain broken. */
export const BREACH = "findAuditBroken";

/** Findings told; the rest are counted. */
const TOLD = 100;
/** Verifications begun anew because lines were pruned meanwhile. */
const TRIES = 3;

export interface Verdict {
  lines: number;
  /** Numbers of the first and last line; 0 where there is none. */
  first: number;
  last: number;
  findings: string[];
}

/**
 * Takes lines in the order of their numbers, then says what is wrong.
 * @param from the first line it is given where the chain's beginning is not
 * looked at: what was found broken before is then not told again
 */
export function createCheck(chain: Chain, keys: Keys, from?: number) {
  const { lowest, highest } = chain;
  const seal = isMade(chain.seal, sealed, keys) ? chain.seal : null;
  const anchor = isMade(chain.anchor, anchored, keys) ? chain.anchor : null;
  const findings = findingsOfEnds(chain, seal, anchor);
  const changed: AuditLine[] = [];
  let count = 0;
  let before: AuditLine | null = null;
  let expected = from ?? lowest ?? 1;

  function take(line: AuditLine): void {
    const { seq, previous, hash } = line;
    if (seq > expected)
      findings.push(
        say("linesDeleted", { lines: lines(expected, seq - 1) }).message,
      );
    else if (before && previous !== before.hash)
      findings.push(say("lineFollowsNot", { seq, before: seq - 1 }).message);
    if (hashOf(line) !== hash) changed.push(line);
    if (seq === seal?.first && previous !== seal.firstPrevious)
      findings.push(say("beginningAnew", { seq }).message);
    if (seq === seal?.last && hash !== seal.head)
      findings.push(say("sealEndsElse", { seq }).message);
    if (anchor && !agrees(anchor, line, lowest))
      findings.push(say("anchorHoldsElse", { seq: anchor.last }).message);
    if (line.act === BREACH && from === undefined)
      findings.push(
        say("earlierBreak", { seq, sentence: line.detail }).message,
      );
    before = line;
    expected = seq + 1;
    count++;
  }

  return {
    take,
    end(): Verdict {
      if (highest !== null && expected <= highest)
        findings.push(
          say("linesDeleted", { lines: lines(expected, highest) }).message,
        );
      const all = [...findings, ...findingsOfChanged(changed)];
      const told = all.slice(0, TOLD);
      if (all.length > TOLD)
        told.push(say("andMore", { n: all.length - TOLD }).message);
      return {
        lines: count,
        ...{ first: lowest ?? 0, last: highest ?? 0 },
        findings: told,
      };
    },
  };
}

/** Reads the whole chain; a hub may be writing it. @throws StoreDown */
export async function verifyAudit(ask: {
  store: AuditReader;
  keys: Keys;
  anchorFile: string;
}): Promise<Verdict> {
  for (let tries = 1; ; tries++) {
    // In this order: the anchor is written after the seal, and never ahead of it.
    const anchor = await readAnchor(ask.anchorFile);
    const ends = await ask.store.ends();
    const check = createCheck({ ...ends, anchor }, ask.keys);
    // Later lines are not yet under the seal that was read.
    const span = { first: ends.lowest ?? 0, last: ends.highest ?? 0 };
    for await (const batch of ask.store.each(span)) batch.forEach(check.take);
    const verdict = check.end();
    if (verdict.findings.length === 0 || tries === TRIES) return verdict;
    const now = await ask.store.ends();
    if (now.seal?.first === ends.seal?.first) return verdict;
  }
}

function agrees(
  { last, head }: AuditAnchor,
  { seq, hash, previous }: AuditLine,
  lowest: number | null,
): boolean {
  if (seq === last) return hash === head;
  // Of the anchor's own line the one after it still holds the hash.
  return seq !== lowest || seq !== last + 1 || previous === head;
}
