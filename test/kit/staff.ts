/** People and walls of a test's city, made through the same doors as real ones. */
import type { Account, OneTimeLink } from "../../contract/account.ts";
import type { DataScope } from "../../contract/data-scope.ts";
import type { Device } from "../../contract/device.ts";
import type { ChangeRequest } from "../../contract/rights.ts";
import type { RoleCode } from "../../contract/role.ts";
import type { Session } from "../../contract/session.ts";
import type { Hub } from "./hub.ts";
import { joined, tokenOf } from "./secrets.ts";

export interface Asked<T> {
  status: number;
  body: T;
  headers: Headers;
  /** `name=value` of a cookie that was set, else null. */
  cookie: string | null;
}

/** Asks a door as it is on the wire, whatever it answers. */
export async function ask<T = Record<string, unknown>>(
  hub: Pick<Hub, "url">,
  method: string,
  path: string,
  given: {
    cookie?: string | null | undefined;
    body?: unknown;
    headers?: Record<string, string>;
  } = {},
): Promise<Asked<T>> {
  const reply = await fetch(hub.url + path, {
    method,
    redirect: "manual",
    headers: {
      ...(given.cookie && { cookie: given.cookie }),
      ...(given.body !== undefined && { "content-type": "application/json" }),
      ...given.headers,
    },
    ...(given.body !== undefined && { body: JSON.stringify(given.body) }),
  });
  const text = await reply.text();
  const isJson = /json/.test(reply.headers.get("content-type") ?? "");
  return {
    status: reply.status,
    body: (isJson && text ? JSON.parse(text) : text) as T,
    headers: reply.headers,
    cookie: reply.headers.getSetCookie()[0]?.split(";", 1)[0] ?? null,
  };
}

async function good<T>(asked: Promise<Asked<T>>): Promise<T> {
  const { status, body } = await asked;
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}

/** A password that every shipped rule allows. */
export const PASSWORD = "Harbour-Lantern-42";

/** Opens a one-time link and, where it is asked for, chooses a password. @returns the cookie */
export async function enterByLink(
  hub: Hub,
  { url }: Pick<OneTimeLink, "url">,
  password = PASSWORD,
): Promise<string> {
  const entered = await ask<Session>(hub, "POST", "/api/session", {
    body: { token: tokenOf(url) },
  });
  if (entered.status !== 200) throw new Error(JSON.stringify(entered.body));
  if (entered.body.stage !== "password") return entered.cookie!;
  const chosen = await ask<Session>(hub, "POST", "/api/session/password", {
    ...{ cookie: entered.cookie, body: { password } },
  });
  if (chosen.status !== 200) throw new Error(JSON.stringify(chosen.body));
  return chosen.cookie!;
}

export async function accountOf(hub: Hub, login: string): Promise<Account> {
  const { items } = await good(
    ask<{ items: Account[] }>(hub, "GET", `/api/accounts?search=${login}`, {
      cookie: await hub.signIn("sysAdmin"),
    }),
  );
  return items.find((one) => one.login === login)!;
}

/** Two administrators give an account its rights. @returns the link by which somebody comes in anew who becomes one of the three */
export async function giveAccess(
  hub: Hub,
  login: string,
  roles: RoleCode[],
  scope: DataScope,
  by: { asks?: string; confirms?: string } = {},
): Promise<{ url: string } | null> {
  const { id: account } = await accountOf(hub, login);
  const request = await good(
    ask<ChangeRequest>(hub, "POST", "/api/rights/changes", {
      cookie: by.asks ?? (await hub.signIn("secAdmin")),
      body: {
        change: { kind: "access", account, roles, scope },
        reason: "the test's city needs it",
      },
    }),
  );
  const { link } = await good(
    ask<{ link: OneTimeLink | null }>(
      ...([hub, "POST", `/api/rights/changes/${request.id}/confirm`] as const),
      { cookie: by.confirms ?? (await hub.signIn("sysAdmin")), body: {} },
    ),
  );
  return link && { url: joined(request.half, link.url) };
}

/** A new person with rights. @returns the cookie of a complete session, in a demo's hub */
export async function newPerson(
  hub: Hub,
  login: string,
  roles: RoleCode[],
  scope: DataScope,
): Promise<{ cookie: string; account: Account }> {
  const { account, link } = await good(
    ask<{ account: Account; link: OneTimeLink }>(hub, "POST", "/api/accounts", {
      cookie: await hub.signIn("sysAdmin"),
      body: { login, name: `Person ${login}`, staffNo: `No-${login}` },
    }),
  );
  const anew = await giveAccess(hub, login, roles, scope);
  return { account, cookie: await enterByLink(hub, anew ?? link) };
}

/** Pairs a wall as in the hall: its code, an administrator, its claim. */
export async function pairWall(
  hub: Hub,
  given: { name?: string; screens?: string[]; scope: DataScope },
): Promise<{ cookie: string; device: Device }> {
  const { code, secret } = await good(
    ask<{ code: string; secret: string }>(hub, "POST", "/api/pairing", {
      body: {},
    }),
  );
  const device = await good(
    ask<Device>(hub, "POST", "/api/devices", {
      cookie: await hub.signIn("sysAdmin"),
      body: {
        ...{ name: "East hall", screens: ["city-overview"], ...given, code },
      },
    }),
  );
  const claimed = await ask(hub, "POST", "/api/pairing/claim", {
    body: { secret },
  });
  return { cookie: claimed.cookie!, device };
}
