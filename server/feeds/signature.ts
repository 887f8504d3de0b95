/**
 * Signed messages: HMAC-SHA256 over method, path, time, nonce and body, so
 * that who listens at a road can neither change a message nor send it again
 * (docs/operate.md).
 */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { AHEAD, MINUTE } from "../../contract/time.ts";
import type { Clock } from "../lib/clock.ts";
import { KeptOut } from "./refusal.ts";

/** What was sent beside the body. */
export interface Sent {
  method: string;
  /** As it stands in the request, with its query. */
  path: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** How far the sender's clock may be from ours, behind as well as ahead. */
const APART = AHEAD;
const REMEMBERED = 10 * MINUTE;
/** Nonces of one feed that are remembered: some 150 messages a second. */
const MOST_NONCES = 200_000;

/** What a signature is made over. */
export const signedText = (
  { method, path }: Pick<Sent, "method" | "path">,
  timestamp: string,
  nonce: string,
  body: Uint8Array,
): string =>
  [method, path, timestamp, nonce, sha256(body).toString("hex")].join("\n");

const sha256 = (of: Uint8Array | string) =>
  createHash("sha256").update(of).digest();

export class Signatures {
  readonly #clock: Clock;
  readonly #started: number;
  readonly #nonces = new Map<string, Nonces>();

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#started = clock.now();
  }

  /**
   * @param body as it was sent, before it is unpacked
   * @throws KeptOut with what is wrong with the signature
   */
  verify(feedId: string, secret: string, sent: Sent, body: Uint8Array): void {
    const timestamp = headerOf(sent, "timestamp", /^\d{13}$/);
    const nonce = headerOf(sent, "nonce", /^[\x21-\x7e]{16,128}$/);
    const signature = headerOf(sent, "signature", /^sha256=[0-9a-f]{64}$/i);
    const now = this.#clock.now();
    const at = Number(timestamp);
    if (Math.abs(at - now) > APART)
      throw wrong(
        `x-chengshu-timestamp is ${Math.round(Math.abs(at - now) / 1000)} s from the hub's clock; ${APART / MINUTE} minutes are allowed`,
      );
    const due = createHmac("sha256", secret)
      .update(signedText(sent, timestamp, nonce, body))
      .digest();
    const given = Buffer.from(signature.slice("sha256=".length), "hex");
    if (!timingSafeEqual(given, due))
      throw wrong(
        "the signature is not of this message: secret, method, path, timestamp, nonce or body differ",
      );
    // What was used before the start is not remembered.
    if (at < this.#started)
      throw wrong(
        "the message was signed before the hub started: sign it again",
      );
    const nonces = this.#nonces.get(feedId) ?? new Nonces();
    this.#nonces.set(feedId, nonces);
    nonces.use(nonce, now);
  }
}

/** The nonces of one feed, in two halves: the older goes when it is too old as a whole. */
class Nonces {
  #younger = new Set<string>();
  #older = new Set<string>();
  #since = -Infinity;

  /** @throws KeptOut where it was used, or too many are remembered to tell */
  use(nonce: string, now: number): void {
    if (now - this.#since >= REMEMBERED) {
      // Nothing for twice as long: both are too old.
      const isLong = now - this.#since >= 2 * REMEMBERED;
      this.#older = isLong ? new Set() : this.#younger;
      this.#younger = new Set();
      this.#since = now;
    }
    // Short whatever the sender's length.
    const short = sha256(nonce).toString("latin1");
    if (this.#younger.has(short) || this.#older.has(short))
      throw wrong("the message was sent before: its nonce counts once");
    if (this.#younger.size + this.#older.size >= MOST_NONCES)
      throw wrong(
        `more than ${MOST_NONCES} signed messages in ${REMEMBERED / MINUTE} minutes: send more items in each`,
      );
    this.#younger.add(short);
  }
}

function headerOf({ headers }: Sent, name: string, shape: RegExp): string {
  const header = `x-chengshu-${name}`;
  const given = headers[header];
  if (given === undefined)
    throw wrong(`the feed's messages are signed; ${header} is missing`);
  if (typeof given !== "string" || !shape.test(given))
    throw wrong(`${header} must be ${FORMS[name]}`);
  return given;
}

const FORMS: Record<string, string> = {
  timestamp: "milliseconds since 1970, 13 digits",
  nonce: "16 to 128 visible ASCII characters",
  signature: "sha256=<64 hex digits>",
};

const wrong = (sentence: string) => new KeptOut(401, sentence);
