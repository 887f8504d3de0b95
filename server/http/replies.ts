/** Replies that are under way: a hub that ends answers what it has wholly received. */
import { say } from "../../contract/sentence.ts";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { HttpProblem, sendProblem } from "./problem.ts";

export interface Replies {
  /** Refuses every later request; resolves when those before have their answer, or after `patience` ms. */
  finish(patience: number): Promise<void>;
}

export function followReplies(
  server: Server,
  answer: (request: IncomingMessage, reply: ServerResponse) => void,
): Replies {
  const open = new Set<ServerResponse>();
  let look: (() => void) | null = null;

  server.on("request", (request, reply) => {
    if (look) return sendProblem(reply, ending());
    open.add(reply);
    reply.once("close", () => {
      open.delete(reply);
      look?.();
    });
    answer(request, reply);
  });

  return {
    finish: (patience) =>
      new Promise((finished) => {
        // A sender in the middle of its body hears nothing and sends it again.
        look = () => {
          if (![...open].some(({ req }) => req.complete)) finished();
        };
        setTimeout(finished, patience).unref();
        look();
      }),
  };
}

const ending = () =>
  new HttpProblem(503, say("hubEnding"), {
    headers: { "retry-after": "5", connection: "close" },
  });
