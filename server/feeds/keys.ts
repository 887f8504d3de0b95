/**
 * Feed keys: 256 random bits, of which only the SHA-256 is kept (decisions
 * B9). A fast hash is enough for a key nobody can guess; a slow one would cap
 * ingest.
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

export function createKey(): string {
  return randomBytes(32).toString("base64url");
}

/** SHA-256 of a key, hex: what the store keeps. */
export function hashKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

/** Which key opens which feed, in memory: the hot door asks no store. */
export class FeedKeys {
  readonly #hashes = new Map<string, Buffer>();

  set(feedId: string, keyHash: string | null): void {
    if (keyHash === null) this.#hashes.delete(feedId);
    else this.#hashes.set(feedId, Buffer.from(keyHash, "hex"));
  }

  /** Constant in time whatever the key; an unknown feed answers false as slowly. */
  opens(feedId: string, key: string): boolean {
    const given = createHash("sha256").update(key).digest();
    const kept = this.#hashes.get(feedId);
    return timingSafeEqual(given, kept ?? NOTHING) && kept !== undefined;
  }
}

const NOTHING = Buffer.alloc(32);
