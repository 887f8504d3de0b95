/** Socket.IO event maps. The socket only tells; every write is an HTTP request. */

export interface Follow {
  topic: string;
  params: unknown;
}

export type Followed =
  | {
      room: string;
      /** Changes with every start of the hub: another epoch means follow again. */
      epoch: string;
      rev: number;
      /** The server's clock, epoch ms. */
      now: number;
      snapshot: unknown[];
    }
  | { error: string };

/** Next picture of a room. `rev` grows by one; a gap means follow again (R4). */
export interface Delta {
  room: string;
  epoch: string;
  rev: number;
  now: number;
  upsert: unknown[];
  remove: (string | number)[];
  /** Everything held before is void. */
  reset?: true;
}

export interface ClientEvents {
  follow: (ask: Follow, reply: (answer: Followed) => void) => void;
  unfollow: (ask: { room: string }) => void;
}

export interface ServerEvents {
  /** What `getCity` answers is another now: whoever reckons by it asks again. */
  cityChanged: () => void;
  delta: (delta: Delta) => void;
}
