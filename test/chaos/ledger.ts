/**
 * What a sender knows: every batch it ever sent and whether it was acknowledged.
 * The values follow from (sensor, at), see kit/readings.ts.
 */
import { valueOf } from "../kit/readings.ts";

/** `count` sensors from `first` on, one reading each at `at`. */
export interface Batch {
  first: number;
  count: number;
  at: number;
  acknowledged: boolean;
}

/** sensor number → instant → acknowledged */
export type Sent = Map<number, Map<number, boolean>>;

export function sentBy(ledger: Batch[]): Sent {
  const sent: Sent = new Map();
  for (const { first, count, at, acknowledged } of ledger)
    for (let no = first; no < first + count; no++) {
      const instants = sent.get(no) ?? new Map<number, boolean>();
      sent.set(no, instants.set(at, acknowledged));
    }
  return sent;
}

export const readingsIn = (ledger: Batch[]) =>
  ledger.reduce((sum, { count }) => sum + count, 0);

/** start of a window → [sum, count] of what was sent in it */
export function windowsOf(
  ledger: Batch[],
  length: number,
): Map<number, { sum: number; count: number }> {
  const windows = new Map<number, { sum: number; count: number }>();
  for (const { first, count, at } of ledger) {
    const start = Math.floor(at / length) * length;
    const window = windows.get(start) ?? { sum: 0, count: 0 };
    for (let no = first; no < first + count; no++)
      window.sum += valueOf(no, at);
    window.count += count;
    windows.set(start, window);
  }
  return windows;
}

export interface Verdict {
  /** Acknowledged and not stored. */
  lost: number;
  /** Stored more than once. */
  doubled: number;
  /** Stored with another value, or never sent. */
  wrong: number;
  stored: number;
}

/** Holds what a store has, as [sensor number, at, value], against what was sent. */
export function compare(
  sent: Sent,
  stored: Iterable<[no: number, at: number, value: number]>,
): Verdict {
  const verdict = { lost: 0, doubled: 0, wrong: 0, stored: 0 };
  const seen = new Map<number, Set<number>>();
  for (const [no, at, value] of stored) {
    verdict.stored++;
    const instants = seen.get(no) ?? new Set();
    if (instants.has(at)) verdict.doubled++;
    seen.set(no, instants.add(at));
    if (!sent.get(no)?.has(at) || value !== valueOf(no, at)) verdict.wrong++;
  }
  for (const [no, instants] of sent)
    for (const [at, acknowledged] of instants)
      if (acknowledged && !seen.get(no)?.has(at)) verdict.lost++;
  return verdict;
}
