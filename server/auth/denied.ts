import type { NotIn } from "../../contract/not-in.ts";

/** A no of this room, as a sentence; the door answers with its status. */
export class Denied extends Error {
  readonly status: 400 | 401 | 403 | 404 | 409 | 422 | 429 | 503;
  readonly errors: { path: string; message: string }[] | undefined;
  readonly headers: Record<string, string>;
  /** What the audit is told beyond what the caller is. */
  readonly refused: { object: string; detail: string } | undefined;
  /** What a page has words for. */
  readonly why: NotIn | undefined;

  constructor(
    status: Denied["status"],
    sentence: string,
    more: {
      errors?: { path: string; message: string }[];
      headers?: Record<string, string>;
      refused?: { object: string; detail: string };
      why?: NotIn;
    } = {},
  ) {
    super(sentence);
    this.status = status;
    this.errors = more.errors;
    this.headers = more.headers ?? {};
    this.refused = more.refused;
    this.why = more.why;
  }
}

export const waitFor = (ms: number, sentence: string) =>
  new Denied(429, sentence, {
    headers: { "retry-after": String(Math.ceil(ms / 1000)) },
    why: "busy",
  });
