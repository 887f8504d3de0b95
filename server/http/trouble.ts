/** What was thrown behind a door, as an answer: a problem (RFC 9457), or for a person's browser a page of ours. */
import type { Express, Request, Response } from "express";
import { say } from "../../contract/sentence.ts";
import { Denied } from "../auth/denied.ts";
import type { Log } from "../lib/log.ts";
import { StoreDown } from "../store/db.ts";
import { HttpProblem, problemOf } from "./problem.ts";

interface Asked {
  request: Request;
  response: Response;
  log: Log;
  /** Of the door (contract/door.ts). */
  refusedAt?: string | null;
}

/** Last in the chain: every throw becomes a problem. */
export function mountProblems(app: Express, log: Log): void {
  app.use(
    (error: unknown, request: Request, response: Response, _next: () => void) =>
      answerTrouble(error, { request, response, log }),
  );
}

/** What is not ours is logged and not told. */
export function answerTrouble(
  error: unknown,
  { request, response, log, refusedAt = null }: Asked,
): void {
  const problem = asProblem(error);
  if (problem.status >= 500)
    log.error({ err: error, path: request.path }, "request failed");
  if (response.headersSent) return void response.end();
  response.set({ "cache-control": "no-store", ...problem.headers });
  // The code alone: what the other side wrote stands in no address of ours.
  const why = new URLSearchParams({ why: problem.why ?? "failed" });
  if (refusedAt !== null && request.accepts(["json", "html"]) === "html")
    return response.redirect(303, `${refusedAt}?${why.toString()}`);
  response
    .status(problem.status)
    .type("application/problem+json")
    .send(JSON.stringify(problemOf(problem)));
}

export function asProblem(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  const { status, sentence, ...more } = error as Partial<HttpProblem>;
  const isTold = status !== undefined && status >= 400 && status < 500;
  if (isTold || error instanceof Denied)
    return new HttpProblem(status!, sentence ?? (error as Error).message, {
      ...(more.errors && { errors: more.errors }),
      ...(more.headers && { headers: more.headers }),
      ...(more.refused && { refused: more.refused }),
      ...(more.why && { why: more.why }),
    });
  if (error instanceof StoreDown)
    return new HttpProblem(
      503,
      { message: error.message, code: "storeDown" },
      { headers: { "retry-after": "5" } },
    );
  return new HttpProblem(500, say("failedHere"));
}
