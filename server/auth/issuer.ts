/** The city's single sign-on as we talk to it: OpenID Connect, code flow with PKCE, state and nonce. */
import * as oidc from "openid-client";
import type { NotIn } from "../../contract/not-in.ts";
import { say } from "../../contract/sentence.ts";
import { MINUTE } from "../../contract/time.ts";
import type { Clock } from "../lib/clock.ts";
import { Denied } from "./denied.ts";

/** The other side's keys and addresses are asked for again after a while. */
const KNOWN_FOR = 10 * MINUTE;
/** Seconds that the other side has for an answer. */
const PATIENCE = 10;

/** What must come back with an answer of the other side. */
export interface Asked {
  state: string;
  nonce: string;
  verifier: string;
}

export interface Issuer {
  /** Where to send the browser, and what its answer must hold. @throws Denied 503 where the other side does not answer */
  ask(): Promise<{ url: string; asked: Asked }>;
  /**
   * The claims behind an answer.
   * @param search what the browser brought back, from the `?` on
   * @throws Denied 401, or 503 where the other side does not answer
   */
  vouch(search: string, asked: Asked): Promise<oidc.IDToken>;
}

export function createIssuer(ask: {
  rules: {
    issuer: string;
    clientId: string;
    clientSecret: string | null;
    scope: string;
  };
  clock: Clock;
  /** Where browsers find us. */
  url: () => string;
}): Issuer {
  const { rules, clock } = ask;
  const callback = () => new URL("/api/oidc/callback", ask.url());
  let known: { config: oidc.Configuration; until: number } | null = null;

  async function provider(): Promise<oidc.Configuration> {
    if (known && known.until > clock.now()) return known.config;
    const issuer = new URL(rules.issuer);
    const { clientId, clientSecret } = rules;
    const proof =
      clientSecret === null
        ? oidc.None()
        : oidc.ClientSecretBasic(clientSecret);
    const config = await oidc
      .discovery(issuer, clientId, undefined, proof, {
        timeout: PATIENCE,
        // The configuration lets only this machine's own tests be without TLS.
        ...(issuer.protocol === "http:" && {
          execute: [oidc.allowInsecureRequests],
        }),
      })
      .catch((error: unknown) => {
        throw unanswered(error);
      });
    known = { config, until: clock.now() + KNOWN_FOR };
    return config;
  }

  return {
    async ask() {
      const config = await provider();
      const asked = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
      };
      const { state, nonce, verifier } = asked;
      const url = oidc.buildAuthorizationUrl(config, {
        ...{ redirect_uri: callback().href, scope: rules.scope, state, nonce },
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
      });
      return { url: url.href, asked };
    },

    async vouch(search, { state, nonce, verifier }) {
      const config = await provider();
      const url = callback();
      url.search = search;
      const tokens = await oidc
        .authorizationCodeGrant(config, url, {
          ...{ expectedState: state, expectedNonce: nonce },
          ...{ pkceCodeVerifier: verifier, idTokenExpected: true },
        })
        .catch((error: unknown) => {
          throw isSilence(error)
            ? unanswered(error)
            : notLetIn(
                say("singleSignOnNo", { why: sentenceOf(error) }).message,
                "saidNo",
              );
        });
      return tokens.claims()!;
    },
  };
}

/** @param detail what the audit is told */
export const notLetIn = (detail: string, why: NotIn) =>
  new Denied(401, say("singleSignOnRefused"), {
    ...{ refused: { object: "account", detail: detail.slice(0, 500) }, why },
  });

/** The password still opens: what is said leads there. */
const unanswered = (error: unknown) =>
  new Denied(503, say("singleSignOnSilent"), {
    ...{ headers: { "retry-after": "10" }, why: "silent" },
    refused: {
      object: "account",
      detail: say("singleSignOnQuiet", { why: sentenceOf(error) }).message,
    },
  });

/** Was there no answer at all? */
const isSilence = (error: unknown) =>
  error instanceof TypeError ||
  (error as { code?: unknown }).code === "OAUTH_TIMEOUT";

/** With the standard's code and the cause behind it, where they came along. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { error: code } = error as { error?: unknown };
  const why = error.cause instanceof Error ? [error.cause.message] : [];
  const what = typeof code === "string" ? [code] : [];
  return [...what, error.message, ...why].join(": ");
}
