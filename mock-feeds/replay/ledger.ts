import type { Answer } from "../send/door.ts";

/** What one feed sent and what the hub said it did with it. */
export interface Entry {
  feed: string;
  /** Rows in the recorded files (files, where a file is one message). */
  rows: number;
  /** Items that the rows became; each is sent until it is answered. */
  sent: number;
  accepted: number;
  duplicates: number;
  /** Items that said "no value". */
  missing: number;
  rejected: number;
  /** Requests that had to be sent again. */
  resent: number;
  /** Why items were rejected, and how many for each reason. */
  reasons: Record<string, number>;
}

/** Reasons told apart; more are counted together. */
const MOST_REASONS = 20;

export function createEntry(feed: string): Entry {
  return {
    feed,
    rows: 0,
    sent: 0,
    accepted: 0,
    duplicates: 0,
    missing: 0,
    rejected: 0,
    resent: 0,
    reasons: {},
  };
}

/** Books the answer to a request of `items` items. */
export function book(entry: Entry, items: number, answer: Answer): void {
  entry.sent += items;
  entry.resent += answer.tries - 1;
  if (!answer.taken) {
    entry.rejected += items;
    reason(entry, answer.message, items);
    return;
  }
  entry.accepted += answer.reply.accepted;
  entry.duplicates += answer.reply.duplicates;
  entry.missing += answer.reply.missing;
  entry.rejected += answer.reply.rejected;
  for (const { path, message } of answer.reply.rejections)
    // The place in the batch differs for every item; the reason does not.
    reason(entry, `${path.replace(/^\/?\d+/, "")} ${message}`.trim(), 1);
}

function reason(entry: Entry, text: string, count: number): void {
  const full = Object.keys(entry.reasons).length >= MOST_REASONS;
  const key = text in entry.reasons || !full ? text : "other reasons";
  entry.reasons[key] = (entry.reasons[key] ?? 0) + count;
}

/** Is every item that was sent accounted for? */
export const balanced = (entry: Entry): boolean =>
  entry.sent ===
  entry.accepted + entry.duplicates + entry.missing + entry.rejected;

const COLUMNS = [
  "rows",
  "sent",
  "accepted",
  "duplicates",
  "missing",
  "rejected",
  "resent",
] as const;

/** One JSON line per feed, then the same as a table for people. */
export function printLedger(entries: readonly Entry[]): string {
  const lines = entries.map((entry) => JSON.stringify(entry));
  const table = [
    ["feed", ...COLUMNS],
    ...entries.map((entry) => [
      entry.feed + (balanced(entry) ? "" : " (does not add up)"),
      ...COLUMNS.map((column) => entry[column].toLocaleString("en-US")),
    ]),
  ];
  const width = table[0]!.map((_, i) =>
    Math.max(...table.map((row) => row[i]!.length)),
  );
  const text = table.map((row) =>
    row
      .map((value, i) =>
        i === 0 ? value.padEnd(width[i]!) : value.padStart(width[i]!),
      )
      .join("  "),
  );
  return [...lines, "", ...text].join("\n");
}
