/** Reads bodies, within bounds on what is held of those that have not wholly come. */
import type { IncomingMessage } from "node:http";
import { HttpProblem } from "./problem.ts";

const MIB = 1024 * 1024;
/** Most that is read of a body that was refused. */
const DISCARDED = 64 * MIB;
/** What a chunk costs beside its bytes: a body may come byte by byte. */
const PER_CHUNK = 256;

/** Bytes of unfinished bodies, by who sends them. */
export interface Unfinished {
  /**
   * Reads a body.
   * @throws HttpProblem 413, and 429 or 503 while too much is unfinished
   */
  read(
    request: IncomingMessage,
    ask: { owner: string; largest: number },
  ): Promise<Buffer>;
}

/** @param ask.whose what the sender is told, such as "of this feed" */
export function createUnfinished(ask: {
  perOwner: number;
  inAll: number;
  whose: string;
}): Unfinished {
  const held = new Map<string, number>();
  let all = 0;

  function hold(owner: string, bytes: number): void {
    const rest = (held.get(owner) ?? 0) + bytes;
    if (rest > 0) held.set(owner, rest);
    else held.delete(owner);
    all += bytes;
  }

  return {
    async read(request, { owner, largest }) {
      if (Number(request.headers["content-length"]) > largest)
        throw tooLarge(largest);
      const chunks: Buffer[] = [];
      let size = 0;
      let cost = 0;
      try {
        await eachChunk(request, (chunk) => {
          const more = chunk.length + PER_CHUNK;
          if (size + chunk.length > largest) return tooLarge(largest);
          if ((held.get(owner) ?? 0) + more > ask.perOwner)
            return tooMuch(429, ask.whose);
          if (all + more > ask.inAll) return tooMuch(503, "of all senders");
          size += chunk.length;
          cost += more;
          hold(owner, more);
          chunks.push(chunk);
          return null;
        });
      } finally {
        hold(owner, -cost);
      }
      return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size);
    },
  };
}

const tooLarge = (largest: number) =>
  new HttpProblem(
    413,
    `the body is larger than ${largest < MIB ? `${largest / 1024} KiB` : `${largest / MIB} MiB`}`,
  );

const tooMuch = (status: 429 | 503, whose: string) =>
  new HttpProblem(status, `too many unfinished bodies ${whose}`, {
    headers: { "retry-after": "1" },
  });

/** Resolves at the end; a refusal stops the reading. */
function eachChunk(
  request: IncomingMessage,
  take: (chunk: Buffer) => HttpProblem | null,
): Promise<void> {
  return new Promise((done, failed) => {
    const onData = (chunk: Buffer) => {
      const refused = take(chunk);
      if (!refused) return;
      request.off("data", onData);
      request.pause();
      failed(refused);
    };
    request.on("data", onData);
    request.on("end", () => done());
    request.on("error", failed);
  });
}

/**
 * A sender reads the answer after it has written its body, so the rest of a
 * refused one is read and thrown away; a sender with no end is cut off.
 */
export function discardRest(request: IncomingMessage): void {
  if (request.complete) return;
  let left = DISCARDED;
  request.on("data", (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
  request.resume();
}
