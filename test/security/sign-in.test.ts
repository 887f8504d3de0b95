/** The second factor, sessions and desks: how people are in, and how they are out. */
import { mkdirSync, rmdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Account, OneTimeLink } from "../../contract/account.ts";
import type { Problem } from "../../contract/door.ts";
import type { SessionRow } from "../../contract/session.ts";
import { MINUTE } from "../../contract/time.ts";
import { auditFile } from "../../server/auth/audit-anchor.ts";
import { openFollower } from "../kit/follower.ts";
import type { Hub } from "../kit/hub.ts";
import { codeOf, openOffice, type Office, type Person } from "../kit/office.ts";
import { tokenOf } from "../kit/secrets.ts";
import type { Asked } from "../kit/staff.ts";
import { expectNothing } from "./nothing.ts";

let office: Office;
let hub: Hub;
/** Somebody without a second factor. */
let li: Person & { account: Account };
/** Somebody with one. */
let wang: Person & { account: Account };

beforeAll(async () => {
  office = await openOffice({ feeds: [{ id: "air" }] });
  hub = office.hub;
  li = await office.hire("li", ["leader"]);
  wang = await office.hire("wang", ["dispatcher"]);
}, 120_000);
afterAll(() => office?.hub.stop());

const password = (cookie: string | null, password: string, old?: string) =>
  office.post<Problem>("/api/session/password", { password, old }, cookie);
const code = (cookie: string | null, code: string) =>
  office.post("/api/session/code", { code }, cookie);
const told = async () =>
  (await office.audit()).map(
    ({ who, roles, act, object, result, detail }) =>
      `${who} (${roles}) ${act} ${object} ${result}${detail && `: ${detail}`}`,
  );

describe("the second factor", () => {
  const signOut = (cookie: string | null) =>
    office.ask("DELETE", "/api/session", { cookie, body: {} });
  const unlock = async () => {
    const { id } = await office.account("wang");
    await office.good(
      ...([office.admins.sysAdmin, "POST"] as const),
      `/api/accounts/${id}/unlock`,
      { reason: "the test goes on" },
    );
  };

  it("is asked for after the password, and nothing is shown before", async () => {
    const cookie = await office.signIn(wang);
    await expectNothing(office, cookie, /^give the second factor's code first/);
    const wrong = await code(cookie, "000000");
    expect([wrong.status, wrong.cookie]).toEqual([422, null]);
    await signOut(cookie);
  });

  it("counts once, of two who give the same code at once too", async () => {
    const cookies = [await office.signIn(wang), await office.signIn(wang)];
    const shown = await codeOf(wang.secret!);
    const both = await Promise.all(cookies.map((one) => code(one, shown)));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 422]);
    const through = both.find(({ status }) => status === 200)!;
    expect(through.body.stage).toBe("complete");
    // A new cookie; the one of the step before is dead.
    const used = cookies[both.indexOf(through)]!;
    expect([
      await office.statusOf(used),
      await office.statusOf(through.cookie),
    ]).toEqual([...[401, 200]]);
    expect((await code(await office.signIn(wang), shown)).status).toBe(422);
    await unlock();
  });

  it("is replaced by each recovery code once", async () => {
    const given = wang.recoveryCodes.pop()!;
    expect((await code(await office.signIn(wang), given)).status).toBe(200);
    const again = await office.signIn(wang);
    expect((await code(again, given)).status).toBe(422);
    const next = wang.recoveryCodes.pop()!;
    expect((await code(again, next.toUpperCase())).status).toBe(200);
  });

  it("locks after five wrong codes like a password, and a right password alone ends no series", async () => {
    for (let i = 0; i < 5; i++) {
      const wrong = await code(await office.signIn(wang), "000000");
      expect(wrong.status).toBe(422);
    }
    expect((await office.knock("wang", wang.password)).status).toBe(401);
    await unlock();
    const cookie = await office.signIn(wang);
    expect((await code(cookie, wang.recoveryCodes.pop()!)).status).toBe(200);
  });

  it("forgives four failures before the right password and code", async () => {
    for (let i = 0; i < 4; i++) await office.knock("wang", "not it at all");
    const cookie = await office.signIn(wang);
    expect((await code(cookie, wang.recoveryCodes.pop()!)).status).toBe(200);
    expect((await office.knock("wang", "not it at all")).status).toBe(401);
    await office.signIn(wang);
  });
});

describe("a session", () => {
  it("is never one that another put there before", async () => {
    const made = "chengshu=of-somebody-elses-making-0123456789";
    const entered = await office.ask("POST", "/api/session", {
      body: { login: "li", password: li.password },
      cookie: made,
    });
    expect(entered.status).toBe(200);
    expect(entered.cookie).not.toBe(made);
    expect(await office.statusOf(made)).toBe(401);
    // Nor an open one of his own: it ends.
    const his = await office.signIn(wang);
    const mine = await office.ask("POST", "/api/session", {
      body: { login: "li", password: li.password },
      cookie: his,
    });
    expect(mine.cookie).not.toBe(his);
    expect([
      await office.statusOf(his),
      await office.statusOf(mine.cookie),
    ]).toEqual([...[401, 200]]);
  });

  it("ends with its sockets when its person signs out, or ends it from another desk", async () => {
    const [here, there] = [await office.signIn(li), await office.signIn(li)];
    const socket = await openFollower(hub.url, here);
    const other = await openFollower(hub.url, there);
    const { items } = await office.good<{ items: SessionRow[] }>(
      ...([{ cookie: here }, "GET", "/api/session/own"] as const),
    );
    const open = items.filter(({ sockets }) => sockets > 0);
    const { id } = open.find(({ own }) => !own)!;
    await office.good(
      ...([{ cookie: here }, "DELETE", `/api/session/own/${id}`] as const),
    );
    await other.ended;
    expect(await office.statusOf(there)).toBe(401);
    await office.good({ cookie: here }, "DELETE", "/api/session");
    await socket.ended;
    expect(await office.statusOf(here)).toBe(401);
    await expect(openFollower(hub.url, here)).rejects.toThrow();
  });

  it("ends when the same person signs in elsewhere, where the policy says so", async () => {
    const first = await office.signIn(li);
    const socket = await openFollower(hub.url, first);
    await office.signIn(li);
    expect(await office.statusOf(first)).toBe(200);
    await office.setPolicy({ oneSession: true });
    const cookie = await office.signIn(li);
    await socket.ended;
    expect([
      await office.statusOf(first),
      await office.statusOf(cookie),
    ]).toEqual([401, 200]);
    const told = await office.ask<Problem>("GET", "/api/session", {
      cookie: first,
    });
    expect(told.body.why).toBe("elsewhere");
    await office.setPolicy({ oneSession: false });
  });
});

describe("a desk without a hand", () => {
  let hands: NodeJS.Timeout;
  afterAll(() => clearInterval(hands));
  const unlock = async (person: Person, password = person.password) => {
    const { status } = await office.post<Problem>(
      ...(["/api/session/unlock", { password }, person.cookie] as const),
    );
    return status;
  };
  const tell = (value: number) =>
    hub.post("air", [{ sensor: "D-1", metric: "pm25", at: Date.now(), value }]);

  it("locks for doors and goes on hearing the city; who asks who he is moves no hand, who moves one stays in", async () => {
    const { sysAdmin, secAdmin, auditAdmin } = office.admins;
    const busy = [sysAdmin, secAdmin, auditAdmin].map(({ cookie }) => cookie);
    const move = () =>
      Promise.all(
        busy.map((cookie) => office.post("/api/session/active", {}, cookie)),
      );
    await move();
    hands = setInterval(() => void move().catch(() => undefined), 200);
    await office.setPolicy({ idleAfter: 2_000 });
    const [left, held] = [await office.signIn(li), await office.signIn(li)];
    busy.push(held);
    const desk = { ...li, cookie: left };
    await tell(1);
    const socket = await openFollower(hub.url, left);
    const room = await socket.follow("sensors", { ids: ["test/D-1"] });
    await expect
      .poll(() => office.stageOf(left), { timeout: 30_000, interval: 50 })
      .toBe("locked");
    // It has been longer by now than the other was left alone.
    expect(await office.stageOf(held)).toBe("complete");
    const doors = await office.ask<Problem>("GET", "/api/city", {
      cookie: left,
    });
    expect([doors.status, doors.body.detail]).toEqual([
      ...[401, "this desk is locked: unlock it first"],
    ]);
    await tell(2);
    await room.until((items) =>
      JSON.stringify([...items.values()]).includes('"value":2'),
    );
    // The page is loaded anew while it is locked.
    const again = await openFollower(hub.url, left);
    await again.follow("sensors", { ids: ["test/D-1"] });
    again.close();

    expect(await unlock(desk, "not it at all")).toBe(422);
    expect(await unlock(desk)).toBe(200);
    // The page goes on as it was, with the same secret and the same socket.
    expect(await office.stageOf(left)).toBe("complete");
    await tell(3);
    await room.until((items) =>
      JSON.stringify([...items.values()]).includes('"value":3'),
    );
    await office.setPolicy({ idleAfter: 15 * MINUTE });
  });
});

describe("while the audit cannot be written", () => {
  it("nobody comes in, and nothing is used up by trying", async () => {
    const { link } = await office.good<{ link: OneTimeLink }>(
      ...([office.admins.sysAdmin, "POST", "/api/accounts"] as const),
      { login: "invited", name: "Not yet", staffNo: "SN-0" },
    );
    const { url } = link;
    const leaving = await office.signIn(li);
    li.cookie = await office.signIn(li);
    const atCode = await office.signIn(wang);
    const recovery = wang.recoveryCodes.pop()!;
    // Where the next anchor is made there is something else.
    const inTheWay = `${auditFile(hub.dataDir)}.new`;
    mkdirSync(inTheWay);
    const acts: [string, () => Promise<Asked<unknown>>][] = [
      [
        "a sign-out",
        () =>
          office.ask("DELETE", "/api/session", { cookie: leaving, body: {} }),
      ],
      ["a link", () => office.post("/api/session", { token: tokenOf(url) })],
      ["a password", () => office.knock("li", li.password)],
      ["a code", () => code(atCode, recovery)],
      [
        "a new password",
        () => password(li.cookie, "Willow-42-Kettle", li.password),
      ],
    ];
    for (const [what, act] of acts) {
      const { status, cookie } = await act();
      expect({ what, status, cookie }).toEqual({
        ...{ what, status: 503, cookie: null },
      });
    }
    rmdirSync(inTheWay);
    expect(await office.statusOf(leaving)).toBe(200);
    for (const [what, act] of acts) {
      const { status } = await act();
      expect({ what, status }).toEqual({ what, status: 200 });
    }
    // Lines that were written and not anchored are told to have come to nothing.
    const lines = await office.audit();
    const at = lines.findLastIndex(({ result }) => result === "failed");
    expect(lines[at]).toMatchObject({ act: "changePassword", who: "li" });
    expect(lines[at]!.detail).toMatch(/^the audit cannot be written/);
  });
});

it("leaves a line of each act and each refusal in the audit, and no secret there, in the log or in the store", async () => {
  expect(await told()).toEqual(
    expect.arrayContaining([
      "wang (dispatcher) signIn account/wang done: by password; next: code",
      "wang (dispatcher) giveCode account/wang refused: a wrong code",
      "wang (dispatcher) giveCode account/wang refused: a wrong code; from now on the account waits",
      "wang (dispatcher) giveCode account/wang failed: this is not right, or the account waits after too many failures",
      "wang (dispatcher) giveCode account/wang done",
      "li (leader) unlock account/li refused: a wrong password",
      "li (leader) unlock account/li done",
      "li (leader) endOwnSession account/li done",
      "li (leader) signOut account/li done",
    ]),
  );
  expect(office.secrets.size).toBeGreaterThan(20);
  expect(await office.leaks()).toEqual([]);
});
