import { say } from "../../../contract/sentence.ts";
import type { Request, Response } from "express";
import type { Session, SessionRow } from "../../../contract/session.ts";
import { waitFor } from "../../auth/denied.ts";
import { DEVICE_COOKIE_FOR } from "../../auth/devices.ts";
import type { Auth } from "../../auth/open.ts";
import type { Principal } from "../../auth/principal.ts";
import { plainAddress } from "../../lib/address.ts";
import { addressKey } from "../../lib/rate.ts";
import type { Handlers } from "../mount.ts";
import { HttpProblem } from "../problem.ts";

const BROWSER_LENGTH = 200;

export const aboutOf = (request: Request) => ({
  address: plainAddress(request.ip ?? ""),
  browser: (request.headers["user-agent"] ?? "").slice(0, BROWSER_LENGTH),
});

/** @throws Denied where this address tried too often */
export function countTry(auth: Pick<Auth, "tries">, request: Request): void {
  const wait = auth.tries.take(addressKey(request.ip ?? ""));
  if (wait > 0) throw waitFor(wait, say("triesHere"));
}

/** Of whoever is in: each costs what a sign-in does, and nobody may take that from the others. */
function countOwnTry(auth: Pick<Auth, "tries">, { subject }: Principal): void {
  const wait = auth.tries.take(`account ${subject}`);
  if (wait > 0) throw waitFor(wait, say("triesOwn"));
}

export function sessionHandlers(ask: {
  auth: Auth;
  demo: boolean;
  /** The single sign-on's name, or null. */
  singleSignOn: string | null;
  sockets: (id: string) => number;
}): Pick<
  Handlers,
  | "signIn"
  | "signInWays"
  | "whoAmI"
  | "signOut"
  | "giveCode"
  | "changePassword"
  | "startSecondFactor"
  | "confirmSecondFactor"
  | "unlock"
  | "stayActive"
  | "ownSessions"
  | "endOwnSession"
  | "listSessions"
  | "endSession"
> {
  const { auth } = ask;
  const { sessions, signIn, cookies } = auth;

  const sessionOf = (who: Principal): Session => ({
    ...{ kind: who.kind, login: who.login, name: who.name, stage: who.stage },
    ...{ roles: [...who.roles], permissions: [...who.actions] },
    scope: { departments: who.view.departments, districts: who.view.districts },
    screens: who.screens === null ? null : [...who.screens],
    idleAfter: who.kind === "person" ? sessions.idleAfter(who.id) : null,
    secondFactor: (sessions.holder(who.id)?.factor ?? null) !== null,
  });

  /** Gives the browser its new secret. Whoever it was before is forgotten: no session is fixed. */
  function enter(secret: string, response: Response): Session {
    const who = sessions.of(secret)!;
    const life = sessions.life(who.id);
    response.setHeader("set-cookie", cookies.session.write(secret, life));
    return sessionOf(who);
  }

  const rowOf =
    (who: Principal) =>
    (record: ReturnType<typeof sessions.list>[number]): SessionRow => {
      const holder = sessions.holder(record.id);
      return {
        ...record,
        ...{ login: holder?.login ?? "", name: holder?.name ?? "" },
        ...{ own: record.id === who.id, sockets: ask.sockets(record.id) },
      };
    };

  function recordOf(id: string, account?: string) {
    const found = sessions.list().find((one) => one.id === id);
    if (found && (account === undefined || found.account === account))
      return found;
    throw new HttpProblem(404, say("noSession"));
  }

  return {
    async signIn({ body, request, response, witness }) {
      countTry(auth, request);
      const about = aboutOf(request);
      const secret =
        "token" in body
          ? await signIn.byLink(body.token, about, witness)
          : await signIn.byPassword(body, about, witness);
      const before = cookies.session.read(request.headers.cookie);
      const former = before === null ? null : sessions.of(before);
      if (former) await sessions.end([former.id]);
      return enter(secret, response);
    },

    signInWays() {
      const { passwordLength, passwordKinds } = auth.policy.now();
      return {
        ...{ singleSignOn: ask.singleSignOn, demo: ask.demo },
        password: { length: passwordLength, kinds: passwordKinds },
      };
    },

    async whoAmI({ who, request, response }) {
      const token = cookies.device.read(request.headers.cookie);
      if (who.kind === "device" && token !== null) {
        const about = aboutOf(request);
        const fresh = await auth.devices.seen(who.id, token, about);
        if (fresh !== null)
          response.setHeader(
            "set-cookie",
            cookies.device.write(fresh, DEVICE_COOKIE_FOR),
          );
      }
      return sessionOf(who);
    },

    async signOut({ who, response, witness }) {
      await witness({ object: `account/${who.login}` });
      await sessions.end([who.id]);
      response.setHeader("set-cookie", cookies.session.write("", 0));
      return {};
    },

    async giveCode({ who, body, request, response, witness }) {
      countTry(auth, request);
      return enter(await signIn.giveCode(who, body.code, witness), response);
    },

    async changePassword({ who, body, response, witness }) {
      countOwnTry(auth, who);
      return enter(await signIn.changePassword(who, body, witness), response);
    },

    startSecondFactor({ who, body, witness }) {
      countOwnTry(auth, who);
      return signIn.startFactor(who, body.password, witness);
    },

    async confirmSecondFactor({ who, body, response, witness }) {
      const { secret, recoveryCodes } = await signIn.confirmFactor(
        who,
        ...([body.code, witness] as const),
      );
      return { session: enter(secret, response), recoveryCodes };
    },

    async unlock({ who, body, request, witness }) {
      countTry(auth, request);
      await signIn.unlock(who, body.password, witness);
      return sessionOf(auth.who(request.headers)!);
    },

    stayActive({ who }) {
      sessions.active(who.id);
      return {};
    },

    ownSessions: ({ who }) => ({
      items: sessions
        .list()
        .filter(({ account }) => account === who.subject)
        .map(rowOf(who)),
    }),

    async endOwnSession({ who, params, witness }) {
      const { id } = recordOf(params["id"]!, who.subject);
      await witness({ object: `account/${who.login}` });
      await sessions.end([id], "ended");
      return {};
    },

    listSessions: ({ who, query }) => ({
      items: sessions
        .list()
        .filter(
          ({ account }) =>
            query.account === undefined || account === query.account,
        )
        .map(rowOf(who)),
    }),

    async endSession({ params, witness }) {
      const { id } = recordOf(params["id"]!);
      await witness({ object: `account/${sessions.holder(id)?.login ?? ""}` });
      await sessions.end([id], "ended");
      return {};
    },
  };
}
