import type { ServerResponse } from "node:http";
import type { z } from "zod";
import type { NotIn } from "../../contract/not-in.ts";
import type { Problem } from "../../contract/door.ts";
import {
  say,
  type FieldSentence,
  type Sentence,
} from "../../contract/sentence.ts";
import { sentenceOf } from "./issue.ts";
import { DATA_HEADERS } from "./policy.ts";

/** An answer that is not the one hoped for; the mount turns it into RFC 9457. */
export class HttpProblem extends Error {
  readonly status: number;
  readonly sentence: Sentence;
  readonly errors: FieldSentence[] | undefined;
  readonly headers: Record<string, string>;
  /** Of what it kept somebody away: the audit is told, whatever the caller is. */
  readonly refused: { object: string; detail: string } | undefined;
  /** Why who asks is not in. */
  readonly why: NotIn | undefined;

  constructor(
    status: number,
    /** A text alone is what no person meets. */
    sentence: string | Sentence,
    more: {
      errors?: FieldSentence[];
      headers?: Record<string, string>;
      refused?: { object: string; detail: string };
      why?: NotIn;
    } = {},
  ) {
    const said =
      typeof sentence === "string" ? { message: sentence } : sentence;
    super(said.message);
    this.status = status;
    this.sentence = said;
    this.errors = more.errors;
    this.headers = more.headers ?? {};
    this.refused = more.refused;
    this.why = more.why;
  }
}

const TITLES: Record<number, string> = {
  400: "Bad request",
  401: "Not signed in",
  403: "Not allowed",
  404: "Not found",
  405: "Method not allowed",
  409: "Conflict",
  413: "Too large",
  415: "Unsupported media type",
  422: "Not understood",
  429: "Too many requests",
  500: "Internal error",
  503: "Unavailable",
};

export function problemOf(problem: HttpProblem): Problem {
  const { message, ...coded } = problem.sentence;
  return {
    type: "about:blank",
    title: TITLES[problem.status] ?? "Error",
    status: problem.status,
    detail: message,
    ...coded,
    ...(problem.errors && { errors: problem.errors }),
    ...(problem.why && { why: problem.why }),
  };
}

export function sendProblem(reply: ServerResponse, problem: HttpProblem): void {
  if (reply.headersSent) return void reply.end();
  const body = JSON.stringify(problemOf(problem));
  reply
    .writeHead(problem.status, {
      "content-type": "application/problem+json",
      "content-length": Buffer.byteLength(body),
      ...DATA_HEADERS,
      ...problem.headers,
    })
    .end(body);
}

/** Names that a shape does not know are each at their own place. */
const pathsOf = (issue: z.core.$ZodIssue): PropertyKey[][] =>
  issue.code === "unrecognized_keys"
    ? issue.keys.map((key) => [...issue.path, key])
    : [issue.path];

/** zod's issues as paths into the part of the request that was wrong. */
export function unprocessable(part: string, error: z.ZodError): HttpProblem {
  return new HttpProblem(400, say("partWrong", { part }), {
    errors: error.issues.flatMap((issue) =>
      pathsOf(issue).map((path) => ({
        path: `/${[part, ...path].join("/")}`,
        ...sentenceOf(issue),
      })),
    ),
  });
}
