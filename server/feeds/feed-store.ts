import type { Feed, Quarantined } from "../../contract/feed.ts";

/** Counts of a feed since it was made. */
export interface FeedCounts {
  accepted: number;
  duplicates: number;
  missing: number;
  rejected: number;
}

export type QuarantineEntry = Omit<Quarantined, "replayed" | "times">;

/** What the feeds ask of the store; `server/store` answers it. */
export interface FeedStore {
  feeds: {
    put(feed: Feed, keyHash?: string): Promise<void>;
    all(): Promise<
      {
        feed: Feed;
        /** SHA-256 of the key, hex; null = no key yet. */
        keyHash: string | null;
        counts: FeedCounts;
        lastAt: number | null;
      }[]
    >;
    saveCounts(
      rows: { id: string; counts: FeedCounts; lastAt: number | null }[],
    ): Promise<void>;
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
