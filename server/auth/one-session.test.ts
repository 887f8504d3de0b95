/** One session an account, however many sign in at once and however the store's answers fall. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { WHOLE_CITY } from "../../contract/data-scope.ts";
import { createChance } from "../../test/kit/chance.ts";
import { writeCity } from "../../test/kit/city.ts";
import { makeFolder } from "../../test/kit/folder.ts";
import { readCityPack } from "../city/pack.ts";
import { createManualClock } from "../lib/clock.ts";
import { openStore } from "../store/open.ts";
import type { AccountRecord, Store } from "../store/store.ts";
import { createRecoveryCodes } from "./factor.ts";
import { newAccount } from "./first.ts";
import { openAuth, type Auth } from "./open.ts";
import { createSeal } from "./seal.ts";

const ABOUT = { address: "10.0.0.1", browser: "" };
const quiet = () => Promise.resolve();
const chance = createChance(20261120);
const folder = makeFolder("one-session");
const clock = createManualClock(Date.parse("2026-11-20T08:00:00+08:00"));
const seal = createSeal(Buffer.alloc(32, 7));
let store: Store;
let auth: Auth;

/** The same door, behind which each answer takes some turns of the loop. */
const slow = <T extends object>(door: T): T =>
  new Proxy(door, {
    get: (target, name) => {
      const method = target[name as keyof T];
      if (typeof method !== "function") return method;
      return async (...given: unknown[]) => {
        const turns = async () => {
          for (let i = chance.between(0, 4); i > 0; i--)
            await new Promise((resolve) => setImmediate(resolve));
        };
        await turns();
        const answer: unknown = await method.apply(target, given);
        await turns();
        return answer;
      };
    },
  });

beforeAll(async () => {
  store = await openStore({ url: `sqlite:${folder.path}/city.db` });
  const { sessions, accounts } = store;
  auth = await openAuth({
    store: { ...store, sessions: slow(sessions), accounts: slow(accounts) },
    ...{ clock, demo: false, secure: false, seal },
    pack: await readCityPack(writeCity(folder.path, { feeds: [] }).cityDir),
    audit: {
      ...{ write: quiet, prune: quiet, close: quiet },
      verify: () => Promise.reject(new Error("not asked for here")),
    },
    cut: () => undefined,
    sockets: () => 0,
    failed: (error) => expect.unreachable(String(error)),
  });
  await auth.policy.set({ ...auth.policy.now(), oneSession: true });
});
afterAll(async () => {
  auth.close();
  await store.close();
  await folder.remove();
});

const who = (secret: string) => auth.who({ cookie: `chengshu=${secret}` });

/** Somebody with a telephone and a recovery code. */
async function person(login: string) {
  const { codes, hashes } = createRecoveryCodes();
  const account: AccountRecord = {
    ...newAccount({ login, name: login, staffNo: login }, clock.now()),
    ...{ scope: WHOLE_CITY, mustChange: false, recovery: hashes },
    factor: seal.seal("second factor", "JBSWY3DPEHPK3PXP"),
  };
  await store.accounts.add(account);
  return { account, codes };
}

it("leaves one session of many sign-ins at once, held by one of them, in the store too", async () => {
  let overtaken = 0;
  for (let round = 0; round < 150; round++) {
    const { account, codes } = await person(`at-once-${round}`);
    const enter = (isStrong: boolean) =>
      auth.signIn.byOther(account, isStrong, ABOUT, quiet);
    // One of them has come as far as the code.
    const begun = who(await enter(false))!;
    expect(begun.stage).toBe("code");
    const many = Array.from({ length: chance.between(1, 4) }, () =>
      enter(true),
    );
    const tries = [...many, auth.signIn.giveCode(begun, codes[0]!, quiet)];
    const settled = await Promise.allSettled(tries);
    const told = settled.flatMap((one) =>
      one.status === "fulfilled" ? [one.value] : [],
    );
    overtaken += tries.length - told.length;
    for (const one of settled)
      if (one.status === "rejected")
        expect([401, 409]).toContain((one.reason as { status: number }).status);
    const open = auth.sessions
      .list()
      .filter((one) => one.account === account.id);
    expect(open.map(({ stage }) => stage)).toEqual(["complete"]);
    expect(told.filter((secret) => who(secret) !== null)).toHaveLength(1);
    const kept = await store.sessions.all();
    expect(
      kept.filter((one) => one.account === account.id).map(({ id }) => id),
    ).toEqual([open[0]!.id]);
  }
  // Else nothing was interleaved at all.
  expect(overtaken).toBeGreaterThan(50);
});
