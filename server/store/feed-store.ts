/** Feeds, the keys that open them, and what was refused of them. */
import type { FeedKey } from "../../contract/feed-key.ts";
import type { Feed, Quarantined } from "../../contract/feed.ts";
import type { Page } from "./page.ts";

export type QuarantineEntry = Omit<Quarantined, "replayed" | "times">;

/** Who made the keys that a launcher's file brings; no login is written so. */
export const LAUNCHER = "(launcher)";

/** A key of a feed, or what is left of one. */
export interface FeedKeyRow extends FeedKey {
  feed: string;
  /** SHA-256 of the key, hex. */
  hash: string;
}

/** A stored feed. */
export interface FeedRow {
  feed: Feed;
  counts: {
    accepted: number;
    duplicates: number;
    missing: number;
    rejected: number;
  };
  lastAt: number | null;
}

export interface FeedStore {
  /** D6: a feed an admin edited is not overwritten by an import. */
  import(rows: Feed[]): Promise<void>;
  /** @param key its first one */
  put(feed: Feed, key?: FeedKeyRow): Promise<void>;
  all(): Promise<FeedRow[]>;
  saveCounts(
    rows: { id: string; counts: FeedRow["counts"]; lastAt: number | null }[],
  ): Promise<void>;
}

export interface FeedKeyStore {
  /** Ended ones too. */
  all(): Promise<FeedKeyRow[]>;
  /**
   * Keys that a launcher brings, one a feed: another than last time takes
   * that one's place, the same again changes nothing, revoked or not.
   */
  import(keys: FeedKeyRow[]): Promise<void>;
  /** Adds a key; the feed's others open it until `until` at the longest. */
  rotate(key: FeedKeyRow, times: { now: number; until: number }): Promise<void>;
  revoke(id: string, at: number): Promise<void>;
  /** When they were last used, and from where. */
  saveUses(used: FeedKeyRow[]): Promise<void>;
  /** Sealed secrets by feed. */
  secrets(): Promise<Map<string, string>>;
  putSecret(feed: string, sealed: string): Promise<void>;
}

export interface QuarantineStore {
  /** @param again how often entries came once more, by id */
  add(
    entries: QuarantineEntry[],
    again?: ReadonlyMap<string, number>,
  ): Promise<void>;
  page(
    feed: string,
    limit: number,
    cursor?: string,
  ): Promise<Page<Quarantined>>;
  get(feed: string, ids?: string[]): Promise<Quarantined[]>;
  /** @returns how many of them had not been replayed before */
  markReplayed(ids: string[], at: number): Promise<number>;
  /** Entries kept per feed that were not replayed. */
  counts(): Promise<Map<string, number>>;
}
