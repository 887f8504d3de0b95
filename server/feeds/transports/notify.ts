/** Tells another system something over HTTP, signed as its own messages to us may be (signature.ts). */
import { createHmac, randomBytes } from "node:crypto";
import http, { type RequestOptions } from "node:http";
import https from "node:https";
import { say } from "../../../contract/sentence.ts";
import { SECOND } from "../../../contract/time.ts";
import { createLookup } from "../../lib/outbound-lookup.ts";
import { judgeUrl, type Allowed } from "../../lib/outbound.ts";
import { signedText } from "../signature.ts";

/** Whoever takes longer is asked again later. */
const PATIENCE = 10 * SECOND;

export interface Notification {
  url: string;
  secret: string;
  /** The same for every try: whoever had it once need not take it again. */
  key: string;
  /** JSON. */
  body: string;
}

/** @throws Error: a sentence, where it was not taken */
export async function notify(
  { url, secret, key, body }: Notification,
  ask: { allowed: Allowed; now: number; signal: AbortSignal },
): Promise<void> {
  const flaw = judgeUrl(url, ask.allowed);
  if (flaw !== null) throw new Error(flaw);
  const { pathname, search } = new URL(url);
  const method = "POST";
  const path = pathname + search;
  const timestamp = String(ask.now);
  const nonce = randomBytes(18).toString("base64url");
  const signature = createHmac("sha256", secret)
    .update(signedText({ method, path }, timestamp, nonce, Buffer.from(body)))
    .digest("hex");
  const status = await post(url, body, {
    lookup: createLookup(ask.allowed),
    signal: AbortSignal.any([ask.signal, AbortSignal.timeout(PATIENCE)]),
    headers: {
      "content-type": "application/json",
      "idempotency-key": key,
      "x-chengshu-timestamp": timestamp,
      "x-chengshu-nonce": nonce,
      "x-chengshu-signature": `sha256=${signature}`,
    },
  });
  if (status < 200 || status > 299)
    throw new Error(say("answeredWith", { answer: status }).message);
}

/** No redirect is followed: it could lead anywhere. */
function post(
  url: string,
  body: string,
  options: RequestOptions,
): Promise<number> {
  const { request } = url.startsWith("https:") ? https : http;
  return new Promise((resolve, reject) => {
    request(url, { ...options, method: "POST" }, (answer) => {
      // Its words are nobody's business, and may be endless.
      answer.destroy();
      resolve(answer.statusCode ?? 0);
    })
      .once("error", reject)
      .end(body);
  });
}
