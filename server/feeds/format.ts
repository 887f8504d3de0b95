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
   * Takes a payload apart, before any mapping. Where it holds several items
   * the result is an array in the sender's order, with a `Flaw` in the place
   * of an item that cannot be read. A format that may take long gives a promise.
   * @throws Unparseable where nothing at all can be read from it.
   */
  parse(body: Uint8Array, ask: { mediaType: string; feed: Feed }): unknown;
  /**
   * Judges items one by one; a bad one never sinks its batch.
   * @param patience after so many refusals it may stop and say how far it came
   */
  judge(parsed: unknown, feed: Feed, patience?: number): Decoded;
  /** Items to be judged and delivered at once where the usual number takes too long. */
  atOnce?: number;
  /** Rows [from, to) of a batch in columns, where the format has such a form. */
  cut?(parsed: unknown, from: number, to: number): unknown;
  /** Text of one parsed item, such that `parse` reads it again: what the quarantine keeps. */
  raw(item: unknown): string;
  /** True where items mean nothing before a mapping (CSV). */
  needsMapping?: boolean;
}

/** The whole payload cannot be read: 422, kept in quarantine. */
export class Unparseable extends Error {
  readonly status = 422;
  readonly path: string;
  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

/** Stands where an item could not be read. `path` is relative to the item. */
export class Flaw {
  readonly path: string;
  readonly message: string;
  /** The item as it was sent. */
  readonly raw: string;
  constructor(path: string, message: string, raw: string) {
    this.path = path;
    this.message = message;
    this.raw = raw;
  }
}

/** Most items of one payload: 8 MiB hold no more than this of any that say something. */
const MOST_ITEMS = 250_000;

/** @throws Unparseable where a payload has more items than anyone would send. */
export function checkCount(items: number): void {
  if (items > MOST_ITEMS)
    throw new Unparseable("", `the payload has more than ${MOST_ITEMS} items`);
}

/** What was parsed, as the list of items it is. */
export function asItems(parsed: unknown): readonly unknown[] {
  return Array.isArray(parsed) ? parsed : [parsed];
}

/** How many items were parsed; a batch in columns has one a row. */
export function countOf(parsed: unknown): number {
  if (Array.isArray(parsed)) return parsed.length;
  const { columns } = (parsed ?? {}) as { columns?: { sensor?: unknown } };
  return Array.isArray(columns?.sensor) ? columns.sensor.length : 1;
}

/** JSON pointer (RFC 6901) of path parts. */
export function pointer(parts: readonly PropertyKey[]): string {
  return parts
    .map((p) => `/${String(p).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
}

/** Places named beside the first; a refusal stays a sentence. */
const PLACES = 4;

/** What else is wrong, by its place. */
export function alsoAt(paths: readonly string[]): string {
  const named = [...new Set(paths)].slice(0, PLACES);
  if (named.length === 0) return "";
  const rest = new Set(paths).size - named.length;
  return ` (also ${named.join(", ")}${rest > 0 ? ` and ${rest} more` : ""})`;
}
