/** Changes of rights: asked for by one, in effect by another, at once and everywhere. */
import { once } from "node:events";
import { mkdirSync, rmdirSync } from "node:fs";
import http from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Account, OneTimeLink } from "../../contract/account.ts";
import { WHOLE_CITY } from "../../contract/data-scope.ts";
import type { Problem } from "../../contract/door.ts";
import type { ChangeRequest, RightsChange } from "../../contract/rights.ts";
import type { Action, Role, RoleCode } from "../../contract/role.ts";
import type { Session } from "../../contract/session.ts";
import { auditFile } from "../../server/auth/audit-anchor.ts";
import { DISTRICTS, PLACES } from "../kit/city.ts";
import { openFollower } from "../kit/follower.ts";
import type { Hub } from "../kit/hub.ts";
import { openOffice, type Office, type Person } from "../kit/office.ts";
import { joined, tokenOf } from "../kit/secrets.ts";

type Hired = Person & { account: Account };
const WEST = { departments: null, districts: [DISTRICTS.west.code] };
const CHANGES = "/api/rights/changes";

let office: Office;
let hub: Hub;
let sys: Person;
let sec: Person;
let sys2: Hired;
let lee: Hired;

beforeAll(async () => {
  office = await openOffice({
    feeds: [{ id: "sensors", format: "sensors/1" }],
  });
  hub = office.hub;
  sys = office.admins.sysAdmin;
  sec = office.admins.secAdmin;
  sys2 = await office.hire("sys2", ["sysAdmin"]);
  lee = await office.hire("lee", ["leader"]);
  const told = await hub.post(
    "sensors",
    (["west", "east"] as const).map((place) => ({
      ...{ id: place, name: place, kind: "gauge", ...PLACES[place] },
      metrics: [{ metric: "level", unit: "m" }],
    })),
  );
  expect(await told.json()).toMatchObject({ accepted: 2 });
}, 120_000);
afterAll(() => office?.hub.stop());

const request = (by: Person, change: RightsChange) =>
  office.post<ChangeRequest & Problem>(
    CHANGES,
    { change, reason: "the city needs it" },
    by.cookie,
  );
/** Asks and insists. @returns the id */
async function asked(by: Person, change: RightsChange): Promise<string> {
  const { status, body } = await request(by, change);
  expect([status, body.detail]).toEqual([200, undefined]);
  expect(body.state).toBe("waiting");
  return body.id;
}
const confirm = (by: Person, id: string) =>
  office.post<{ link: OneTimeLink | null } & Problem>(
    ...([`${CHANGES}/${id}/confirm`, {}, by.cookie] as const),
  );
const refuse = (by: Person, id: string) =>
  office.post<ChangeRequest>(
    `${CHANGES}/${id}/refuse`,
    { reason: "not as it is" },
    by.cookie,
  );
const access = (
  { account: { id } }: Pick<Hired, "account">,
  roles: RoleCode[],
  scope: Account["scope"] = WHOLE_CITY,
): RightsChange => ({ kind: "access", account: id, roles, scope });
const may = async ({ cookie }: Pick<Person, "cookie">) =>
  (await office.good<Session>({ cookie }, "GET", "/api/session")).permissions;
const rolesOf = async (login: string) => (await office.account(login)).roles;
const disable = ({ id }: Account, by = sys) =>
  office.post<Account & Problem>(
    `/api/accounts/${id}/disable`,
    { reason: "has left the city" },
    by.cookie,
  );
/** Waits for what must follow, and prints how soon it did. */
async function soon(what: string, begun: number, ended: Promise<void>) {
  await ended;
  console.log(`${what}: ${Math.round(performance.now() - begun)} ms`);
}

describe("nobody alone changes rights", () => {
  const WALKER = ["gridWorker"] as const;

  it("not who asks, not whom it is about, and not two of whom none is the security administrator", async () => {
    const byOne = await asked(sec, access(lee, [...WALKER]));
    const ofHim = await asked(sec, access(sys2, []));
    const byTwo = await asked(sys, access(lee, ["acceptor"]));
    for (const [by, id, why] of [
      [sec, byOne, "a second person confirms it, not the one who asked"],
      [sys2, ofHim, "nobody changes his own rights"],
      [sys2, byTwo, "one of the two is a security administrator"],
      [lee, byOne, "leader may not changeRights"],
      [office.admins.auditAdmin, byOne, "auditAdmin may not changeRights"],
    ] as const) {
      const { status, body } = await confirm(by, id);
      expect([status, body.detail]).toEqual([403, why]);
    }
    const own = await request(sys2, access(sys2, ["leader"]));
    expect([own.status, own.body.detail]).toEqual([
      ...[403, "nobody changes his own rights"],
    ]);
    expect(await rolesOf("lee")).toEqual(["leader"]);
    expect(await rolesOf("sys2")).toEqual(["sysAdmin"]);
    // Each sees at once why he cannot.
    const { items } = await office.good<{ items: ChangeRequest[] }>(
      ...([sys2, "GET", `${CHANGES}?state=waiting`] as const),
    );
    const obstacles = new Map(items.map(({ id, obstacle }) => [id, obstacle]));
    expect(obstacles.get(byOne)).toBeNull();
    expect(obstacles.get(ofHim)).toMatchObject({ code: "ownRights" });
    for (const id of [byOne, ofHim, byTwo]) await refuse(sec, id);
  });

  it("what waits has no effect until the second person confirms it, once", async () => {
    const before = await may(lee);
    const id = await asked(sys, access(lee, ["supervisor"]));
    expect(await may(lee)).toEqual(before);
    const both = await Promise.all([confirm(sec, id), confirm(sec, id)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await may(lee)).toEqual([
      ...["watch", "readAddress", "urge", "supervise"],
    ]);
    expect((await confirm(sec, id)).status).toBe(409);
    await office.change(access(lee, ["leader"]));
  });

  it("what was refused, withdrawn or overtaken takes no effect any more", async () => {
    const refused = await asked(sys, access(lee, ["supervisor"]));
    expect((await refuse(sec, refused)).body.state).toBe("refused");
    const withdrawn = await asked(sys, access(lee, ["supervisor"]));
    expect((await refuse(sys, withdrawn)).body.state).toBe("withdrawn");
    const stale = await asked(sys, access(lee, ["supervisor"]));
    await office.change(access(lee, ["leader"], WEST));
    for (const [id, why] of [
      [refused, /does not wait any more/],
      [withdrawn, /does not wait any more/],
      [stale, /has changed since: ask anew/],
    ] as const) {
      const { status, body } = await confirm(sec, id);
      expect(status).toBe(409);
      expect(body.detail).toMatch(why);
    }
    expect(await rolesOf("lee")).toEqual(["leader"]);
    const same = await request(sys, access(lee, ["leader"], WEST));
    expect([same.status, same.body.detail]).toEqual([409, "it is so already"]);
    await refuse(sec, stale);
    await office.change(access(lee, ["leader"]));
  });
});

describe("the three administrators", () => {
  it.each<[RoleCode[]]>([
    [["sysAdmin", "secAdmin"]],
    [["secAdmin", "auditAdmin"]],
    [["auditAdmin", "leader"]],
    [["dutyOfficer", "sysAdmin"]],
  ])("are never one person with another role: %j", async (roles) => {
    const { status, body } = await request(sec, access(lee, roles));
    expect([status, body.errors?.[0]?.path]).toEqual([
      ...[422, "/body/change/roles"],
    ]);
    expect(body.errors![0]!.message).toMatch(/separated/);
  });

  it("are never without one of the three", async () => {
    const audit = await office.account("auditadmin");
    const id = await asked(sec, access({ account: audit }, ["leader"]));
    const last = await confirm(sys, id);
    expect([last.status, last.body.detail]).toEqual([
      ...[409, "auditadmin is the last auditAdmin"],
    ]);
    const off = await disable(audit);
    expect([off.status, off.body.detail]).toEqual([
      ...[409, "auditadmin is the last auditAdmin"],
    ]);
    const self = await disable(await office.account("sysadmin"));
    expect(self.status).toBe(409);
    expect((await office.account("auditadmin")).enabled).toBe(true);
    await refuse(sec, id);
    await office.audit();
  });

  it("get a new link by two alone: each is told a half of it, and what proved the person ends", async () => {
    const path = `/api/accounts/${sys2.account.id}/link`;
    const alone = await office.post<Problem>(
      path,
      { reason: "lost his telephone" },
      sys.cookie,
    );
    expect(alone.status).toBe(409);
    expect(alone.body.detail).toMatch(/a second person confirms/);
    const reset: RightsChange = { kind: "reset", account: sys2.account.id };
    const { id, half } = (await request(sec, reset)).body;
    expect(await office.statusOf(sys2.cookie)).toBe(200);
    const { body } = await confirm(sys, id);
    expect(await office.statusOf(sys2.cookie)).toBe(401);
    expect((await office.knock("sys2", sys2.password)).status).toBe(401);
    const { items } = await office.good<{ items: ChangeRequest[] }>(
      ...([sec, "GET", CHANGES] as const),
    );
    const link = joined(half, body.link!.url);
    expect(JSON.stringify(items)).not.toContain(tokenOf(link).split(".")[1]);
    const former = sys2.secret;
    Object.assign(sys2, await office.enter("sys2", link));
    expect(sys2.secret).not.toBe(former);
    expect(await may(sys2)).toContain("manageAccounts");
  });
});

describe("somebody who becomes one of the three", () => {
  const RISES = [
    ["rises", "secAdmin"],
    ["climbs", "sysAdmin"],
    ["grows", "auditAdmin"],
  ] as const;
  const enter = (token: string) => office.post("/api/session", { token });

  it.each(RISES)(
    "comes in anew, by two halves of a link, whoever was in before: %s to %s",
    async (login, role) => {
      // As whoever made the account may: he holds its first link.
      const maker = await office.hire(login, ["leader"]);
      const asks = await request(sec, access(maker, [role]));
      const { half } = asks.body;
      expect(half).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){2}$/);
      expect(await office.statusOf(maker.cookie)).toBe(200);
      const { body } = await confirm(sys, asks.body.id);
      expect(await office.statusOf(maker.cookie)).toBe(401);
      expect((await office.knock(login, maker.password)).status).toBe(401);

      const url = body.link!.url;
      const rest = new URLSearchParams(new URL(url).hash.slice(1)).get("half")!;
      for (const alone of [rest, `.${rest}`, `${half!.padEnd(20, "a")}.`])
        expect((await enter(alone)).status).toBe(401);
      const person = await office.enter(login, joined(half, url));
      expect(await may(person)).toContain(
        role === "auditAdmin" ? "readAudit" : "changeRights",
      );
      expect((await enter(tokenOf(joined(half, url)))).status).toBe(401);
    },
  );

  it("is told of a half to nobody but the one who asked", async () => {
    const { account } = await office.hire("told", ["leader"]);
    const { id, half } = (await request(sec, access({ account }, ["sysAdmin"])))
      .body;
    const seenBy = async (by: Person) => {
      const { items } = await office.good<{ items: ChangeRequest[] }>(
        ...([by, "GET", CHANGES] as const),
      );
      return items.find((one) => one.id === id)!.half;
    };
    expect(await seenBy(sec)).toBe(half);
    expect(await seenBy(sys)).toBeNull();
    const told = await confirm(sys, id);
    expect(JSON.stringify(told.body)).not.toContain(half);
    // Who only changes places comes in as before.
    const narrow = await request(sec, access(sys2, ["sysAdmin"], WEST));
    expect(narrow.body.half).toBeNull();
    expect((await confirm(sys, narrow.body.id)).body.link).toBeNull();
    expect(await office.statusOf(sys2.cookie)).toBe(200);
    await office.change(access(sys2, ["sysAdmin"]));
  });

  it("is not who chose a password for the account with a body that came slowly", async () => {
    const { account, link } = await office.good<{
      account: Account;
      link: OneTimeLink;
    }>(sys, "POST", "/api/accounts", {
      ...{ login: "slow", name: "Slow", staffNo: "SN-slow" },
    });
    const { cookie } = await enter(tokenOf(link.url));
    const password = "Planted-Lantern-42";
    const body = JSON.stringify({ password });
    const slow = http.request(`${hub.url}/api/session/password`, {
      method: "POST",
      headers: {
        ...{ cookie: cookie!, "content-type": "application/json" },
        "content-length": Buffer.byteLength(body),
      },
    });
    await new Promise((sent) => slow.write(body.slice(0, 5), sent));
    await office.change(access({ account }, ["sysAdmin"]));
    slow.end(body.slice(5));
    const [reply] = (await once(slow, "response")) as [http.IncomingMessage];
    reply.resume();
    expect(reply.statusCode).toBe(401);
    expect((await office.knock("slow", password)).status).toBe(401);
    expect((await office.account("slow")).hasPassword).toBe(false);
  });
});

describe("a role", () => {
  const setRole = (role: RoleCode, actions: Action[]) =>
    office.change({ kind: "role", role, actions });
  const actionsOf = async (role: RoleCode) => {
    const { items } = await office.good<{ items: Role[] }>(
      ...([sec, "GET", "/api/roles"] as const),
    );
    return items.find(({ code }) => code === role)!.actions;
  };

  it.each<[RoleCode, Action[], RegExp]>([
    ["leader", ["watch", "readAudit"], /readAudit is for auditAdmin alone/],
    ["leader", ["changeRights"], /for sysAdmin and secAdmin alone/],
    ["sysAdmin", ["permit"], /permit is for secAdmin alone/],
    [
      "secAdmin",
      ["readAccounts", "changeRights", "permit", "watch"],
      /nothing but/,
    ],
    ["auditAdmin", [], /leaves nobody who may/],
    ["sysAdmin", ["manageAccounts", "readAccounts"], /without changeRights/],
  ])("%s cannot be %j", async (role, actions, why) => {
    const before = await actionsOf(role);
    const { status, body } = await request(sec, {
      kind: "role",
      role,
      actions,
    });
    expect([status, body.errors?.[0]?.path]).toEqual([
      ...[422, "/body/change/actions"],
    ]);
    expect(body.errors![0]!.message).toMatch(why);
    expect(await actionsOf(role)).toEqual(before);
  });

  it("that is changed changes open sessions and sockets at once", async () => {
    const shipped = await actionsOf("leader");
    const watchHub = () =>
      office.ask("GET", "/api/hub", { cookie: lee.cookie });
    const socket = await openFollower(hub.url, lee.cookie);
    await socket.follow("sensors", { kind: "gauge" });
    expect((await watchHub()).status).toBe(403);
    await setRole("leader", [...shipped, "runFeeds"]);
    expect((await watchHub()).status).toBe(200);
    const begun = performance.now();
    await setRole("leader", ["openVideo"]);
    await soon("a role without watch: its sockets ended", begun, socket.ended);
    expect((await watchHub()).status).toBe(403);
    expect(await may(lee)).toEqual(["openVideo"]);
    const again = await openFollower(hub.url, lee.cookie);
    expect(await again.ask("sensors", { kind: "gauge" })).toEqual({
      error: "topic: your roles may not watch sensors",
    });
    again.close();
    await setRole("leader", shipped);
    expect(await may(lee)).toEqual(shipped);
  });

  it("that asks for a second factor is had by nobody before one is set up, after a restart neither", async () => {
    const ren = await office.hire("ren", ["leader"]);
    const socket = await openFollower(hub.url, ren.cookie);
    await office.change(access(ren, ["dispatcher"]));
    await socket.ended;
    expect(await office.stageOf(ren.cookie)).toBe("enrol");
    await office.restart();
    expect(await office.stageOf(ren.cookie)).toBe("enrol");
    await expect(openFollower(hub.url, ren.cookie)).rejects.toThrow();
    const city = await office.ask<Problem>("GET", "/api/city", {
      cookie: ren.cookie,
    });
    expect([city.status, city.body.detail]).toEqual([
      ...[401, "set up a second factor first"],
    ]);
  });
});

describe("a person's rights", () => {
  it("may name only what the city has", async () => {
    const there = { departments: ["NONE-SUCH"], districts: null };
    const { status, body } = await request(sec, access(lee, ["leader"], there));
    expect([status, body.errors]).toEqual([
      422,
      [
        {
          path: "/body/change/scope/departments",
          message: "the city has no department NONE-SUCH",
          code: "noDepartment",
          facts: { department: "NONE-SUCH" },
        },
      ],
    ]);
  });

  it("narrowed: the open socket ends, and follows anew with less", async () => {
    const seen = async (socket: Awaited<ReturnType<typeof openFollower>>) => {
      const room = await socket.follow("sensors", { kind: "gauge" });
      return [...room.items.keys()].sort();
    };
    const socket = await openFollower(hub.url, lee.cookie);
    expect(await seen(socket)).toEqual(["test/east", "test/west"]);
    const id = await asked(sec, access(lee, ["leader"], WEST));
    const begun = performance.now();
    await confirm(sys, id);
    await soon("a scope narrowed: its sockets ended", begun, socket.ended);
    const again = await openFollower(hub.url, lee.cookie);
    expect(await seen(again)).toEqual(["test/west"]);
    again.close();
    await office.change(access(lee, ["leader"]));
  });

  it("end with a leaver's account: sessions, sockets and links, until two let him back in", async () => {
    const desks = [lee.cookie, await office.signIn(lee)];
    const sockets = await Promise.all(
      desks.map((cookie) => openFollower(hub.url, cookie)),
    );
    const begun = performance.now();
    expect((await disable(lee.account)).status).toBe(200);
    const ended = sockets.map((socket) => socket.ended).map((end) => end);
    await soon(
      ...(["a leaver: all sockets ended", begun] as const),
      Promise.all(ended).then(() => undefined),
    );
    for (const cookie of desks) {
      const told = await office.ask<Problem>("GET", "/api/session", { cookie });
      expect([told.status, told.body.why]).toEqual([401, "accountOff"]);
      await expect(openFollower(hub.url, cookie)).rejects.toThrow();
    }
    expect((await office.knock("lee", lee.password)).status).toBe(401);

    const { account, link } = await office.good<{
      account: Account;
      link: OneTimeLink;
    }>(sys, "POST", "/api/accounts", {
      ...{ login: "never", name: "Never came", staffNo: "SN-1" },
    });
    const token = tokenOf(link.url);
    await disable(account);
    expect((await office.post("/api/session", { token })).status).toBe(401);
    await office.change({ kind: "enable", account: account.id });
    expect((await office.post("/api/session", { token })).status).toBe(401);

    await office.change({ kind: "enable", account: lee.account.id });
    expect(await office.statusOf(desks[0]!)).toBe(401);
    lee.cookie = await office.signIn(lee);
    const on = await request(sec, { kind: "enable", account: account.id });
    expect(on.body.errors?.[0]?.message).toBe("never is not switched off");
  });

  it("outlast a new link, which ends the former link, the password and the sessions", async () => {
    const path = `/api/accounts/${lee.account.id}/link`;
    const links = [
      await office.good<OneTimeLink>(sys, "POST", path, { reason: "forgot" }),
      await office.good<OneTimeLink>(sys, "POST", path, { reason: "again" }),
    ];
    expect(await office.statusOf(lee.cookie)).toBe(401);
    expect((await office.knock("lee", lee.password)).status).toBe(401);
    const first = await office.post("/api/session", {
      token: tokenOf(links[0]!.url),
    });
    expect(first.status).toBe(401);
    Object.assign(lee, await office.enter("lee", links[1]!.url));
    expect(await may(lee)).toContain("watch");
  });
});

describe("the audit", () => {
  it("refuses every act while it cannot be written, and nothing is changed", async () => {
    const waits = await asked(sys, access(lee, ["supervisor"]));
    const inTheWay = `${auditFile(hub.dataDir)}.new`;
    mkdirSync(inTheWay);
    const accounts = `/api/accounts/${lee.account.id}`;
    const reason = "while nobody sees it";
    const answers = [
      await request(sec, access(lee, ["gridWorker"])),
      await confirm(sec, waits),
      await refuse(sys, waits),
      await disable(lee.account),
      await office.post(`${accounts}/link`, { reason }, sys.cookie),
      await office.post(
        "/api/accounts",
        { login: "ghost", name: "Ghost", staffNo: "SN-2" },
        sys.cookie,
      ),
    ];
    rmdirSync(inTheWay);
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(503));
    expect(await office.statusOf(lee.cookie)).toBe(200);
    expect(await rolesOf("lee")).toEqual(["leader"]);
    expect((await office.account("lee")).enabled).toBe(true);
    expect(await office.account("ghost")).toBeUndefined();
    const { items } = await office.good<{ items: ChangeRequest[] }>(
      ...([sec, "GET", `${CHANGES}?state=waiting`] as const),
    );
    expect(items.map(({ id }) => id)).toEqual([waits]);
    expect((await confirm(sec, waits)).status).toBe(200);
    expect(await rolesOf("lee")).toEqual(["supervisor"]);
  });

  it("tells who asked, who confirmed, what held before and after, and who was refused why; and no secret", async () => {
    const lines = await office.audit();
    const narrowed = lines.filter(
      ({ object, after }) =>
        object === "rights/lee" && after.includes(DISTRICTS.west.code),
    );
    const told = narrowed.slice(-2).map((line) => ({
      ...{ who: line.who, act: line.act, result: line.result },
      ...{ from: /^10\./.test(line.address), detail: line.detail },
      before: JSON.parse(line.before) as RightsChange,
      after: JSON.parse(line.after) as RightsChange,
    }));
    const line = {
      ...{ result: "done", from: true, detail: "the city needs it" },
      before: access(lee, ["leader"]),
      after: access(lee, ["leader"], WEST),
    };
    expect(told).toEqual([
      { ...line, who: "secadmin", act: "requestChange" },
      { ...line, who: "sysadmin", act: "confirmChange" },
    ]);
    const sentences = lines.map(
      ({ who, act, object, result, detail }) =>
        `${who} ${act} ${object} ${result}: ${detail}`,
    );
    expect(sentences).toEqual(
      expect.arrayContaining([
        "secadmin confirmChange rights/lee refused: a second person confirms it, not the one who asked",
        "sys2 confirmChange rights/sys2 refused: nobody changes his own rights",
        "lee confirmChange  refused: leader may not changeRights",
        "secadmin refuseChange rights/lee done: not as it is",
        "sysadmin disableAccount account/lee done: has left the city",
        "sysadmin newLink account/lee done: forgot",
        "sysadmin confirmChange rights/sys2 done: the city needs it",
        "secadmin requestChange rights/leader done: the test's city needs it",
        "sysadmin disableAccount account/lee failed: the audit cannot be written, so nothing was done",
      ]),
    );
    expect(await office.leaks()).toEqual([]);
  });
});
