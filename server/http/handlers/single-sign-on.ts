import { say } from "../../../contract/sentence.ts";
import type { Auth } from "../../auth/open.ts";
import type { SingleSignOn } from "../../auth/single-sign-on.ts";
import { RawReply, type Handlers } from "../mount.ts";
import { HttpProblem } from "../problem.ts";
import { aboutOf, countTry } from "./session.ts";

const BEGUN_FOR = 600_000;
const HERE = new URL("http://here");

/** Only a path of ours: nobody is led elsewhere by a link to us. */
function pathOf(next: string | undefined): string {
  if (next === undefined || !/^\/(?!\/)[\w\-./?=&%~]*$/.test(next)) return "/";
  // Read as browsers read it: /.//there names a place beyond, too.
  const { pathname, search } = new URL(next, HERE);
  return pathname.startsWith("//") ? "/" : pathname + search;
}

export function singleSignOnHandlers(ask: {
  auth: Auth;
  singleSignOn: SingleSignOn | null;
}): Pick<Handlers, "startSingleSignOn" | "finishSingleSignOn"> {
  const { auth } = ask;
  const there = (): SingleSignOn => {
    if (ask.singleSignOn) return ask.singleSignOn;
    throw new HttpProblem(404, say("noSingleSignOn"));
  };

  return {
    async startSingleSignOn({ query, request }) {
      countTry(auth, request);
      const { url, secret } = await there().start(pathOf(query.next));
      const cookie = auth.cookies.begun.write(secret, BEGUN_FOR);
      return new RawReply((response) =>
        response
          .set("cache-control", "no-store")
          .setHeader("set-cookie", cookie)
          .redirect(303, url),
      );
    },

    async finishSingleSignOn({ request, witness }) {
      countTry(auth, request);
      const { search } = new URL(request.originalUrl, HERE);
      const { secret, next } = await there().finish(
        search,
        auth.cookies.begun.read(request.headers.cookie),
        aboutOf(request),
        witness,
      );
      const who = auth.sessions.of(secret)!;
      const cookies = [
        auth.cookies.session.write(secret, auth.sessions.life(who.id)),
        auth.cookies.begun.write("", 0),
      ];
      return new RawReply((response) =>
        response
          .set("cache-control", "no-store")
          .setHeader("set-cookie", cookies)
          .type("html")
          // A redirect would still count as the other site's: the new cookie
          // (SameSite=Strict) would not come along. A page of ours leads on.
          .send(
            `<!doctype html><meta charset="utf-8"><title>城枢</title><meta http-equiv="refresh" content="0;url=${next.replaceAll("&", "&amp;")}">`,
          ),
      );
    },
  };
}
