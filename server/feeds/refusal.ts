import { Unparseable } from "./format.ts";
import { OverCap, StoreUnavailable } from "./sink.ts";

/** No feed has this id. The door may answer 401, so as not to tell which feeds exist. */
export class UnknownFeed extends Error {
  readonly status = 404;
}

/** Who sends may not: its key, its address or its signature is not the feed's. */
export class KeptOut extends Error {
  readonly status: 401 | 403;
  constructor(status: 401 | 403, message: string) {
    super(message);
    this.status = status;
  }
}

/** A sender that was kept out, as the audit is told. */
export interface KeptOutSender {
  /** As it was asked for; there need be none of that name. */
  feed: string;
  address: string;
  detail: string;
}

export class FeedDisabled extends Error {
  readonly status = 403;
}

export class TooLarge extends Error {
  readonly status = 413;
}

export class UnsupportedMedia extends Error {
  readonly status = 415;
}

/** The feed sent more than its quota. */
export class OverQuota extends Error {
  readonly status = 429;
  /** Whole seconds until the feed may send again. */
  readonly retryAfter: number;
  /** The same, in ms: for transports that simply wait. */
  readonly waitMs: number;
  constructor(message: string, waitMs: number) {
    super(message);
    this.waitMs = waitMs;
    this.retryAfter = Math.max(1, Math.ceil(waitMs / 1000));
  }
}

/** Every way in which the feeds refuse a whole payload; `status` is the HTTP answer. */
export type Refusal =
  | UnknownFeed
  | KeptOut
  | FeedDisabled
  | TooLarge
  | UnsupportedMedia
  | OverQuota
  | Unparseable
  | StoreUnavailable
  | OverCap;

export function isRefusal(error: unknown): error is Refusal {
  return (
    error instanceof UnknownFeed ||
    error instanceof KeptOut ||
    error instanceof FeedDisabled ||
    error instanceof TooLarge ||
    error instanceof UnsupportedMedia ||
    error instanceof OverQuota ||
    error instanceof Unparseable ||
    error instanceof StoreUnavailable ||
    error instanceof OverCap
  );
}

/** True where the same payload may be taken later: it must then stay unacknowledged. */
export function isForLater(error: unknown): boolean {
  return (
    error instanceof OverQuota ||
    error instanceof OverCap ||
    error instanceof StoreUnavailable ||
    !isRefusal(error)
  );
}
