/** What the connections of one feed hold together (decisions B7): no feed takes the memory or the places of all. */
import type { Socket } from "node:net";

/** Gateways of one department; what is behind them does not sign in here. */
const MOST_CONNECTIONS = 64;
/** As at the HTTP door. */
const MOST_BYTES = 32 * 1024 * 1024;

/** A signed-in connection's place among its feed's. */
export interface Place {
  /** Takes so many bytes of a packet that has not wholly come, or gives them back. False where the feed has no room. */
  hold(bytes: number): boolean;
}

export interface SharesOptions {
  /** Bytes of a feed's whole packets that are not settled. */
  waiting(feed: string): number;
  /** A feed has no room for what it wants. */
  refused(feed: string, trouble: string): void;
}

export class Shares {
  readonly #byFeed = new Map<string, { connections: number; bytes: number }>();
  readonly #options: SharesOptions;

  constructor(options: SharesOptions) {
    this.#options = options;
  }

  /** A place until the socket closes; null where the feed has none left. */
  join(feed: string, socket: Socket): Place | null {
    const { waiting, refused } = this.#options;
    const share = this.#byFeed.get(feed) ?? { connections: 0, bytes: 0 };
    if (socket.closed) return null;
    if (share.connections >= MOST_CONNECTIONS) {
      refused(feed, `opens more than ${MOST_CONNECTIONS} connections`);
      return null;
    }
    this.#byFeed.set(feed, share);
    share.connections++;
    let held = 0;
    socket.once("close", () => {
      share.bytes -= held;
      if (--share.connections === 0) this.#byFeed.delete(feed);
      held = 0;
    });
    return {
      hold: (bytes) => {
        if (socket.closed) return true;
        share.bytes += bytes;
        held += bytes;
        if (bytes <= 0 || share.bytes + waiting(feed) <= MOST_BYTES)
          return true;
        refused(feed, "begins more packets than 32 MiB hold");
        return false;
      },
    };
  }
}
