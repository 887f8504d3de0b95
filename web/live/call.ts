/** Typed calls of the HTTP doors in contract/api.ts. */
import type { z } from "zod";
import { api, type Api, type DoorName } from "../../contract/api.ts";
import { Problem, type Door } from "../../contract/door.ts";
import { SENTENCES } from "../../contract/sentences.ts";
import { SECOND } from "../../contract/time.ts";

export interface Ask<N extends DoorName> {
  /** Values of the path's `{name}` parameters. */
  path?: Record<string, string>;
  query?: z.input<Api[N]["query"]>;
  body?: z.input<Api[N]["body"]>;
  signal?: AbortSignal;
  /** Goes out although its page is being left. */
  keepalive?: boolean;
}
export type Reply<N extends DoorName> = z.output<Api[N]["reply"]>;
export type Call = <N extends DoorName>(
  door: N,
  ask?: Ask<N>,
) => Promise<Reply<N>>;

/** A door that said no, or could not be reached (`status` 0). The message is a sentence. */
export class CallError extends Error {
  readonly status: number;
  readonly problem: Problem | null;
  /** ms to wait before asking again, where the hub told so. */
  readonly retryAfter: number | null;

  constructor(
    message: string,
    status: number,
    problem: Problem | null,
    retryAfter: number | null = null,
  ) {
    super(message);
    this.name = "CallError";
    this.status = status;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/** `Retry-After` in seconds, as the hub writes it; ms, or null. */
function waitOf(header: string | null): number | null {
  return header !== null && /^\d{1,7}$/.test(header)
    ? Number(header) * SECOND
    : null;
}

/** Hears how every door answered; `body` is null where it was no JSON. */
export type Hear = (door: DoorName, status: number, body: unknown) => void;

/** The sentence of a problem: what is wrong and, where known, at which path. */
export function sentenceOf(problem: Problem): string {
  const sentence = problem.detail ?? problem.title;
  const where = problem.errors?.map((e) => `${e.path}: ${e.message}`) ?? [];
  return [sentence, ...where].join("; ");
}

function urlOf(
  template: string,
  path: Record<string, string>,
  query: Record<string, unknown>,
): string {
  const url = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = path[name];
    if (value === undefined) throw new Error(`${template}: ${name} is missing`);
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined)
      search.set(
        name,
        typeof value === "string" ? value : JSON.stringify(value),
      );
  return search.size > 0 ? `${url}?${search}` : url;
}

/**
 * `hear` is told of every answer: some of them say who is looking.
 * @throws CallError from each call that does not succeed.
 */
export function createCall(
  hear: Hear = () => {},
  fetched: typeof fetch = (input, init) => fetch(input, init),
): Call {
  return async (name, ask = {}) => {
    const door: Door = api[name];
    const url = urlOf(door.path, ask.path ?? {}, ask.query ?? {});
    const init: RequestInit = {
      method: door.method,
      headers: { accept: "application/json" },
      signal: ask.signal ?? null,
      keepalive: ask.keepalive ?? false,
    };
    if (ask.body !== undefined) {
      const isFile = door.bytes !== undefined;
      init.body = isFile
        ? (ask.body as Uint8Array<ArrayBuffer>)
        : JSON.stringify(ask.body);
      init.headers = {
        ...init.headers,
        "content-type": isFile
          ? "application/octet-stream"
          : "application/json",
      };
    }
    const reply = await fetched(url, init).catch((cause: unknown) => {
      if (ask.signal?.aborted) throw cause;
      throw new CallError(SENTENCES.hubUnreachable, 0, null);
    });
    const body: unknown = await reply.json().catch(() => null);
    hear(name, reply.status, body);
    if (reply.ok) return body as Reply<typeof name>;
    const problem = Problem.safeParse(body).data ?? null;
    throw new CallError(
      problem ? sentenceOf(problem) : `${name}: HTTP ${reply.status}`,
      reply.status,
      problem,
      waitOf(reply.headers.get("retry-after")),
    );
  };
}
