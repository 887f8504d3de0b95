/** Walks contract/api: who asks, permission, shape, audit, handler, Problem. The only place that knows Express. */
import type { Express, Request, Response } from "express";
import type { z } from "zod";
import { LARGEST_ATTACHMENT } from "../../contract/attachment.ts";
import { api, type Api, type DoorName } from "../../contract/api.ts";
import type { Door } from "../../contract/door.ts";
import type { Lapse } from "../../contract/not-in.ts";
import { say } from "../../contract/sentence.ts";
import type { Audit } from "../auth/audit.ts";
import { refusalOf } from "../auth/permission.ts";
import type { Principal } from "../auth/principal.ts";
import type { Refusals } from "../auth/refusals.ts";
import { plainAddress } from "../lib/address.ts";
import type { Log } from "../lib/log.ts";
import type { Rate } from "../lib/rate.ts";
import { createUnfinished, discardRest, type Unfinished } from "./body.ts";
import { isForeign } from "./foreign.ts";
import { HttpProblem, unprocessable } from "./problem.ts";
import { answerTrouble, asProblem } from "./trouble.ts";
import { createWitness, type Witness } from "./witness.ts";

/** What a handler is given. */
export interface Ask<N extends DoorName> {
  params: Record<string, string>;
  query: z.output<Api[N]["query"]>;
  body: z.output<Api[N]["body"]>;
  /** Who asks: nobody only behind `public` doors. */
  who: Api[N]["permission"] extends "public" ? Principal | null : Principal;
  /** Behind an audited door called once, when all is judged and before anything is changed. */
  witness: Witness;
  /** Where the request came from. */
  address: string;
  request: Request;
  response: Response;
}

/** Sent as it is: files and other bodies that are not JSON. */
export class RawReply {
  readonly send: (response: Response) => void;
  constructor(send: (response: Response) => void) {
    this.send = send;
  }
}

type Reply<N extends DoorName> = z.input<Api[N]["reply"]> | RawReply;

/** One handler a door; a door without one does not compile. */
export type Handlers = {
  [N in DoorName]: (ask: Ask<N>) => Promise<Reply<N>> | Reply<N>;
};

const KIB = 1024;
const LARGE = 2048 * KIB;
const FILE = LARGEST_ATTACHMENT;
/** Anybody may send it. */
const SMALL = 4 * KIB;
/** Bodies of sessions that have not wholly come: some of the largest at once. */
const OF_SESSIONS = {
  ...{ perOwner: 8 * LARGE, inAll: 24 * LARGE },
  whose: "of this session",
};
/** Files come slowly from phones: some of them at once, and never in the way of what is no file. */
const OF_FILES = {
  ...{ perOwner: 6 * FILE, inAll: 24 * FILE },
  whose: "of this session",
};
/** The small ones: more than every connection's together. */
const OF_STRANGERS = {
  ...{ perOwner: 8192 * SMALL, inAll: 8192 * SMALL },
  whose: "of all who are not signed in",
};

const OCTETS = "application/octet-stream";

type AnyHandler = (ask: Ask<DoorName>) => unknown;

export function mountApi(
  app: Express,
  handlers: Handlers,
  ask: {
    who: (request: Request) => Principal | null;
    /** Why what a stranger shows opens nothing any more. */
    whyNot: (request: Request) => Lapse | null;
    audit: Audit;
    refusals: Refusals;
    acts: Rate;
    /** A session did something: it is not idle. */
    active: (session: string) => void;
    publicUrl: string | null;
    log: Log;
  },
): void {
  const signedIn = createUnfinished(OF_SESSIONS);
  const strangers = createUnfinished(OF_STRANGERS);
  const files = createUnfinished(OF_FILES);
  for (const name of Object.keys(api) as DoorName[]) {
    const door: Door = api[name];
    const handle: AnyHandler = handlers[name];
    const path = door.path.replaceAll(/\{(\w+)\}/g, ":$1");
    const method = door.method.toLowerCase() as "get" | "post";
    // Who may not ask is told so before a body is read.
    const admit = (request: Request) => {
      if (method !== "get") {
        if (isForeign(request.headers, ask.publicUrl))
          throw new HttpProblem(403, say("anotherSite"));
        // Without a body the door's shape says what it lacks.
        const hasBody = request.headers["content-length"] !== "0";
        // Neither is a type that a form of another site's can send.
        const taken = door.bytes === undefined ? "json" : OCTETS;
        if (hasBody && request.is(taken) === false)
          throw new HttpProblem(
            415,
            `this door takes ${taken === OCTETS ? OCTETS : "application/json"}`,
          );
      }
      const who = ask.who(request);
      const refusal = refusalOf(who, door.permission);
      if (!refusal) return who;
      const why = who ? null : ask.whyNot(request);
      throw new HttpProblem(refusal.status, refusal.sentence, {
        ...(why && { why }),
      });
    };
    const bodyOf = async (request: Request, owner: string) => {
      if (method === "get") return {};
      if (door.bytes !== undefined)
        return bytesOf(request, files, { owner, largest: door.bytes });
      return door.permission === "public"
        ? jsonOf(request, strangers, { owner: "", largest: SMALL })
        : jsonOf(request, signedIn, { owner, largest: LARGE });
    };
    app[method](path, async (request: Request, response: Response) => {
      const address = plainAddress(request.ip ?? "");
      let who: Principal | null = null;
      const witness = createWitness(ask.audit, {
        act: name,
        address,
        who: () => who,
        acts: ask.acts,
      });
      try {
        who = admit(request);
        const query = door.query.safeParse(request.query);
        if (!query.success) throw unprocessable("query", query.error);
        const given = await bodyOf(request, who?.id ?? "");
        // Who was let in before a slow body may be out by now.
        who = admit(request);
        const body = door.body.safeParse(given);
        if (!body.success) throw unprocessable("body", body.error);
        const reply = await handle({
          params: request.params,
          query: query.data,
          body: body.data,
          who,
          witness: witness.write,
          address,
          request,
          response,
        } as Ask<DoorName>);
        if (door.audited && !witness.told)
          throw new Error(`${name} left no line in the audit`);
        if (door.audited && who?.kind === "person") ask.active(who.id);
        if (reply instanceof RawReply) return void reply.send(response);
        response.set("cache-control", "no-store").json(reply);
      } catch (error) {
        const problem = asProblem(error);
        if (witness.told) await witness.failed(problem.message);
        else if (
          problem.refused ||
          problem.status === 403 ||
          // Who is not known asks who he is: every sign-in page does.
          (problem.status === 401 && door.permission !== "known")
        )
          ask.refusals.note({
            who: who ?? ask.who(request),
            address,
            act: name,
            object: problem.refused?.object ?? "",
            detail: problem.refused?.detail ?? problem.message,
          });
        answerTrouble(error, { request, response, log: ask.log, ...door });
      }
    });
  }
  app.use("/api", () => {
    throw new HttpProblem(404, "there is no such door; see /api/openapi.json");
  });
}

async function bytesOf(
  request: Request,
  unfinished: Unfinished,
  ask: { owner: string; largest: number },
): Promise<Buffer> {
  const encoding = request.headers["content-encoding"] ?? "identity";
  // Unzipped, a body would be a thousand times what was counted.
  if (encoding !== "identity")
    throw new HttpProblem(415, "this door takes no compressed bodies");
  return unfinished.read(request, ask).catch((error: unknown) => {
    discardRest(request);
    throw error;
  });
}

/** No body reads as an empty object. */
async function jsonOf(...asked: Parameters<typeof bytesOf>): Promise<unknown> {
  const bytes = await bytesOf(...asked);
  if (bytes.length === 0) return {};
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return (JSON.parse(text) as unknown) ?? {};
  } catch (error) {
    const why = (error as Error).message;
    throw new HttpProblem(400, `the body is not JSON in UTF-8: ${why}`);
  }
}
