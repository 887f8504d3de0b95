import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

const compress = promisify(gzip);

/** What the hub says it did with one request. */
export interface Reply {
  accepted: number;
  duplicates: number;
  missing: number;
  rejected: number;
  rejections: { index: number; path: string; message: string }[];
}

/** A final answer: the hub has taken it, or will never take it as it is. */
export type Answer =
  | { taken: true; reply: Reply; tries: number }
  | { taken: false; status: number; message: string; tries: number };

export interface DoorOptions {
  /** Base URL of the hub: `http://127.0.0.1:8080`. */
  hub: string;
  feed: string;
  key: string;
  mediaType: string;
  signal: AbortSignal;
  /**
   * A refused key or a disabled feed: a department keeps trying until someone
   * mends it; a one-off program gives up.
   */
  patient: boolean;
  /** Told of every failed try, in one sentence. */
  onTrouble?(message: string): void;
  /** Waits between two tries; throws when the signal aborts. */
  wait?(ms: number, signal: AbortSignal): Promise<unknown>;
}

/** An ingest door of the hub: `POST /ingest/v1/{feed}`. */
export interface Door {
  /**
   * Posts one body, again and again until it is answered for good: after
   * network errors, 5xx and 429, waiting as long as Retry-After asks.
   * @throws where the signal aborts, or (impatient) the key is refused
   */
  post(body: string | Uint8Array): Promise<Answer>;
}

const FIRST_WAIT = 250;
const LONGEST_WAIT = 15_000;
const ANSWER_WITHIN = 30_000;
/** Below this, compressing costs more than it saves. */
const WORTH_COMPRESSING = 1024;

export function openDoor(options: DoorOptions): Door {
  const { signal, patient } = options;
  const rest = options.wait ?? ((ms) => sleep(ms, undefined, { signal }));
  const url = new URL(`/ingest/v1/${options.feed}`, options.hub);
  const told = (message: string) =>
    options.onTrouble?.(`feed ${options.feed}: ${message}`);

  async function once(body: string | Uint8Array): Promise<Answer | number> {
    const bytes = typeof body === "string" ? Buffer.from(body) : body;
    const headers: Record<string, string> = {
      authorization: `Bearer ${options.key}`,
      "content-type": options.mediaType,
    };
    let sent = new Uint8Array(bytes);
    if (bytes.length > WORTH_COMPRESSING) {
      headers["content-encoding"] = "gzip";
      sent = new Uint8Array(await compress(bytes, { level: 1 }));
    }
    const { response, text } = await withDeadline(signal, async (within) => {
      const request = { method: "POST", headers, body: sent, signal: within };
      const response = await fetch(url, request);
      return { response, text: await response.text() };
    });
    if (response.ok) return { taken: true, reply: readReply(text), tries: 1 };

    const { status } = response;
    const message = `the hub answered ${status}: ${detailOf(text)}`;
    const wrongKey = status === 401 || status === 403 || status === 404;
    if (wrongKey && !patient)
      throw new Error(`feed ${options.feed}: ${message}`);
    if (wrongKey || status === 408 || status === 429 || status >= 500) {
      told(message);
      return retryAfter(response.headers.get("retry-after"));
    }
    return { taken: false, status, message, tries: 1 };
  }

  return {
    async post(body) {
      let wait = FIRST_WAIT;
      for (let tries = 1; ; tries++) {
        let asked = 0;
        try {
          const answer = await once(body);
          if (typeof answer !== "number") return { ...answer, tries };
          asked = answer;
        } catch (error) {
          if (signal.aborted || !isNetworkError(error)) throw error;
          told(`the hub does not answer (${reasonOf(error)})`);
        }
        // Half fixed, half chance: a hundred feeds must not return as one.
        const jittered = wait / 2 + (wait / 2) * Math.random();
        await rest(Math.max(asked, jittered), signal);
        wait = Math.min(LONGEST_WAIT, wait * 2);
      }
    },
  };
}

/** Retry-After in ms: seconds or an HTTP date; 0 where it says nothing. */
function retryAfter(header: string | null): number {
  if (header === null) return 0;
  const seconds = Number(header);
  const wait = Number.isFinite(seconds)
    ? seconds * 1000
    : Date.parse(header) - Date.now();
  return Number.isFinite(wait) ? Math.max(0, wait) : 0;
}

/** A reply that lacks a count means zero; anything else is not our hub. */
function readReply(text: string): Reply {
  const reply: unknown = JSON.parse(text);
  if (typeof reply !== "object" || reply === null)
    throw new Error(`the hub's reply is not an object: ${text.slice(0, 80)}`);
  const { accepted, duplicates, missing, rejected, rejections } =
    reply as Partial<Reply>;
  return {
    accepted: accepted ?? 0,
    duplicates: duplicates ?? 0,
    missing: missing ?? 0,
    rejected: rejected ?? 0,
    rejections: rejections ?? [],
  };
}

/** The sentence inside an RFC 9457 problem, else the text itself. */
function detailOf(text: string): string {
  try {
    const problem = JSON.parse(text) as {
      detail?: string;
      title?: string;
      errors?: { path: string; message: string }[];
    };
    const says = problem.detail ?? problem.title ?? text;
    const first = problem.errors?.[0];
    return first && first.message !== says
      ? `${says} (${first.path}: ${first.message})`
      : says;
  } catch {
    return text.slice(0, 200);
  }
}

async function withDeadline<T>(
  signal: AbortSignal,
  work: (within: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const inner = new AbortController();
  const abort = () => inner.abort(signal.reason);
  const late = setTimeout(
    () => inner.abort(new Error("no answer in time")),
    ANSWER_WITHIN,
  );
  signal.addEventListener("abort", abort);
  try {
    return await work(inner.signal);
  } finally {
    clearTimeout(late);
    signal.removeEventListener("abort", abort);
  }
}

/** fetch throws TypeError for everything between "refused" and "reset". */
function isNetworkError(error: unknown): boolean {
  return (
    error instanceof TypeError ||
    (error instanceof Error && error.message === "no answer in time")
  );
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (cause instanceof AggregateError) return "connection refused";
  return cause instanceof Error ? cause.message : String(cause);
}
