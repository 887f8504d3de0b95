/** What time does to sign-in, sessions and rights, and what happens in the moment between: by a clock set by hand, over a real store. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WHOLE_CITY } from "../../contract/data-scope.ts";
import type { RightsChange } from "../../contract/rights.ts";
import type { RoleCode } from "../../contract/role.ts";
import { DAY, HOUR, MINUTE } from "../../contract/time.ts";
import { writeCity } from "../../test/kit/city.ts";
import { makeFolder } from "../../test/kit/folder.ts";
import { readCityPack, type CityPack } from "../city/pack.ts";
import { createManualClock } from "../lib/clock.ts";
import { openStore } from "../store/open.ts";
import type { Store } from "../store/store.ts";
import { newAccount } from "./first.ts";
import { openAuth, type Auth } from "./open.ts";
import type { Principal } from "./principal.ts";
import { forget } from "./forget.ts";
import { createSeal } from "./seal.ts";

const PASSWORD = "Harbour-Lantern-42";
const ABOUT = { address: "10.0.0.1", browser: "" };
const quiet = () => Promise.resolve();

const folder = makeFolder("auth");
const clock = createManualClock(Date.parse("2026-11-20T08:00:00+08:00"));
let pack: CityPack;
let store: Store;
let auth: Auth;

const open = (over: Store = store) =>
  openAuth({
    ...{ store: over, clock, pack, demo: false, secure: false },
    audit: {
      ...{ write: quiet, prune: quiet, close: quiet },
      verify: () => Promise.reject(new Error("not asked for here")),
    },
    seal: createSeal(Buffer.alloc(32, 7)),
    cut: () => undefined,
    sockets: () => 0,
    failed: (error) => expect.unreachable(String(error)),
  });

beforeAll(async () => {
  pack = await readCityPack(writeCity(folder.path, { feeds: [] }).cityDir);
  store = await openStore({ url: `sqlite:${folder.path}/city.db` });
  auth = await open();
});
afterAll(async () => {
  auth.close();
  await store.close();
  await folder.remove();
});

const who = (secret: string, of = auth): Principal =>
  of.who({ cookie: `chengshu=${secret}` })!;
const knock = (login: string, password = PASSWORD, of = auth) =>
  of.signIn.byPassword({ login, password }, ABOUT, quiet);

async function invited(login: string, roles: RoleCode[]) {
  const account = newAccount(
    ...([
      { login, name: "Somebody", staffNo: login, roles },
      clock.now(),
    ] as const),
  );
  await store.accounts.add(account);
  return { id: account.id, ...(await auth.signIn.link(account.id)) };
}

/** Somebody with a password. @returns the account's id and the session's secret */
async function hired(login: string, roles: RoleCode[] = ["leader"]) {
  const { id, token } = await invited(login, roles);
  const first = await auth.signIn.byLink(token, ABOUT, quiet);
  const given = { password: PASSWORD };
  const secret = await auth.signIn.changePassword(who(first), given, quiet);
  return { id, secret };
}

describe("in time", () => {
  it("a one-time link opens for three days", async () => {
    const early = await invited("early", []);
    const late = await invited("late", []);
    clock.advance(3 * DAY - 1);
    await auth.signIn.byLink(early.token, ABOUT, quiet);
    clock.advance(1);
    await expect(auth.signIn.byLink(late.token, ABOUT, quiet)).rejects.toThrow(
      "this sign-in link is not valid",
    );
  });

  it("an account waits as long as the policy says, and then has all its tries again", async () => {
    await hired("waits");
    const details: string[] = [];
    const fail = () =>
      knock("waits", "not it").catch(
        (error: { refused: { detail: string } }) =>
          void details.push(error.refused.detail),
      );
    for (let i = 0; i < 6; i++) await fail();
    clock.advance(15 * MINUTE - 1);
    await expect(knock("waits")).rejects.toThrow("this is not right");
    clock.advance(1);
    for (let i = 0; i < 4; i++) await fail();
    const wrong = "a wrong password";
    expect(details).toEqual([
      ...[wrong, wrong, wrong, wrong],
      ...[`${wrong}; from now on the account waits`, "it waits after failures"],
      ...[wrong, wrong, wrong, wrong],
    ]);
    expect(who(await knock("waits")).stage).toBe("complete");
  });

  it("a session ends after twelve hours whatever is done in it, a sign-in that is not finished after ten minutes", async () => {
    const { secret } = await hired("long");
    const begun = await auth.signIn.byLink(
      ...([(await invited("begins", [])).token, ABOUT, quiet] as const),
    );
    clock.advance(10 * MINUTE - 1);
    expect(who(begun).stage).toBe("password");
    clock.advance(1);
    expect(auth.who({ cookie: `chengshu=${begun}` })).toBeNull();
    for (let i = 0; i < 70; i++) {
      auth.sessions.active(who(secret).id);
      clock.advance(10 * MINUTE);
    }
    expect(who(secret).stage).toBe("complete");
    clock.advance(10 * MINUTE);
    expect(auth.who({ cookie: `chengshu=${secret}` })).toBeNull();
  });

  it("a desk locks after a quarter of an hour, and its unlocking asks for what became due meanwhile", async () => {
    const { id, secret } = await hired("desk");
    clock.advance(15 * MINUTE);
    expect(who(secret).stage).toBe("complete");
    clock.advance(1);
    expect(who(secret)).toMatchObject({ stage: "locked", watches: true });
    expect(who(secret).actions.size).toBe(0);
    await store.accounts.setAccess(id, ["dispatcher"], WHOLE_CITY);
    await auth.sessions.changed((await store.accounts.get(id))!);
    expect(who(secret).stage).toBe("locked");
    await auth.signIn.unlock(who(secret), PASSWORD, quiet);
    expect(who(secret).stage).toBe("enrol");
  });

  it("a locked desk opens to its person whoever fails at the door, and ends after five failures of its own", async () => {
    const { secret } = await hired("robust");
    for (let i = 0; i < 5; i++)
      await expect(knock("robust", "not it")).rejects.toThrow();
    await expect(knock("robust")).rejects.toThrow("this is not right");
    clock.advance(15 * MINUTE + 1);
    for (let i = 0; i < 5; i++)
      await expect(knock("robust", "not it")).rejects.toThrow();
    await auth.signIn.unlock(who(secret), PASSWORD, quiet);
    expect(who(secret).stage).toBe("complete");
    clock.advance(15 * MINUTE + 1);
    const desk = who(secret);
    const tries = [1, 2, 3, 4, 5, 6].map((i) =>
      auth.signIn.unlock(desk, i === 6 ? PASSWORD : "not it", quiet),
    );
    for (const each of await Promise.allSettled(tries))
      expect(each.status).toBe("rejected");
    expect(auth.who({ cookie: `chengshu=${secret}` })).toBeNull();
  });

  it("a change of rights that nobody confirms for seven days takes effect no more", async () => {
    const sys = who((await hired("sys", ["leader"])).secret);
    const sec = who((await hired("sec", ["leader"])).secret);
    const may = (one: Principal): Principal => ({
      ...{ ...one, actions: new Set(["changeRights", "permit"] as const) },
    });
    const { id } = await hired("target");
    for (const [one, role] of [
      [sys, "sysAdmin"],
      [sec, "secAdmin"],
    ] as const)
      await store.accounts.setAccess(one.subject, [role], WHOLE_CITY);
    const ask = () =>
      auth.rights.ask(
        may(sec),
        { kind: "access", account: id, roles: ["acceptor"], scope: WHOLE_CITY },
        ...(["the desk needs one", quiet] as const),
      );
    const [first, second] = [await ask(), await ask()];
    clock.advance(7 * DAY);
    await auth.rights.confirm(may(sys), first.id, quiet);
    clock.advance(1);
    await expect(
      auth.rights.confirm(may(sys), second.id, quiet),
    ).rejects.toThrow("this change does not wait any more");
    await expect(
      auth.rights.refuse(may(sys), second.id, "too late", quiet),
    ).rejects.toThrow("this change does not wait any more");
    const page = async (state: "waiting" | "expired") =>
      (await auth.rights.page({ state, limit: 9 }, sys)).items.map(
        ({ id, state }) => [id, state],
      );
    expect(await page("expired")).toEqual([[second.id, "expired"]]);
    expect(await page("waiting")).toEqual([]);
  });

  it("sessions that are over are forgotten with a restart, the others are not", async () => {
    const gone = await hired("gone");
    clock.advance(11 * HOUR);
    const stays = await hired("stays");
    clock.advance(HOUR);
    const again = await open();
    expect(again.who({ cookie: `chengshu=${gone.secret}` })).toBeNull();
    expect(who(stays.secret, again).login).toBe("stays");
    again.close();
    const left = await store.sessions.all();
    expect(left.map(({ account }) => account)).toEqual([stays.id]);
  });
});

describe("in the moment of signing in", () => {
  /** Runs once, when the next session has been judged and before it is there. */
  let meanwhile: () => Promise<unknown> = quiet;
  let other: Auth;
  beforeAll(async () => {
    const { sessions } = store;
    other = await open({
      ...store,
      sessions: {
        ...sessions,
        async put(rows) {
          const once = meanwhile;
          meanwhile = quiet;
          await once();
          await sessions.put(rows);
        },
      },
    });
  });
  afterAll(() => other.close());

  it("who is switched off, or given a new link, does not slip through", async () => {
    for (const [login, fields] of [
      ["leaver", { enabled: false }],
      ["forgets", { password: null }],
    ] as const) {
      const { id } = await hired(login);
      meanwhile = async () => {
        await store.accounts.change(id, fields);
        await other.sessions.endOf(id, "ended");
      };
      await expect(knock(login, PASSWORD, other)).rejects.toThrow(
        "sign in first",
      );
      expect(other.sessions.list().filter((one) => one.account === id)).toEqual(
        [],
      );
    }
  });

  it("who is given other rights has those", async () => {
    const { id } = await hired("moves");
    const scope = { departments: [], districts: null };
    meanwhile = async () => {
      await store.accounts.setAccess(id, ["gridWorker"], scope);
      await other.sessions.changed((await store.accounts.get(id))!);
    };
    const found = who(await knock("moves", PASSWORD, other), other);
    expect(found.roles).toEqual(["gridWorker"]);
    expect(found.view).toMatchObject(scope);
  });

  it("who becomes one of the three does not slip through with what opened before", async () => {
    const { id, token } = await invited("rises-meanwhile", []);
    meanwhile = () => store.accounts.setAccess(id, ["sysAdmin"], WHOLE_CITY);
    await expect(
      other.signIn.byLink(token, ABOUT, quiet),
    ).rejects.toMatchObject({ status: 401 });
    expect(other.sessions.list().filter((one) => one.account === id)).toEqual(
      [],
    );
  });

  it("who is out already chooses no password, though he was let in a moment ago", async () => {
    const { id, token } = await invited("chooses", []);
    const mine = who(await auth.signIn.byLink(token, ABOUT, quiet));
    await forget(store, auth.sessions, id);
    await expect(
      auth.signIn.changePassword(mine, { password: PASSWORD }, quiet),
    ).rejects.toMatchObject({ status: 401 });
    expect((await store.accounts.get(id))!.password).toBeNull();
  });

  it("whose session ended is told to sign in", async () => {
    const { id, secret } = await hired("ends");
    const mine = who(secret);
    await auth.sessions.endOf(id, "ended");
    const wanted = { old: PASSWORD, password: "Meadow-Rocket-17" };
    await expect(
      auth.signIn.changePassword(mine, wanted, quiet),
    ).rejects.toMatchObject({ status: 401 });
  });

  it("whose password, link or factor is changed by another does not slip through with the former one", async () => {
    for (const [login, change] of [
      [
        "changes",
        (_id: string, secret: string) =>
          auth.signIn.changePassword(
            who(secret),
            { old: PASSWORD, password: "Meadow-Rocket-17" },
            quiet,
          ),
      ],
      ["resets", (id: string) => forget(store, auth.sessions, id)],
      [
        "enrols",
        (id: string) => store.accounts.change(id, { factor: "sealed" }),
      ],
    ] as const) {
      const { id, secret } = await hired(login);
      const tell = async () => void (await change(id, secret));
      await expect(
        auth.signIn.byPassword({ login, password: PASSWORD }, ABOUT, tell),
      ).rejects.toMatchObject({ status: 401 });
    }
  });

  it("who is given a new link while choosing a password has not chosen it", async () => {
    const { id, secret } = await hired("robbed");
    const tell = () => forget(store, auth.sessions, id);
    const wanted = { old: PASSWORD, password: "Meadow-Rocket-17" };
    await expect(
      auth.signIn.changePassword(who(secret), wanted, tell),
    ).rejects.toMatchObject({ status: 409 });
    await expect(knock("robbed", wanted.password)).rejects.toThrow();
  });

  it("who unlocks a desk while rights are taken away does not keep them", async () => {
    const { id, secret } = await hired("unlocks", ["acceptor"]);
    clock.advance(15 * MINUTE + 1);
    await auth.signIn.unlock(who(secret), PASSWORD, async () => {
      await store.accounts.setAccess(id, [], WHOLE_CITY);
      await auth.sessions.changed((await store.accounts.get(id))!);
    });
    expect(who(secret)).toMatchObject({ stage: "complete", roles: [] });
  });

  it("whose session is ended while it takes a new secret has none", async () => {
    const { id } = await hired("renews");
    const mine = who(await knock("renews", PASSWORD, other), other);
    meanwhile = () => other.sessions.end([mine.id]);
    const wanted = { old: PASSWORD, password: "Meadow-Rocket-17" };
    await expect(
      other.signIn.changePassword(mine, wanted, quiet),
    ).rejects.toMatchObject({ status: 401 });
    expect(other.sessions.list().filter((one) => one.account === id)).toEqual(
      [],
    );
  });
});

describe("in the moment of confirming", () => {
  const may = (one: Principal, ...actions: ("changeRights" | "permit")[]) => ({
    ...one,
    actions: new Set(actions),
  });
  const access = (account: string): RightsChange => ({
    ...{ kind: "access", account, roles: [], scope: WHOLE_CITY },
  });
  async function officer(login: string, role: RoleCode) {
    const { id, secret } = await hired(login);
    const one = who(secret);
    await store.accounts.setAccess(id, [role], WHOLE_CITY);
    return one;
  }

  it("two changes at once do not take the last two of the three away, nor both take effect on one account", async () => {
    const asks = may(
      await officer("asks", "secAdmin"),
      "changeRights",
      "permit",
    );
    const confirms = may(await officer("confirms", "sysAdmin"), "changeRights");
    const [one, two] = [
      await officer("audits", "auditAdmin"),
      await officer("audits-too", "auditAdmin"),
    ];
    const changes = [
      await auth.rights.ask(asks, access(one.subject), "leaves", quiet),
      await auth.rights.ask(asks, access(one.subject), "leaves", quiet),
      await auth.rights.ask(asks, access(two.subject), "leaves", quiet),
    ];
    const settled = await Promise.allSettled(
      changes.map(({ id }) => auth.rights.confirm(confirms, id, quiet)),
    );
    const fates = settled.map((each) =>
      each.status === "rejected" ? String(each.reason) : "done",
    );
    expect(fates[0]).toBe("done");
    expect(fates[1]).toMatch(/has changed since/);
    expect(fates[2]).toMatch(/is the last auditAdmin/);
  });

  it("a security administrator who is none any more does not count as the one of the two", async () => {
    const asks = may(
      await officer("permits", "secAdmin"),
      "changeRights",
      "permit",
    );
    const confirms = may(await officer("second", "sysAdmin"), "changeRights");
    const { id } = await hired("rises");
    const change = await auth.rights.ask(asks, access(id), "leaves", quiet);
    await store.accounts.setAccess(asks.subject, ["sysAdmin"], WHOLE_CITY);
    await expect(
      auth.rights.confirm(confirms, change.id, quiet),
    ).rejects.toThrow("who asked for it may not any more");
  });
});
