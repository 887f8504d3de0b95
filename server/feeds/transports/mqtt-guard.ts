/** Looks at what a connection of the broker brings before the parser gathers it. */
import type { Socket } from "node:net";
import { FrameGuard } from "./mqtt-frames.ts";
import type { Place, Shares } from "./mqtt-shares.ts";

/** Until a client has signed in: names and keys are short. */
const LARGEST_GREETING = 4 * 1024;

/** Ends a connection that announces a packet larger than any payload may be, or begins more than its feed may. */
export class Guard {
  readonly #frames = new FrameGuard(LARGEST_GREETING);
  readonly #socket: Socket;
  #place: Place | null = null;
  /** Bytes that the place knows of. */
  #held = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
    const read = socket.read.bind(socket);
    socket.read = (size?: number): unknown => {
      const chunk: unknown = read(size);
      if (!Buffer.isBuffer(chunk)) return chunk;
      const trouble = this.#troubleWith(chunk);
      if (!trouble) return chunk;
      socket.destroy(new Error(trouble));
      return null;
    };
  }

  /** From now on it is a client of the feed. False where the feed has no place for it. */
  welcome(feedId: string, shares: Shares, largest: number): boolean {
    this.#place = shares.join(feedId, this.#socket);
    if (!this.#place) return false;
    this.#frames.allow(largest);
    return true;
  }

  #troubleWith(chunk: Buffer): string | null {
    if (!this.#frames.accepts(chunk))
      return "the packet is larger than it may be";
    if (!this.#place) return null;
    const { unfinished } = this.#frames;
    const more = unfinished - this.#held;
    this.#held = unfinished;
    return this.#place.hold(more)
      ? null
      : "the feed has begun more packets than it may";
  }
}
