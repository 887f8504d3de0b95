/**
 * A hub as a city runs it: no demo, three administrators who came in by their
 * one-time links, chose a password and set up a second factor. Whatever secret
 * goes over the wire is remembered, so that a test can look where it went.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { generate } from "otplib";
import type { Account, OneTimeLink } from "../../contract/account.ts";
import type { AuditLine } from "../../contract/audit.ts";
import { WHOLE_CITY, type DataScope } from "../../contract/data-scope.ts";
import type {
  ChangeRequest,
  Policy,
  RightsChange,
} from "../../contract/rights.ts";
import type { RoleCode, SEPARATED } from "../../contract/role.ts";
import type { Session, Stage } from "../../contract/session.ts";
import type { CityPlan } from "./city.ts";
import { startHub, type Hub, type HubOptions } from "./hub.ts";
import {
  ANSWERED,
  joined,
  leaksOf,
  secretsIn,
  SENT,
  tokenOf,
} from "./secrets.ts";
import { ask as askHub, PASSWORD, type Asked } from "./staff.ts";

export type Admin = (typeof SEPARATED)[number];

/** Somebody with a browser, a head for passwords and a telephone. */
export interface Person {
  login: string;
  password: string;
  cookie: string;
  /** The telephone's secret; null = none is set up. */
  secret: string | null;
  recoveryCodes: string[];
}

export interface Office {
  hub: Hub;
  admins: Record<Admin, Person>;
  /** Every secret that was sent or answered. */
  secrets: Set<string>;
  /** Asks a door from an address of its own, unless the headers name one: tries are counted by address. */
  ask<T = Record<string, unknown>>(
    method: string,
    path: string,
    given?: Parameters<typeof askHub>[3],
  ): Promise<Asked<T>>;
  /** Asks as somebody and insists on 200. */
  good<T = Record<string, unknown>>(
    by: Pick<Person, "cookie">,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<T>;
  post<T = Session>(
    path: string,
    body: unknown,
    cookie?: string | null,
  ): Promise<Asked<T>>;
  /** Status of the door that says who one is: 401 for a cookie that is dead. */
  statusOf(cookie: string | null): Promise<number>;
  stageOf(cookie: string | null): Promise<Stage | undefined>;
  /** Signs in by name and password, whatever comes of it. */
  knock(login: string, password: string): Promise<Asked<Session>>;
  /** The same, and insists. @returns the cookie, of the code's step where that comes next */
  signIn(person: Pick<Person, "login" | "password">): Promise<string>;
  /** From a link to a complete session, whatever is asked for on the way. */
  enter(login: string, link: string, password?: string): Promise<Person>;
  /** The security administrator asks, the system administrator confirms. */
  change(change: RightsChange): Promise<ChangeRequest>;
  /** A new person with rights, who has come in. */
  hire(
    login: string,
    roles: RoleCode[],
    scope?: DataScope,
  ): Promise<Person & { account: Account }>;
  account(login: string): Promise<Account>;
  setPolicy(change: Partial<Policy>): Promise<Policy>;
  /** Every line of the audit, oldest first, or those of an act. */
  audit(act?: string): Promise<AuditLine[]>;
  /** Ends the hub as its machine does, and starts it again. */
  restart(): Promise<void>;
  /** Secrets that were found where others read. */
  leaks(): Promise<{ place: string; secret: string }[]>;
}

/** The code that a telephone shows, so many steps of 30 s from now. */
export const codeOf = (secret: string, steps = 0): Promise<string> =>
  generate({
    secret,
    epoch: Math.floor(Date.now() / 1000) + steps * 30,
  });

export const linksOf = (hub: Pick<Hub, "dataDir">) =>
  JSON.parse(readFileSync(join(hub.dataDir, "sign-in-links.json"), "utf8")) as {
    role: Admin;
    url: string;
  }[];

/** @param stop before the administrators come in: what the first start left is looked at first */
export async function openOffice(
  city: CityPlan,
  options: Partial<HubOptions> = {},
): Promise<Office> {
  const hub = await startHub({
    ...{ city, demo: false, ...options },
    env: { TRUST_PROXY: "1", ...options.env },
  });
  const office = officeOf(hub);
  for (const { role, url } of linksOf(hub))
    office.admins[role] = await office.enter(role.toLowerCase(), url);
  return office;
}

export function officeOf(hub: Hub): Office {
  const secrets = new Set<string>();
  const admins = {} as Office["admins"];
  let asked = 0;
  /** What hubs that ended wrote. */
  let logs = "";

  async function decided(change: RightsChange) {
    const asked = await office.good<ChangeRequest>(
      ...([admins.secAdmin, "POST", "/api/rights/changes"] as const),
      { change, reason: "the test's city needs it" },
    );
    const { request, link } = await office.good<{
      request: ChangeRequest;
      link: OneTimeLink | null;
    }>(
      admins.sysAdmin,
      ...(["POST", `/api/rights/changes/${asked.id}/confirm`] as const),
    );
    return { request, link: link && joined(asked.half, link.url) };
  }

  const office: Office = {
    ...{ hub, admins, secrets },

    async ask<T>(
      method: string,
      path: string,
      given: Parameters<typeof askHub>[3] = {},
    ) {
      const from = `10.${(++asked >> 16) & 255}.${(asked >> 8) & 255}.${asked & 255}`;
      const answer = await askHub<T>(hub, method, path, {
        ...given,
        headers: { "x-forwarded-for": from, ...given.headers },
      });
      for (const secret of secretsIn(given.body, SENT)) secrets.add(secret);
      for (const secret of secretsIn(answer.body, ANSWERED))
        secrets.add(secret);
      const held = answer.cookie?.split("=", 2)[1];
      if (held) secrets.add(held);
      return answer;
    },

    async good<T>(
      { cookie }: Pick<Person, "cookie">,
      method: string,
      path: string,
      body?: unknown,
    ) {
      const answer = await office.ask<T>(method, path, {
        cookie,
        ...(method !== "GET" && { body: body ?? {} }),
      });
      if (answer.status !== 200)
        throw new Error(
          `${path}: ${answer.status} ${JSON.stringify(answer.body)}`,
        );
      return answer.body;
    },

    post: (path, body, cookie) => office.ask("POST", path, { body, cookie }),
    statusOf: async (cookie) =>
      (await office.ask("GET", "/api/session", { cookie })).status,
    stageOf: async (cookie) =>
      (await office.ask<Partial<Session>>("GET", "/api/session", { cookie }))
        .body.stage,

    knock: (login, password) =>
      office.post("/api/session", { login, password }),

    async signIn({ login, password }) {
      const { status, body, cookie } = await office.knock(login, password);
      if (status !== 200 || body.stage === "password")
        throw new Error(`${login}: ${status} ${JSON.stringify(body)}`);
      return cookie!;
    },

    async enter(login, link, password = PASSWORD) {
      const step = async <T = Session>(
        path: string,
        body: unknown,
        cookie?: string,
      ) => {
        const answer = await office.ask<T>("POST", path, { cookie, body });
        if (answer.status !== 200)
          throw new Error(
            `${login} at ${path}: ${JSON.stringify(answer.body)}`,
          );
        return { body: answer.body, cookie: answer.cookie ?? cookie! };
      };
      let at = await step("/api/session", { token: tokenOf(link) });
      if (at.body.stage === "password")
        at = await step("/api/session/password", { password }, at.cookie);
      if (at.body.stage === "complete")
        return {
          ...{ login, password, cookie: at.cookie },
          ...{ secret: null, recoveryCodes: [] },
        };
      const { body: begun } = await step<{ secret: string }>(
        ...(["/api/session/factor", {}, at.cookie] as const),
      );
      const proved = await step<{ session: Session; recoveryCodes: string[] }>(
        "/api/session/factor/confirm",
        // The step before, so that this one's code is still good to sign in with.
        { code: await codeOf(begun.secret, -1) },
        at.cookie,
      );
      return {
        ...{ login, password, cookie: proved.cookie, secret: begun.secret },
        recoveryCodes: proved.body.recoveryCodes,
      };
    },

    change: async (change) => (await decided(change)).request,

    async hire(login, roles, scope = WHOLE_CITY) {
      const { account, link } = await office.good<{
        account: Account;
        link: OneTimeLink;
      }>(admins.sysAdmin, "POST", "/api/accounts", {
        ...{ login, name: `Person ${login}`, staffNo: `No-${login}` },
      });
      const anew = await decided({
        ...{ kind: "access", account: account.id, roles, scope },
      });
      const by = anew.link ?? link.url;
      return { ...(await office.enter(login, by)), account };
    },

    async account(login) {
      const { items } = await office.good<{ items: Account[] }>(
        ...([admins.sysAdmin, "GET", `/api/accounts?search=${login}`] as const),
      );
      return items.find((one) => one.login === login)!;
    },

    async setPolicy(change) {
      const policy = await office.good<Policy>(
        ...([admins.secAdmin, "GET", "/api/rights/policy"] as const),
      );
      await office.change({ kind: "policy", policy: { ...policy, ...change } });
      return policy;
    },

    async audit(act) {
      const lines: AuditLine[] = [];
      for (let cursor: string | null = ""; ;) {
        const page: { items: AuditLine[]; cursor: string | null } =
          await office.good(
            ...([admins.auditAdmin, "GET"] as const),
            `/api/audit?limit=500${act ? `&act=${act}` : ""}${cursor ? `&cursor=${cursor}` : ""}`,
          );
        lines.push(...page.items);
        cursor = page.cursor;
        if (cursor === null) return lines.reverse();
      }
    },

    async restart() {
      await hub.end();
      logs += hub.output();
      await hub.restart();
    },

    async leaks() {
      const log = logs + hub.output();
      const { dataDir } = hub;
      return leaksOf(secrets, { audit: await office.audit(), log, dataDir });
    },
  };
  return office;
}
