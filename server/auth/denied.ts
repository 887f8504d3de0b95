import type { NotIn } from "../../contract/not-in.ts";
import {
  say,
  type FieldSentence,
  type Sentence,
} from "../../contract/sentence.ts";

/** A no of this room, as a sentence; the door answers with its status. */
export class Denied extends Error {
  readonly status: 400 | 401 | 403 | 404 | 409 | 422 | 429 | 503;
  readonly sentence: Sentence;
  readonly errors: FieldSentence[] | undefined;
  readonly headers: Record<string, string>;
  /** What the audit is told beyond what the caller is. */
  readonly refused: { object: string; detail: string } | undefined;
  /** What a page has words for. */
  readonly why: NotIn | undefined;

  constructor(
    status: Denied["status"],
    sentence: Sentence,
    more: {
      errors?: FieldSentence[];
      headers?: Record<string, string>;
      refused?: { object: string; detail: string };
      why?: NotIn;
    } = {},
  ) {
    super(sentence.message);
    this.status = status;
    this.sentence = sentence;
    this.errors = more.errors;
    this.headers = more.headers ?? {};
    this.refused = more.refused;
    this.why = more.why;
  }
}

export const signInFirst = () => new Denied(401, say("signInFirst"));

export const waitFor = (ms: number, sentence: Sentence) =>
  new Denied(429, sentence, {
    headers: { "retry-after": String(Math.ceil(ms / 1000)) },
    why: "busy",
  });
