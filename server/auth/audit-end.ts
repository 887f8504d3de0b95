/** Where a chain goes on that the hub finds in its store. */
import type { AuditReader } from "../store/store.ts";
import {
  anchored,
  isMade,
  readAnchor,
  sealed,
  type Keys,
  type Span,
} from "./audit-anchor.ts";
import { GENESIS } from "./audit-line.ts";
import { createCheck } from "./audit-verify.ts";

type End = Pick<Span, "last" | "head">;

/**
 * Looks at the ends only, so that a start is short: from the anchored line on.
 * Where lines are missing, the chain goes on after the last that was signed:
 * their numbers are not given again, and the gap stays to be seen.
 * @throws StoreDown
 */
export async function findEnd(ask: {
  store: AuditReader;
  keys: Keys;
  anchorFile: string;
}): Promise<{ span: Span; findings: string[] }> {
  const { store, keys } = ask;
  const anchor = await readAnchor(ask.anchorFile);
  const ends = await store.ends();
  const { lowest, highest, seal } = ends;
  let span: Span = {
    ...{ first: 1, firstPrevious: GENESIS },
    ...{ last: 0, head: GENESIS },
  };
  const known = Math.min(anchor?.last ?? 0, seal?.last ?? 0, highest ?? 0);
  const tail = Math.max(known, lowest ?? 0);
  const check = createCheck({ ...ends, anchor }, keys, tail);
  for await (const batch of store.each({ first: tail })) {
    batch.forEach(check.take);
    const { seq: last, hash: head } = batch.at(-1)!;
    span = { ...span, last, head };
  }
  if (isMade(seal, sealed, keys)) {
    const { first, firstPrevious } = seal;
    span = { ...span, first, firstPrevious, ...further(span, seal) };
  } else if (lowest !== null)
    for await (const [line] of store.each({ first: lowest, last: lowest }))
      span = { ...span, first: lowest, firstPrevious: line!.previous };
  if (isMade(anchor, anchored, keys))
    span = { ...span, ...further(span, anchor) };
  return { span, findings: check.end().findings };
}

function further(one: End, other: End): End {
  const { last, head } = other.last > one.last ? other : one;
  return { last, head };
}
