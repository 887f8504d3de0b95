/**
 * The hot door `POST /ingest/v1/{feedId}`: before Express, because readings
 * are most of what ever arrives here (performance.md, floors).
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { IngestReply } from "../../contract/feed.ts";
import type { About } from "../feeds/intake.ts";
import { KeptOut, type KeptOutSender } from "../feeds/refusal.ts";
import type { Clock } from "../lib/clock.ts";
import { addressKey, createRate, type Rate } from "../lib/rate.ts";
import { createUnfinished, discardRest, type Unfinished } from "./body.ts";
import { DATA_HEADERS } from "./policy.ts";
import { senderOf } from "./sender.ts";
import { HttpProblem, sendProblem } from "./problem.ts";

const PREFIX = "/ingest/v1/";
const LARGEST = 8 * 1024 * 1024;

export interface IngestDoor {
  /**
   * Lets a sender in by its key. Constant in time whatever the key.
   * @throws KeptOut
   */
  admit(feedId: string, key: string, address: string): void;
  /** @throws what `refusal` understands. */
  take(feedId: string, body: Uint8Array, about: About): Promise<IngestReply>;
  /** A sender was kept out, by its key, its address or its signature: the audit is told. */
  refused(who: KeptOutSender): void;
  /** The HTTP answer to a refusal; null for what is not one. */
  refusal(error: unknown): HttpProblem | null;
  /** Something broke that is nobody's refusal. */
  failed(error: unknown): void;
  /** Is the sender's address the last that a proxy names? */
  trustProxy: boolean;
  clock: Clock;
}

/** Most bytes of one feed's bodies that have not wholly come. */
const MOST_UNFINISHED = 32 * 1024 * 1024;

/** Requests of one address that are refused as they deserve; beyond, all that is told is to wait. */
const REFUSALS = { perMinute: 60, burst: 120, most: 10_000 };
/** No feed's id and no address is longer. */
const LONGEST = 63;

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
  const rate = createRate({ ...REFUSALS, clock: door.clock });
  return (request, reply) => {
    if (!request.url?.startsWith(PREFIX)) return false;
    handle({ door, unfinished, rate }, request, reply);
    return true;
  };
}

interface Parts {
  door: IngestDoor;
  unfinished: Unfinished;
  rate: Rate;
}

function handle(
  { door, unfinished, rate }: Parts,
  request: IncomingMessage,
  reply: ServerResponse,
): void {
  const feedId = request.url!.slice(PREFIX.length).split("?", 1)[0]!;
  const address = senderOf(request, door.trustProxy);
  answer(door, unfinished, { request, feedId, address }).then(
    (body) => {
      const text = JSON.stringify(body);
      reply
        .writeHead(200, {
          ...DATA_HEADERS,
          "content-type": "application/json",
          "content-length": Buffer.byteLength(text),
        })
        .end(text);
    },
    (error: unknown) => {
      let problem = error instanceof HttpProblem ? error : door.refusal(error);
      if (error instanceof KeptOut) {
        const { message: detail } = error;
        door.refused({ feed: feedId.slice(0, LONGEST), address, detail });
        // A good key is never asked how often others of its address failed.
        const wait = rate.take(addressKey(address));
        if (wait > 0) problem = tooOften(wait);
      }
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
  asked: { request: IncomingMessage; feedId: string; address: string },
): Promise<IngestReply> {
  const { request, feedId, address } = asked;
  if (request.method !== "POST")
    throw new HttpProblem(405, "POST data here", {
      headers: { allow: "POST" },
    });
  const { headers } = request;
  const [scheme, key] = (headers.authorization ?? "").split(" ", 2);
  if (scheme?.toLowerCase() !== "bearer" || !key)
    throw new KeptOut(401, "send the feed's key as bearer token");
  door.admit(feedId, key, address);
  const body = await unfinished.read(request, {
    owner: feedId,
    largest: LARGEST,
  });
  return door.take(feedId, body, {
    mediaType: (headers["content-type"] ?? "application/json")
      .split(";", 1)[0]!
      .trim()
      .toLowerCase(),
    encoding: headers["content-encoding"] ?? null,
    sent: { method: request.method, path: request.url!, headers },
  });
}

function tooOften(wait: number): HttpProblem {
  const seconds = Math.ceil(wait / 1000);
  return new HttpProblem(
    429,
    `too many refused requests from this address: try again in ${seconds} s`,
    { headers: { "retry-after": String(seconds) } },
  );
}
