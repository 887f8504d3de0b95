import type { FeedKey } from "../../contract/feed-key.ts";
import type { Feed, Quarantined } from "../../contract/feed.ts";

/** Counts of a feed since it was made. */
export interface FeedCounts {
  accepted: number;
  duplicates: number;
  missing: number;
  rejected: number;
}

export type QuarantineEntry = Omit<Quarantined, "replayed" | "times">;

/** A key of a feed. */
export interface FeedKeyRow extends FeedKey {
  feed: string;
  /** SHA-256 of the key, hex. */
  hash: string;
}

/** What the feeds ask of the store; `server/store` answers it. */
export interface FeedStore {
  feeds: {
    /** @param key its first one */
    put(feed: Feed, key?: FeedKeyRow): Promise<void>;
    all(): Promise<
      {
        feed: Feed;
        counts: FeedCounts;
        lastAt: number | null;
      }[]
    >;
    saveCounts(
      rows: { id: string; counts: FeedCounts; lastAt: number | null }[],
    ): Promise<void>;
  };
  feedKeys: {
    all(): Promise<FeedKeyRow[]>;
    /** Adds a key; the feed's others open it until `until` at the longest. */
    rotate(
      key: FeedKeyRow,
      times: { now: number; until: number },
    ): Promise<void>;
    revoke(id: string, at: number): Promise<void>;
    saveUses(used: FeedKeyRow[]): Promise<void>;
    /** Sealed secrets by feed. */
    secrets(): Promise<Map<string, string>>;
    putSecret(feed: string, sealed: string): Promise<void>;
  };
  quarantine: {
    /** @param again how often entries came once more, by id */
    add(
      entries: QuarantineEntry[],
      again?: ReadonlyMap<string, number>,
    ): Promise<void>;
    get(feed: string, ids?: string[]): Promise<Quarantined[]>;
    /** Newest first, replayed ones too. */
    page(
      feed: string,
      limit: number,
      cursor?: string,
    ): Promise<{ items: Quarantined[]; cursor: string | null }>;
    /** @returns how many of them had not been replayed before */
    markReplayed(ids: string[], at: number): Promise<number>;
    /** Entries kept per feed that were not replayed. */
    counts(): Promise<Map<string, number>>;
  };
}
