/** A hub in production from its first start on: three links, and nothing else that opens it. */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Problem } from "../../contract/door.ts";
import { SEPARATED } from "../../contract/role.ts";
import type { Session } from "../../contract/session.ts";
import { openFollower } from "../kit/follower.ts";
import { startHub, type Hub } from "../kit/hub.ts";
import { codeOf, linksOf, officeOf, type Office } from "../kit/office.ts";
import { tokenOf } from "../kit/secrets.ts";
import { PASSWORD, type Asked } from "../kit/staff.ts";
import { expectNothing } from "./nothing.ts";

const CITY = { feeds: [{ id: "air" }] };
const LINKS = "sign-in-links.json";

let hub: Hub;
let office: Office;

beforeAll(async () => {
  hub = await startHub({
    ...{ city: CITY, demo: false, env: { TRUST_PROXY: "1" } },
  });
  office = officeOf(hub);
}, 120_000);
afterAll(() => hub?.stop());

const password = (cookie: string | null, password: string, old?: string) =>
  office.post<Problem>("/api/session/password", { password, old }, cookie);
const told = async () =>
  (await office.audit()).map(
    ({ who, roles, act, object, result, detail }) =>
      `${who} (${roles}) ${act} ${object} ${result}${detail && `: ${detail}`}`,
  );

describe("the first start", () => {
  const used: string[] = [];

  it("makes three administrators, leaves them links that only the hub's user can read, and no password", async () => {
    expect(linksOf(hub).map(({ role }) => role)).toEqual([...SEPARATED]);
    const { mode } = statSync(join(hub.dataDir, LINKS));
    expect(mode & 0o777).toBe(0o600);
    for (const login of ["sysadmin", "admin"])
      for (const guess of ["", "Admin@123", "Chengshu@2026"])
        expect((await office.knock(login, guess)).status).toBe(401);
  });

  it("lets nobody near the city before a new password and a second factor, and gives a new cookie at each step", async () => {
    const link = linksOf(hub)[0]!;
    const begun = await office.post("/api/session", {
      token: tokenOf(link.url),
    });
    expect(begun.body.stage).toBe("password");
    await expectNothing(office, begun.cookie, /^choose a new password first/);
    for (const [path, body] of [
      ["/api/session/code", { code: "123456" }],
      ["/api/session/factor", {}],
      ["/api/session/unlock", { password: PASSWORD }],
    ] as const)
      expect((await office.post(path, body, begun.cookie)).status).toBe(409);

    const chosen = await password(begun.cookie, PASSWORD);
    expect(chosen.body).toMatchObject({ stage: "enrol", permissions: [] });
    await expectNothing(office, chosen.cookie, /^set up a second factor first/);
    expect(await office.statusOf(begun.cookie)).toBe(401);

    const factor = await office.post<{ secret: string; uri: string }>(
      ...(["/api/session/factor", {}, chosen.cookie] as const),
    );
    const { secret, uri } = factor.body;
    expect(uri).toContain(`secret=${secret}`);
    const confirm = (code: string) =>
      office.post<{ session: Session; recoveryCodes: string[] }>(
        ...(["/api/session/factor/confirm", { code }] as const),
        chosen.cookie,
      );
    expect((await confirm("000000")).status).toBe(422);
    const { body, cookie } = await confirm(await codeOf(secret, -1));
    expect(body.session).toMatchObject({ stage: "complete", kind: "person" });
    expect(body.session.roles).toEqual(["sysAdmin"]);
    expect(new Set(body.recoveryCodes).size).toBe(10);
    expect(await office.statusOf(chosen.cookie)).toBe(401);
    expect((await confirm(await codeOf(secret))).status).toBe(401);

    office.admins.sysAdmin = {
      ...{ login: "sysadmin", password: PASSWORD, cookie: cookie!, secret },
      recoveryCodes: body.recoveryCodes,
    };
    const { items } = await office.good<{ items: unknown[] }>(
      ...([office.admins.sysAdmin, "GET", "/api/accounts"] as const),
    );
    expect(items).toHaveLength(3);
    (await openFollower(hub.url, cookie!)).close();
    used.push(link.url);
  });

  it("opens a link once", async () => {
    const again = await office.post<Problem>("/api/session", {
      token: tokenOf(used[0]!),
    });
    expect([again.status, again.body.detail]).toEqual([
      ...[401, "this sign-in link is not valid"],
    ]);
    const [, sec] = linksOf(hub);
    const both = await Promise.all(
      [1, 2].map(() =>
        office.post("/api/session", { token: tokenOf(sec!.url) }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  it("after a restart leaves new links for those alone who never came in, and keeps sessions", async () => {
    const [, , former] = linksOf(hub);
    await office.restart();
    expect(await office.statusOf(office.admins.sysAdmin.cookie)).toBe(200);
    const links = linksOf(hub);
    expect(links.map(({ role }) => role)).toEqual(["secAdmin", "auditAdmin"]);
    const old = await office.post("/api/session", {
      token: tokenOf(former!.url),
    });
    expect(old.status).toBe(401);
    for (const { role, url } of links)
      office.admins[role] = await office.enter(role.toLowerCase(), url);
    await office.restart();
    expect(existsSync(join(hub.dataDir, LINKS))).toBe(false);
    for (const role of SEPARATED)
      expect(await office.statusOf(office.admins[role].cookie)).toBe(200);
  });

  it("keeps its cookie from scripts and other sites, and by HTTPS from neighbours too", async () => {
    const headerOf = (asked: Asked<unknown>) =>
      asked.headers.getSetCookie()[0]!.split("; ").sort();
    const plain = headerOf(await office.knock("sysadmin", PASSWORD));
    expect(plain.join("; ")).toMatch(
      /^HttpOnly; Max-Age=(600|599); Path=\/; SameSite=Strict; chengshu=[\w-]{43}$/,
    );

    const secure = await startHub({
      ...{ city: CITY, demo: false },
      env: { PUBLIC_URL: "https://city.example" },
    });
    const { url } = linksOf(secure)[0]!;
    expect(url).toMatch(/^https:\/\/city\.example\/#token=/);
    const there = officeOf(secure);
    const entered = await there.ask("POST", "/api/session", {
      body: { token: tokenOf(url) },
    });
    const cookie = headerOf(entered);
    expect(cookie).toContain("Secure");
    expect(cookie).toContain("HttpOnly");
    expect(cookie).toContain("SameSite=Strict");
    expect(entered.cookie).toMatch(/^__Host-chengshu=/);
    // What a neighbour under the same domain could set counts for nothing.
    for (const [cookie, status] of [
      [entered.cookie!, 200],
      [entered.cookie!.replace("__Host-", ""), 401],
    ] as const)
      expect((await there.ask("GET", "/api/session", { cookie })).status).toBe(
        status,
      );
    await secure.stop();
  });
});

it("leaves a line of each act and each refusal in the audit, and no secret there, in the log or in the store", async () => {
  expect(await told()).toEqual(
    expect.arrayContaining([
      "hub () firstStart account/auditadmin done",
      "sysadmin (sysAdmin) signIn account/sysadmin done: by one-time link; next: password",
      "sysadmin (sysAdmin) changePassword account/sysadmin done",
      "sysadmin (sysAdmin) startSecondFactor account/sysadmin done",
      "sysadmin (sysAdmin) confirmSecondFactor account/sysadmin done",
      "sysadmin (sysAdmin) signIn account/sysadmin done: by password; next: code",
      " () signIn account refused: a link that is not valid",
      " () signIn account/sysadmin refused: a wrong password",
    ]),
  );
  for (const { act, address } of await office.audit())
    expect(address).toMatch(act === "firstStart" ? /^$/ : /^10\./);
  const { body } = await office.post<{ findings: string[] }>(
    ...(["/api/audit/verify", {}, office.admins.auditAdmin.cookie] as const),
  );
  expect(body.findings).toEqual([]);
  expect(office.secrets.size).toBeGreaterThan(20);
  expect(await office.leaks()).toEqual([]);
});
