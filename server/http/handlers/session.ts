import { cookieHeader, type Sessions } from "../../auth/sessions.ts";
import type { Handlers } from "../mount.ts";
import { HttpProblem } from "../problem.ts";

export function sessionHandlers(ask: {
  sessions: Sessions;
  /** Does the browser reach us by HTTPS? */
  secure: boolean;
  ended: (id: string) => void;
}): Pick<Handlers, "signIn" | "whoAmI" | "signOut"> {
  return {
    async signIn({ body, response }) {
      const entered = await ask.sessions.signIn(body.token);
      // One message for wrong, used and expired alike.
      if (!entered)
        throw new HttpProblem(401, "this sign-in link is not valid");
      response.setHeader(
        "set-cookie",
        cookieHeader(entered.secret, ask.secure),
      );
      return entered.session;
    },

    whoAmI: ({ session }) => session!,

    async signOut({ request, response }) {
      const found = ask.sessions.of(request.headers.cookie);
      if (found) {
        await ask.sessions.end(found.id);
        ask.ended(found.id);
      }
      response.setHeader("set-cookie", cookieHeader("", ask.secure));
      return {};
    },
  };
}
