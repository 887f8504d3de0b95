/** Sign-ins at the city's single sign-on: each bound to the browser that began it. */
import { isSeparated } from "../../contract/role.ts";
import { say } from "../../contract/sentence.ts";
import { MINUTE } from "../../contract/time.ts";
import type { Clock } from "../lib/clock.ts";
import type { AccountRecord, Store } from "../store/store.ts";
import type { Tell } from "./audit.ts";
import {
  readClaims,
  scopeOf,
  type ClaimRules,
  type Vouched,
} from "./claims.ts";
import { Denied } from "./denied.ts";
import { newAccount } from "./first.ts";
import { createIssuer, notLetIn, type Asked } from "./issuer.ts";
import { createSecret, hashOf } from "./secrets.ts";
import type { Sessions } from "./sessions.ts";
import type { About, SignIn } from "./sign-in.ts";

export interface SingleSignOnRules extends ClaimRules {
  issuer: string;
  clientId: string;
  clientSecret: string | null;
  name: string;
  scope: string;
}

const WITHIN = 10 * MINUTE;
const BEGUN = 1_000;
interface Begun {
  asked: Asked;
  next: string;
  /** SHA-256 of what the browser was given. */
  browser: string;
  until: number;
}

export interface SingleSignOn {
  readonly name: string;
  /** @param next a path of ours. @returns where to send the browser, and its secret. @throws Denied 503 where the other side does not answer */
  start(next: string): Promise<{ url: string; secret: string }>;
  /**
   * @param search what the browser brought back, from the `?` on
   * @returns the session's secret, and where to go on
   * @throws Denied 401, 409, 503
   */
  finish(
    search: string,
    browserSecret: string | null,
    about: About,
    tell: Tell,
  ): Promise<{ secret: string; next: string }>;
}

export function createSingleSignOn(ask: {
  rules: SingleSignOnRules;
  store: Pick<Store, "accounts">;
  sessions: Sessions;
  signIn: SignIn;
  clock: Clock;
  /** Where browsers find us. */
  url: () => string;
}): SingleSignOn {
  const { rules, clock } = ask;
  const { accounts } = ask.store;
  const issuer = createIssuer(ask);
  const begun = new Map<string, Begun>();
  /** Nobody is given somebody else's account because both are called alike. */
  async function judgeNew(person: Vouched): Promise<void> {
    const isTaken =
      (await accounts.byLogin(person.login)) ??
      (await accounts.byStaffNo(person.staffNo));
    if (isTaken) throw taken(person);
  }

  /** The account of a person who is vouched for, as the claims have it now. */
  async function accountOf(person: Vouched) {
    const found = await accounts.bySubject(person.subject);
    if (!found) {
      const scope = scopeOf(person, null);
      await judgeNew(person);
      const record = {
        ...newAccount({ ...person, scope }, clock.now()),
        ...{ origin: "singleSignOn" as const, subject: person.subject },
        mustChange: false,
      };
      return {
        record,
        keep: async () => {
          if (!(await accounts.add(record))) throw taken(person);
        },
      };
    }
    if (!found.enabled)
      throw new Denied(401, say("accountOff"), {
        why: "accountOff",
        refused: {
          object: `account/${found.login}`,
          detail: say("isOff").message,
        },
      });
    const before = { roles: found.roles, scope: found.scope };
    // What two administrators gave stays theirs to take away.
    const after = found.roles.some(isSeparated)
      ? before
      : { roles: person.roles, scope: scopeOf(person, found.scope) };
    const isSame = textOf(before) === textOf(after);
    return {
      ...(!isSame && { before }),
      record: { ...found, name: person.name, ...after },
      keep: async () => {
        if (found.name !== person.name)
          await accounts.change(found.id, { name: person.name });
        if (isSame) return;
        await accounts.setAccess(found.id, after.roles, after.scope);
        await ask.sessions.changed((await accounts.get(found.id))!);
      },
    };
  }

  return {
    name: rules.name,

    async start(next) {
      const { url, asked } = await issuer.ask();
      const now = clock.now();
      for (const [state, { until }] of begun)
        if (until <= now || begun.size >= BEGUN) begun.delete(state);
      const secret = createSecret();
      begun.set(asked.state, {
        ...{ asked, next, browser: hashOf(secret), until: now + WITHIN },
      });
      return { url, secret };
    },

    async finish(search, browserSecret, about, tell) {
      const state = new URLSearchParams(search).get("state") ?? "";
      const mine = begun.get(state);
      begun.delete(state);
      if (
        !mine ||
        mine.until <= clock.now() ||
        browserSecret === null ||
        hashOf(browserSecret) !== mine.browser
      )
        throw notLetIn(say("notBegunHere").message, "notBegun");
      const claims = await issuer.vouch(search, mine.asked);
      const person = readClaims(claims, rules);
      if (typeof person === "string") throw notLetIn(person, "noRights");
      const { record, keep, ...former } = await accountOf(person);
      const secret = await ask.signIn.byOther(
        record,
        person.strong,
        about,
        // Rights that the claims changed take effect with the line of the sign-in.
        async (line) => {
          await tell({
            ...line,
            ...former,
            after: { roles: record.roles, scope: record.scope },
          });
          await keep();
        },
      );
      return { secret, next: mine.next };
    },
  };
}

/** The same text for the same rights. */
const textOf = ({ roles, scope }: Pick<AccountRecord, "roles" | "scope">) =>
  JSON.stringify([[...roles].sort(), scope]);

const taken = ({ login, staffNo }: Vouched) =>
  new Denied(409, say("personTaken", { login, staffNo }), {
    refused: {
      object: `account/${login}`,
      detail: say("anothersLogin").message,
    },
    why: "taken",
  });
