/** Typed calls of the HTTP doors in contract/api.ts. */
import type { z } from "zod";
import { api, type Api, type DoorName } from "../../contract/api.ts";
import { Problem } from "../../contract/door.ts";

export interface Ask<N extends DoorName> {
  /** Values of the path's `{name}` parameters. */
  path?: Record<string, string>;
  query?: z.input<Api[N]["query"]>;
  body?: z.input<Api[N]["body"]>;
  signal?: AbortSignal;
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

  constructor(message: string, status: number, problem: Problem | null) {
    super(message);
    this.name = "CallError";
    this.status = status;
    this.problem = problem;
  }
}

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
 * `denied` hears of every 401, so that a page can ask for a new sign-in.
 * @throws CallError from each call that does not succeed.
 */
export function createCall(
  denied: () => void = () => {},
  fetched: typeof fetch = (input, init) => fetch(input, init),
): Call {
  return async (name, ask = {}) => {
    const door = api[name];
    const url = urlOf(door.path, ask.path ?? {}, ask.query ?? {});
    const init: RequestInit = {
      method: door.method,
      headers: { accept: "application/json" },
      signal: ask.signal ?? null,
    };
    if (ask.body !== undefined) {
      init.body = JSON.stringify(ask.body);
      init.headers = { ...init.headers, "content-type": "application/json" };
    }
    const reply = await fetched(url, init).catch((cause: unknown) => {
      if (ask.signal?.aborted) throw cause;
      throw new CallError("the hub cannot be reached", 0, null);
    });
    if (reply.status === 401) denied();
    const body: unknown = await reply.json().catch(() => null);
    if (reply.ok) return body as Reply<typeof name>;
    const problem = Problem.safeParse(body).data ?? null;
    throw new CallError(
      problem ? sentenceOf(problem) : `${name}: HTTP ${reply.status}`,
      reply.status,
      problem,
    );
  };
}
