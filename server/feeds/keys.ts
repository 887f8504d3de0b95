/**
 * Feed keys: 256 random bits, of which only the SHA-256 is kept (decisions
 * B9). A fast hash is enough for a key nobody can guess; a slow one would cap
 * ingest.
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { FeedKey } from "../../contract/feed-key.ts";
import type { FeedKeyRow } from "./feed-store.ts";

/** 256 random bits as text: a key or a secret. */
export function createKey(): string {
  return randomBytes(32).toString("base64url");
}

/** SHA-256 of a key, hex: what the store keeps. */
export function hashKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

interface Kept {
  row: FeedKeyRow;
  digest: Buffer;
}

const NOTHING = Buffer.alloc(32);

/** Which keys open which feed, in memory: the hot door asks no store. */
export class FeedKeys {
  readonly #kept = new Map<string, Kept[]>();
  /** Used since this was last asked. */
  readonly #used = new Set<FeedKeyRow>();

  add(row: FeedKeyRow): void {
    const kept = { row: { ...row }, digest: Buffer.from(row.hash, "hex") };
    this.#kept.set(row.feed, [...(this.#kept.get(row.feed) ?? []), kept]);
  }

  /**
   * The key that this is, or null: every key of the feed is compared, in
   * constant time, and an unknown feed answers as slowly as one with a key.
   */
  find(feedId: string, key: string, now: number): FeedKeyRow | null {
    const given = createHash("sha256").update(key).digest();
    let found: FeedKeyRow | null = null;
    for (const { row, digest } of this.#kept.get(feedId) ?? NO_KEYS)
      if (timingSafeEqual(given, digest) && isOpen(row, now)) found = row;
    return found;
  }

  /** A key was used. HOT: two fields and a set. */
  use(row: FeedKeyRow, at: number, from: string): void {
    row.usedAt = at;
    row.usedFrom = from;
    this.#used.add(row);
  }

  takeUsed(): FeedKeyRow[] {
    const used = [...this.#used];
    this.#used.clear();
    return used;
  }

  /** What was taken could not be saved. */
  giveBack(used: FeedKeyRow[]): void {
    for (const row of used) this.#used.add(row);
  }

  /** Those that open the feed, oldest first. */
  of(feedId: string, now: number): FeedKey[] {
    return (this.#kept.get(feedId) ?? [])
      .filter(({ row }) => isOpen(row, now))
      .map(({ row: { feed: _feed, hash: _hash, ...key } }) => ({ ...key }));
  }

  /** They open the feed until then at the longest. @param id one key; else every one */
  endBy(feedId: string, until: number, id?: string): void {
    for (const { row } of this.#kept.get(feedId) ?? [])
      if (id === undefined || row.id === id)
        row.until = Math.min(row.until ?? until, until);
  }

  /** Forgets keys that ended. @returns the feeds that had them */
  forgetEnded(now: number): string[] {
    const feeds: string[] = [];
    for (const [feedId, kept] of this.#kept) {
      const open = kept.filter(({ row }) => isOpen(row, now));
      if (open.length === kept.length) continue;
      this.#kept.set(feedId, open);
      feeds.push(feedId);
    }
    return feeds;
  }
}

const isOpen = ({ until }: FeedKeyRow, now: number) =>
  until === null || now < until;

/** No SHA-256 anybody knows a text of. */
const NO_KEYS: Kept[] = [
  {
    digest: NOTHING,
    row: {
      ...{ id: "", feed: "", hash: "", createdAt: 0, createdBy: "" },
      ...{ until: 0, usedAt: null, usedFrom: "" },
    },
  },
];
