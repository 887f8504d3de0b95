import type { Decoded } from "../../contract/fact.ts";
import type { Feed } from "../../contract/feed.ts";

/**
 * A payload standard: bytes → items → facts. Knows no connection and no hub.
 * Files in formats/ each export one `format`; the folder is the registry.
 */
export interface Format {
  /** As feeds name it: `readings/1`, `cap/1.2`, `csv`. */
  id: string;
  /** Media types of the HTTP door; anything else is 415. */
  mediaTypes: string[];
  /**
   * Takes a payload apart into items, before any mapping.
   * @throws Unparseable where nothing at all can be read from it.
   */
  parse(body: Uint8Array, ask: { mediaType: string; feed: Feed }): unknown;
  /** Judges items one by one; a bad one never sinks its batch. */
  judge(parsed: unknown, feed: Feed): Decoded;
}

/** The whole payload cannot be read: 422, kept in quarantine. */
export class Unparseable extends Error {
  readonly path: string;
  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}
