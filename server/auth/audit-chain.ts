/**
 * The audit: lines in a chain of hashes, under a seal that only the server's
 * key makes, and anchored in a file outside the store. Lines that wait are
 * written together, in the order they came.
 */
import { say } from "../../contract/sentence.ts";
import { DAY } from "../../contract/time.ts";
import type { Clock } from "../lib/clock.ts";
import type { Log } from "../lib/log.ts";
import { createQueue } from "../lib/queue.ts";
import type { AuditLog } from "../store/store.ts";
import {
  anchored,
  sealed,
  writeAnchor,
  type Keys,
  type Span,
} from "./audit-anchor.ts";
import type { Audit, AuditEntry } from "./audit.ts";
import { findEnd } from "./audit-end.ts";
import { chain, draftOf, type Draft } from "./audit-line.ts";
import { BREACH, verifyAudit, type Verdict } from "./audit-verify.ts";

export interface AuditChain extends Audit {
  /** Checks the whole chain, its seal and its anchor. @throws StoreDown */
  verify(): Promise<Verdict>;
  /** Removes what is older than so many days, and never what is younger than the law allows. @throws StoreDown */
  prune(keepDays: number): Promise<void>;
  /** When everything given is written. */
  close(): Promise<void>;
}

/** 网络安全法 art. 21: six months at least, in days. */
const LEAST_DAYS = 183;
/** Lines written in one transaction. */
const MOST = 500;
/** Lines removed in one transaction. */
const SLICE = 5_000;

/**
 * Goes on with the chain that the store holds. Where that is not the one the
 * hub left, a line says so, and every verification repeats it: nobody hides a
 * break by letting the hub write on.
 * @param failed told of every failure to write, and of every break
 * @throws StoreDown; Error where the anchor cannot be read or written
 */
export async function openAudit(ask: {
  store: AuditLog;
  seal: Keys;
  anchorFile: string;
  clock: Clock;
  log: Log;
  mask: (text: string) => string;
  failed?: (error: unknown) => void;
}): Promise<AuditChain> {
  const { store, seal: keys, anchorFile, clock, log, mask } = ask;
  const held = { store, keys, anchorFile };
  interface Waiting {
    draft: Draft;
    resolve: () => void;
    reject: (error: unknown) => void;
  }
  const inTurn = createQueue();
  /** Null: only the store knows. What failed may have been committed all the same. */
  let span: Span | null = null;
  const waiting: Waiting[] = [];
  let verifying: Promise<Verdict> | null = null;

  const own = (entry: Pick<AuditEntry, "act" | "result" | "detail">) =>
    draftOf(
      { who: "hub", roles: [], address: "", object: "audit", ...entry },
      clock.now(),
      (text) => text,
    );

  /** Where to go on, and the line that says what is broken. */
  async function resume(): Promise<{ from: Span; breach: Draft[] }> {
    const { span: from, findings } = await findEnd(held);
    if (findings.length === 0) return { from, breach: [] };
    const detail = findings.join("; ");
    log.error({ findings }, "the audit is not as this hub left it");
    ask.failed?.(new Error(detail));
    return { from, breach: [own({ act: BREACH, result: "failed", detail })] };
  }

  /** In turn only. With no drafts: brings seal and anchor up to the store. */
  async function commit(drafts: Draft[]): Promise<Span> {
    try {
      const { from, breach } = span
        ? { from: span, breach: [] }
        : await resume();
      span = null;
      const lines = chain(from, [...breach, ...drafts]);
      const end = lines.at(-1);
      const next = end ? { ...from, last: end.seq, head: end.hash } : from;
      if (end) await store.append(lines, sealed(next, keys));
      await writeAnchor(anchorFile, anchored(next, keys));
      return (span = next);
    } catch (error) {
      log.error(
        { err: error },
        "the audit cannot be written: acts are refused",
      );
      ask.failed?.(error);
      throw error;
    }
  }

  async function flush(): Promise<void> {
    const batch = waiting.splice(0, MOST);
    if (batch.length === 0) return;
    try {
      await commit(batch.map(({ draft }) => draft));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      // Whoever waits behind would wait for the same trouble.
      batch.push(...waiting.splice(0));
      for (const { reject } of batch) reject(error);
    }
  }

  async function lineFrom(of: { first: number } | { from: number }) {
    for await (const [line] of store.each(of)) return line!;
    return null;
  }

  /** Number of the first line that is young enough to stay. */
  const firstSince = async (from: number) =>
    (await lineFrom({ from }))?.seq ?? Infinity;

  await inTurn(() => commit([]));

  return {
    write: (entry) =>
      new Promise((resolve, reject) => {
        const draft = draftOf(entry, clock.now(), mask);
        waiting.push({ draft, resolve, reject });
        // Those that come while it waits its turn go with it.
        void inTurn(flush);
      }),

    verify() {
      verifying ??= verifyAudit(held).finally(() => {
        verifying = null;
      });
      return verifying;
    },

    prune: (keepDays) =>
      inTurn(async () => {
        const since = clock.now() - Math.max(LEAST_DAYS, keepDays) * DAY;
        const { first, last } = span ?? (await commit([]));
        if (last === 0 || (await firstSince(since)) <= first) return;
        const detail = say("auditPruned", {
          before: new Date(since).toISOString(),
          first,
        }).message;
        await commit([own({ act: "pruneAudit", result: "done", detail })]);
        // By now there is a young one: the one that tells of it.
        const below = await firstSince(since);
        for (let to = first; to < below;)
          to = await pruneTo(Math.min(to + SLICE, below));
      }),

    close: () => inTurn(() => Promise.resolve()),
  };

  /** @returns the number that the chain then begins with */
  async function pruneTo(number: number): Promise<number> {
    const { seq: first, previous } = (await lineFrom({ first: number }))!;
    const next = { ...span!, first, firstPrevious: previous };
    span = null;
    await store.prune(first, sealed(next, keys));
    span = next;
    return first;
  }
}
