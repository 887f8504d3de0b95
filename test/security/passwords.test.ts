/** Passwords: which will do, and how those are kept out who guess. */
import Database from "better-sqlite3";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Account } from "../../contract/account.ts";
import type { Problem } from "../../contract/door.ts";
import { DAY, MINUTE } from "../../contract/time.ts";
import { openFollower } from "../kit/follower.ts";
import type { Hub } from "../kit/hub.ts";
import { openOffice, type Office, type Person } from "../kit/office.ts";
import { PASSWORD } from "../kit/staff.ts";
import { expectNothing } from "./nothing.ts";

let office: Office;
let hub: Hub;
/** Somebody without a second factor. */
let li: Person & { account: Account };

beforeAll(async () => {
  office = await openOffice({ feeds: [{ id: "air" }] });
  hub = office.hub;
  li = await office.hire("li", ["leader"]);
}, 120_000);
afterAll(() => office?.hub.stop());

const password = (cookie: string | null, password: string, old?: string) =>
  office.post<Problem>("/api/session/password", { password, old }, cookie);
const told = async () =>
  (await office.audit()).map(
    ({ who, roles, act, object, result, detail }) =>
      `${who} (${roles}) ${act} ${object} ${result}${detail && `: ${detail}`}`,
  );

describe("a new password", () => {
  const refused = async (cookie: string, wanted: string, old: string) => {
    const { status, body } = await password(cookie, wanted, old);
    expect(status).toBe(422);
    return body.errors;
  };

  it.each([
    ["Short-1", "it needs at least 10 characters", "tooShort"],
    ["alllowercaseletters", "it needs 3 of", "passwordKinds"],
    ["Harbour-li chun-42", "it holds the login, the name", "passwordOwn"],
    ["Harbour-sn7781-42", "it holds the login, the name", "passwordOwn"],
    ["P@ssw0rd-2026", "it is one that everybody tries", "passwordKnown"],
    ["Aa1Aa1Aa1Aa1", "it has too few different signs", "passwordPlain"],
    [PASSWORD, "it was used before", "passwordUsed"],
  ])("cannot be %s: %s", async (wanted, flaw, code) => {
    const { id, rev } = await office.account("li");
    await office.good(office.admins.sysAdmin, "PATCH", `/api/accounts/${id}`, {
      ...{ rev, name: "Li Chun", staffNo: "SN7781" },
    });
    expect(await refused(li.cookie, wanted, PASSWORD)).toEqual([
      expect.objectContaining({
        ...{ path: "/body/password", code },
        message: expect.stringContaining(flaw) as string,
      }),
    ]);
  });

  it("is asked for with the present one, is none of the last ones, and ends the other sessions", async () => {
    expect(await refused(li.cookie, "Meadow-Rocket-17", "not it")).toEqual([
      expect.objectContaining({ path: "/body/old" }),
    ]);
    const other = await office.signIn(li);
    const socket = await openFollower(hub.url, other);
    const { passwordHistory } = await office.setPolicy({ passwordHistory: 2 });
    expect(passwordHistory).toBe(5);
    const change = async (wanted: string) => {
      const changed = await password(li.cookie, wanted, li.password);
      expect(changed.status).toBe(200);
      expect(await office.statusOf(li.cookie)).toBe(401);
      Object.assign(li, { cookie: changed.cookie, password: wanted });
    };
    await change("Meadow-Rocket-17");
    await socket.ended;
    expect(await office.statusOf(other)).toBe(401);
    const [flaw] = (await refused(li.cookie, PASSWORD, li.password))!;
    expect(flaw!.message).toMatch(/used before/);
    await change("Meadow-Rocket-27");
    await change(PASSWORD);
  });

  it("is due when the old one is older than the policy has it", async () => {
    await office.setPolicy({ passwordDays: 30 });
    expect((await office.knock("li", PASSWORD)).body.stage).toBe("complete");
    const file = new Database(join(hub.dataDir, "chengshu.db"));
    file
      .prepare("UPDATE accounts SET password_at = ? WHERE login = 'li'")
      .run(Date.now() - 31 * DAY);
    file.close();
    const { cookie, body } = await office.knock("li", PASSWORD);
    expect(body.stage).toBe("password");
    await expectNothing(office, cookie, /^choose a new password first/);
    const chosen = await password(cookie, "Meadow-Rocket-67");
    expect(chosen.body).toMatchObject({ stage: "complete" });
    Object.assign(li, { cookie: chosen.cookie, password: "Meadow-Rocket-67" });
  });
});

describe("whoever is not let in", () => {
  let locked: Person;
  let gone: Person;

  beforeAll(async () => {
    locked = await office.hire("locked", ["leader"]);
    gone = await office.hire("gone", ["leader"]);
    const { id } = await office.account("gone");
    await office.good(
      ...([office.admins.sysAdmin, "POST"] as const),
      `/api/accounts/${id}/disable`,
      { reason: "has left the city" },
    );
    await office.good(office.admins.sysAdmin, "POST", "/api/accounts", {
      ...{ login: "invited", name: "Not yet", staffNo: "SN-0" },
    });
    await office.setPolicy({ lockFor: MINUTE });
    for (let i = 0; i < 5; i++) await office.knock("locked", "not it at all");
  });

  it("is told the same, byte for byte, and no sooner: name, password, wait and switch alike", async () => {
    const tries = {
      "an unknown name": ["nobody-here", PASSWORD],
      "a wrong password": ["li", "not it at all"],
      "an account that waits": ["locked", locked.password],
      "one that is switched off": ["gone", gone.password],
      "one without a password yet": ["invited", PASSWORD],
    } as const;
    // Otherwise the wrong passwords would make another account wait.
    await office.setPolicy({ lockAfter: 20 });
    const answers = new Set<string>();
    /** The least ms of each: what else the machine does only adds to it. */
    const took = new Map<string, number>();
    const ratio = () => Math.max(...took.values()) / Math.min(...took.values());
    for (let round = 0; round < 3 || (round < 8 && ratio() > 1.5); round++)
      for (const [what, [login, word]] of Object.entries(tries)) {
        const before = performance.now();
        const { status, body, headers } = await office.knock(login, word);
        const ms = performance.now() - before;
        took.set(what, Math.min(took.get(what) ?? Infinity, ms));
        const told = [...headers].filter(([name]) => name !== "date");
        answers.add(JSON.stringify([status, body, told]));
      }
    await office.setPolicy({ lockAfter: 5 });
    expect([...answers]).toHaveLength(1);
    expect([...answers][0]).toMatch(/^\[401,/);
    // Without the slow hash it would be fifty times as soon; a busy machine is no difference.
    expect(ratio(), JSON.stringify([...took])).toBeLessThan(3);
  });

  it("waits after five failures even with the right password, for as long as the policy says, or until an administrator ends it", async () => {
    const { id, lockedUntil } = await office.account("locked");
    const left = lockedUntil! - Date.now();
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(MINUTE);
    expect((await office.knock("locked", locked.password)).status).toBe(401);
    await office.good(
      ...([office.admins.sysAdmin, "POST"] as const),
      `/api/accounts/${id}/unlock`,
      { reason: "called by telephone" },
    );
    expect((await office.knock("locked", locked.password)).status).toBe(200);
  });

  it("cannot try more often by trying at once", async () => {
    await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        office.knock("locked", `guess number ${i}`),
      ),
    );
    const fates = async () => {
      const lines = (await office.audit("signIn")).filter(
        ({ object }) => object === "account/locked",
      );
      const last = lines.slice(lines.findLastIndex((l) => l.result === "done"));
      const of = (start: string) =>
        last.filter(({ detail }) => detail.startsWith(start)).length;
      return [of("a wrong password"), of("it waits after failures")];
    };
    await expect.poll(fates, { timeout: 10_000 }).toEqual([5, 25]);
  });

  it("is somebody who is in and keeps the hub busy with changes of a password", async () => {
    const cookie = await office.signIn(office.admins.auditAdmin);
    const path = "/api/session/password";
    const statuses = new Set<number>();
    for (let i = 0; i < 61; i++)
      statuses.add((await office.post(path, { password: "x" }, cookie)).status);
    // Not due before the code is given, and counted all the same.
    expect([...statuses]).toEqual([409, 429]);
  });

  it("is one address that tries again and again", async () => {
    const fates = new Set<number>();
    for (let i = 0; i < 61; i++) {
      const { status } = await office.ask("POST", "/api/session", {
        body: { token: `a-link-that-nobody-gave-${i}` },
        headers: { "x-forwarded-for": "192.0.2.66" },
      });
      fates.add(status);
    }
    expect([...fates]).toEqual([401, 429]);
  });
});

it("leaves a line of each act and each refusal in the audit, and no secret there, in the log or in the store", async () => {
  expect(await told()).toEqual(
    expect.arrayContaining([
      " () signIn account refused: an unknown name",
      " () signIn account/locked refused: a wrong password; from now on the account waits",
      " () signIn account/gone refused: it is switched off",
      "li (leader) signIn account/li done: by password",
      "li (leader) changePassword account/li done",
      "li (leader) changePassword account/li refused: a wrong password",
      "sysadmin (sysAdmin) editAccount account/li done",
      "sysadmin (sysAdmin) disableAccount account/gone done: has left the city",
      "sysadmin (sysAdmin) unlockAccount account/locked done: called by telephone",
      "sysadmin (sysAdmin) confirmChange rights/policy done: the test's city needs it",
    ]),
  );
  expect(office.secrets.size).toBeGreaterThan(20);
  expect(await office.leaks()).toEqual([]);
});
