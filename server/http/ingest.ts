/**
 * The hot door `POST /ingest/v1/{feedId}`: before Express, because readings
 * are most of what ever arrives here (performance.md, floors).
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { IngestReply } from "../../contract/feed.ts";
import { createUnfinished, discardRest, type Unfinished } from "./body.ts";
import { HttpProblem, sendProblem } from "./problem.ts";

const PREFIX = "/ingest/v1/";
const LARGEST = 8 * 1024 * 1024;

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
  const unfinished = createUnfinished({
    perOwner: MOST_UNFINISHED,
    // A feed has a key and its own bound: none keeps another out.
    inAll: Infinity,
    whose: "of this feed",
  });
  return (request, reply) => {
    if (!request.url?.startsWith(PREFIX)) return false;
    handle(door, unfinished, request, reply);
    return true;
  };
}

function handle(
  door: IngestDoor,
  unfinished: Unfinished,
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

async function answer(
  door: IngestDoor,
  unfinished: Unfinished,
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
  const body = await unfinished.read(request, {
    owner: feedId,
    largest: LARGEST,
  });
  return door.take(feedId, body, {
    mediaType: (request.headers["content-type"] ?? "application/json")
      .split(";", 1)[0]!
      .trim()
      .toLowerCase(),
    encoding: request.headers["content-encoding"] ?? null,
  });
}
