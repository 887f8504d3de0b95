/**
 * The hot door `POST /ingest/v1/{feedId}`: before Express, because readings
 * are most of what ever arrives here (performance.md, floors).
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { IngestReply } from "../../contract/feed.ts";
import { HttpProblem, sendProblem } from "./problem.ts";

const PREFIX = "/ingest/v1/";
const LARGEST = 8 * 1024 * 1024;
/** Most that is read of a body that was refused. */
const DISCARDED = 64 * 1024 * 1024;

export interface IngestDoor {
  /** Does this key open this feed? Constant time; unknown feeds answer false. */
  opens(feedId: string, key: string): boolean;
  /** @throws what `refusal` understands. */
  take(
    feedId: string,
    body: Uint8Array,
    about: { mediaType: string; encoding: string | null },
  ): Promise<IngestReply>;
  /** The HTTP answer to a refusal; null for what is not one. */
  refusal(error: unknown): HttpProblem | null;
  /** Something broke that is nobody's refusal. */
  failed(error: unknown): void;
}

/** Most bytes of one feed's bodies that have not wholly come. */
const MOST_UNFINISHED = 32 * 1024 * 1024;

/** @returns a handler that gives true where the request was an ingest request and is being answered. */
export function createIngest(
  door: IngestDoor,
): (request: IncomingMessage, reply: ServerResponse) => boolean {
  /** Bytes by feed. */
  const unfinished = new Map<string, number>();
  return (request, reply) => {
    if (!request.url?.startsWith(PREFIX)) return false;
    handle(door, unfinished, request, reply);
    return true;
  };
}

function handle(
  door: IngestDoor,
  unfinished: Map<string, number>,
  request: IncomingMessage,
  reply: ServerResponse,
): void {
  answer(door, unfinished, request).then(
    (body) => {
      const text = JSON.stringify(body);
      reply
        .writeHead(200, {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(text),
        })
        .end(text);
    },
    (error: unknown) => {
      const problem =
        error instanceof HttpProblem ? error : door.refusal(error);
      // A sender that left in the middle is no trouble of ours; what fails after
      // its last byte is.
      if (!problem && request.complete) door.failed(error);
      discardRest(request);
      sendProblem(
        reply,
        problem ??
          new HttpProblem(500, "something failed here; the log says what"),
      );
    },
  );
}

/**
 * A sender reads the answer after it has written its body, so the rest of a
 * refused one is read and thrown away; a sender with no end is cut off.
 */
function discardRest(request: IncomingMessage): void {
  if (request.complete) return;
  let left = DISCARDED;
  request.removeAllListeners("data");
  request.on("data", (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
  request.resume();
}

async function answer(
  door: IngestDoor,
  unfinished: Map<string, number>,
  request: IncomingMessage,
): Promise<IngestReply> {
  if (request.method !== "POST")
    throw new HttpProblem(405, "POST data here", {
      headers: { allow: "POST" },
    });
  const feedId = request.url!.slice(PREFIX.length).split("?", 1)[0]!;
  const [scheme, key] = (request.headers.authorization ?? "").split(" ", 2);
  if (scheme?.toLowerCase() !== "bearer" || !key || !door.opens(feedId, key))
    throw new HttpProblem(401, "this feed key does not open this feed", {
      headers: { "www-authenticate": "Bearer" },
    });
  if (Number(request.headers["content-length"]) > LARGEST) throw tooLarge();
  let claimed = 0;
  const claim = (bytes: number) => {
    const all = (unfinished.get(feedId) ?? 0) + bytes;
    if (all > MOST_UNFINISHED) return false;
    claimed += bytes;
    unfinished.set(feedId, all);
    return true;
  };
  const body = await bodyOf(request, claim).finally(() =>
    unfinished.set(feedId, (unfinished.get(feedId) ?? 0) - claimed),
  );
  return door.take(feedId, body, {
    mediaType: (request.headers["content-type"] ?? "application/json")
      .split(";", 1)[0]!
      .trim()
      .toLowerCase(),
    encoding: request.headers["content-encoding"] ?? null,
  });
}

const tooLarge = () => new HttpProblem(413, "the body is larger than 8 MiB");

const tooMuch = () =>
  new HttpProblem(429, "too many unfinished bodies of this feed", {
    headers: { "retry-after": "1" },
  });

function bodyOf(
  request: IncomingMessage,
  claim: (bytes: number) => boolean,
): Promise<Buffer> {
  return new Promise((done, failed) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > LARGEST) {
        request.pause();
        failed(tooLarge());
      } else if (!claim(chunk.length)) {
        request.pause();
        failed(tooMuch());
      } else chunks.push(chunk);
    });
    request.on("end", () =>
      done(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size)),
    );
    request.on("error", failed);
  });
}
