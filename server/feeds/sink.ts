import type { IndexedFact, Rejection } from "../../contract/fact.ts";
import type { Feed } from "../../contract/feed.ts";
import type { ReadingColumns } from "../../contract/reading.ts";

/** What became of the items handed over. */
export interface Outcome {
  accepted: number;
  duplicates: number;
  /** Refused by the city: future, outside, not the owner. `raw` is filled in by the caller. */
  rejections: Omit<Rejection, "raw">[];
  /** What a cap keeps out for now (decisions B7): neither taken nor kept, so its payload must come again. */
  overCap?: Omit<Rejection, "raw">[];
}

/**
 * Where decoded facts go. Given to the feeds by main.ts, so that feeds know no hub.
 * Resolves only when everything accepted is durable (R1).
 * @throws StoreUnavailable (503, MQTT: unacknowledged)
 */
export interface Sink {
  readings(feed: Feed, columns: ReadingColumns): Promise<Outcome>;
  facts(feed: Feed, facts: IndexedFact[]): Promise<Outcome>;
}

/** Nothing can be made durable now: 503, MQTT unacknowledged. */
export class StoreUnavailable extends Error {
  readonly status = 503;
}

/** A cap per feed is reached (decisions B7): 429, MQTT unacknowledged. */
export class OverCap extends Error {
  readonly status = 429;
  /** Seconds after which trying again may help. */
  readonly retryAfter = 60;
}
