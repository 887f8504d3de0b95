import type { IndexedFact, Rejection } from "../../contract/fact.ts";
import type { Feed } from "../../contract/feed.ts";
import type { ReadingColumns } from "../../contract/reading.ts";

/** What became of the items handed over. */
export interface Outcome {
  accepted: number;
  duplicates: number;
  /** Refused by the city: future, outside, over a cap, not the owner. `raw` is filled in by the caller. */
  rejections: Omit<Rejection, "raw">[];
}

/**
 * Where decoded facts go. Given to the feeds by main.ts, so that feeds know no hub.
 * Resolves only when everything accepted is durable (R1).
 * @throws StoreUnavailable (503, MQTT: unacknowledged) · TooManyUnknown (429)
 */
export interface Sink {
  readings(feed: Feed, columns: ReadingColumns): Promise<Outcome>;
  facts(feed: Feed, facts: IndexedFact[]): Promise<Outcome>;
}

export class StoreUnavailable extends Error {}

/** A cap per feed is reached (decisions B7). */
export class OverCap extends Error {}
