/** A city's single sign-on: a real OpenID provider, whose people tests choose, and a browser that goes there. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import Provider, { type Context } from "oidc-provider";

/** What it says of a person; `sub` is the name by which tests sign in. */
export type Claims = Record<string, unknown>;

export interface TestIssuer {
  url: string;
  /** `sub` → what it says of this person, changed at will. */
  people: Map<string, Claims>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export const CLIENT = { id: "chengshu", secret: "a-secret-of-the-tests" };

const CLAIMS = [
  ...["sub", "preferred_username", "name", "roles", "staff", "amr"],
  ...["departments", "districts"],
];

/**
 * Listens once started. Whoever comes with `?login_hint=sub` is signed in as
 * that person without a question; others choose who they are.
 * @param callback where it may send people back to
 */
export function createIssuer(port: number, callback: string): TestIssuer {
  const url = `http://localhost:${port}`;
  const people = new Map<string, Claims>();
  const provider = new Provider(url, {
    clients: [
      {
        ...{ client_id: CLIENT.id, client_secret: CLIENT.secret },
        ...{ redirect_uris: [callback], grant_types: ["authorization_code"] },
        response_types: ["code"],
      },
    ],
    claims: { openid: CLAIMS, profile: [] },
    conformIdTokenClaims: false,
    cookies: { keys: ["a-key-of-the-tests"] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_context: unknown, sub: string) => ({
      accountId: sub,
      claims: () => ({ sub, ...people.get(sub) }),
    }),
    interactions: {
      url: (_context: unknown, asked: { params: { login_hint?: string } }) =>
        `/person/${asked.params.login_hint ?? ""}`,
    },
    async loadExistingGrant({ oidc: { client, session } }: Context) {
      const { clientId } = client;
      const grant = new provider.Grant({
        ...{ clientId, accountId: session.accountId },
      });
      grant.addOIDCScope("openid profile");
      await grant.save();
      return grant;
    },
    pkce: { required: () => true },
  });
  const answer = provider.callback();
  let server: Server | null = null;

  return {
    url,
    people,
    async start() {
      server = createServer((request, response) => {
        const sub = /^\/person\/([\w.-]*)$/.exec(request.url ?? "")?.[1];
        if (sub === undefined) return void answer(request, response);
        if (sub === "") {
          const links = [...people.keys()].map(
            (name) => `<p><a href="/person/${name}">${name}</a>`,
          );
          response.setHeader("content-type", "text/html");
          return void response.end(links.join(""));
        }
        const person = people.get(sub);
        const result = person
          ? { login: { accountId: sub, amr: person["amr"] } }
          : { error: "access_denied" };
        void provider.interactionFinished(request, response, result);
      }).listen(port, "127.0.0.1");
      await once(server, "listening");
    },
    async stop() {
      server?.closeAllConnections();
      server?.close();
      if (server) await once(server, "close");
      server = null;
    },
  };
}

/** A browser that draws nothing: redirects, and cookies by host and port. */
export interface Browser {
  /** Follows redirects until one leads to a path that begins so, which it does not open. */
  until(from: string, path: string): Promise<string>;
  /** Opens one address. */
  open(url: string): Promise<Response>;
  /** A `Cookie` header for an address. */
  cookie(url: string): string;
}

export function createBrowser(headers: Record<string, string> = {}): Browser {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (url: string) => {
    const { host } = new URL(url);
    if (!jars.has(host)) jars.set(host, new Map());
    return jars.get(host)!;
  };
  const cookie = (url: string) =>
    [...jarOf(url)].map(([name, value]) => `${name}=${value}`).join("; ");

  async function open(url: string): Promise<Response> {
    const reply = await fetch(url, {
      ...{ redirect: "manual", headers: { ...headers, cookie: cookie(url) } },
    });
    for (const line of reply.headers.getSetCookie()) {
      const [name, value] = line.split(";", 1)[0]!.split("=", 2);
      if (value) jarOf(url).set(name!, value);
      else jarOf(url).delete(name!);
    }
    return reply;
  }

  return {
    open,
    cookie,
    async until(from, path) {
      let url = from;
      for (let hops = 0; hops < 10; hops++) {
        const reply = await open(url);
        const text = await reply.text();
        const next = reply.headers.get("location");
        if (next === null) throw new Error(`${url}: ${reply.status} ${text}`);
        url = new URL(next, url).href;
        if (new URL(url).pathname.startsWith(path)) return url;
      }
      throw new Error(`${from} leads round and round`);
    },
  };
}
