/** OpenID Connect: code flow with PKCE, state and nonce, bound to the browser that began it. */
import * as oidc from "openid-client";
import { MINUTE } from "../../contract/time.ts";
import type { Clock } from "../lib/clock.ts";
import type { Store } from "../store/store.ts";
import {
  readClaims,
  scopeOf,
  type ClaimRules,
  type Vouched,
} from "./claims.ts";
import { Denied } from "./denied.ts";
import { newAccount } from "./first.ts";
import { createSecret, hashOf } from "./secrets.ts";
import type { Sessions } from "./sessions.ts";
import type { About, SignIn, Tell } from "./sign-in.ts";

export interface SingleSignOnRules extends ClaimRules {
  issuer: string;
  clientId: string;
  clientSecret: string | null;
  name: string;
  scope: string;
}

const WITHIN = 10 * MINUTE;
const BEGUN = 1_000;
/** The other side's keys and addresses are asked for again after a while. */
const KNOWN_FOR = 10 * MINUTE;

interface Begun {
  verifier: string;
  nonce: string;
  next: string;
  /** SHA-256 of what the browser was given. */
  browser: string;
  until: number;
}

export interface SingleSignOn {
  readonly name: string;
  /** @param next a path of ours. @returns where to send the browser, and its secret */
  start(next: string): Promise<{ url: string; secret: string }>;
  /** @returns the session's secret, and where to go on */
  finish(
    url: URL,
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
  const begun = new Map<string, Begun>();
  let known: { config: oidc.Configuration; until: number } | null = null;

  async function provider(): Promise<oidc.Configuration> {
    if (known && known.until > clock.now()) return known.config;
    const issuer = new URL(rules.issuer);
    const config = await oidc.discovery(
      issuer,
      rules.clientId,
      undefined,
      rules.clientSecret === null
        ? oidc.None()
        : oidc.ClientSecretBasic(rules.clientSecret),
      // The configuration lets only this machine's own tests be without TLS.
      issuer.protocol === "http:"
        ? { execute: [oidc.allowInsecureRequests] }
        : {},
    );
    known = { config, until: clock.now() + KNOWN_FOR };
    return config;
  }

  /** The account of a person who is vouched for, as the claims have it now. */
  async function accountOf(person: Vouched) {
    const found = await accounts.bySubject(person.subject);
    const scope = scopeOf(person, found?.scope ?? null);
    if (!found) {
      const record = {
        ...newAccount({ ...person, scope }, clock.now()),
        ...{ origin: "singleSignOn" as const, subject: person.subject },
        mustChange: false,
      };
      return {
        record,
        keep: async () => {
          if (!(await accounts.add(record)))
            throw new Denied(
              409,
              `another account has the login ${person.login} or the staff number ${person.staffNo}`,
            );
        },
      };
    }
    if (!found.enabled)
      throw new Denied(401, "this account is switched off", {
        refused: {
          object: `account/${found.login}`,
          detail: "it is switched off",
        },
      });
    const isSame =
      JSON.stringify([found.roles, found.scope]) ===
      JSON.stringify([[...person.roles].sort(), scope]);
    return {
      record: { ...found, name: person.name, roles: person.roles, scope },
      keep: async () => {
        if (found.name !== person.name)
          await accounts.change(found.id, { name: person.name });
        if (isSame) return;
        await accounts.setAccess(found.id, person.roles, scope);
        await ask.sessions.changed((await accounts.get(found.id))!);
      },
    };
  }

  return {
    name: rules.name,

    async start(next) {
      const config = await provider();
      const now = clock.now();
      for (const [state, { until }] of begun)
        if (until <= now || begun.size >= BEGUN) begun.delete(state);
      const state = oidc.randomState();
      const nonce = oidc.randomNonce();
      const verifier = oidc.randomPKCECodeVerifier();
      const secret = createSecret();
      begun.set(state, {
        ...{ verifier, nonce, next, browser: hashOf(secret) },
        until: now + WITHIN,
      });
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: `${ask.url()}/api/oidc/callback`,
        ...{ scope: rules.scope, state, nonce, code_challenge_method: "S256" },
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      });
      return { url: url.href, secret };
    },

    async finish(url, browserSecret, about, tell) {
      const state = url.searchParams.get("state") ?? "";
      const mine = begun.get(state);
      begun.delete(state);
      if (
        !mine ||
        mine.until <= clock.now() ||
        browserSecret === null ||
        hashOf(browserSecret) !== mine.browser
      )
        throw refused("this sign-in was not begun in this browser");
      const tokens = await oidc
        .authorizationCodeGrant(await provider(), url, {
          pkceCodeVerifier: mine.verifier,
          ...{ expectedState: state, expectedNonce: mine.nonce },
          idTokenExpected: true,
        })
        .catch((error: unknown) => {
          throw refused(`the single sign-on said no: ${sentenceOf(error)}`);
        });
      const person = readClaims(tokens.claims()!, rules);
      if (typeof person === "string") throw refused(person);
      const { record, keep } = await accountOf(person);
      const secret = await ask.signIn.byOther(
        record,
        person.strong,
        about,
        // Rights that the claims changed take effect with the line of the sign-in.
        async (line) => {
          await tell({
            ...line,
            after: { roles: record.roles, scope: record.scope },
          });
          await keep();
        },
      );
      return { secret, next: mine.next };
    },
  };
}

const refused = (detail: string) =>
  new Denied(401, "the single sign-on did not let you in", {
    refused: { object: "account", detail: detail.slice(0, 500) },
  });

const sentenceOf = (error: unknown) =>
  error instanceof Error ? error.message : String(error);
