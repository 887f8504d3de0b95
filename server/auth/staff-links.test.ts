/** The demo's staff comes in again when its sessions end, and nobody else by it. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { HOUR } from "../../contract/time.ts";
import { writeCity } from "../../test/kit/city.ts";
import { makeFolder } from "../../test/kit/folder.ts";
import { readCityPack } from "../city/pack.ts";
import { createManualClock } from "../lib/clock.ts";
import { openStore } from "../store/open.ts";
import type { Store } from "../store/store.ts";
import { firstLinks, type FirstLink } from "./first.ts";
import { openAuth, type Auth } from "./open.ts";
import { createSeal } from "./seal.ts";
import { renewed } from "./staff-links.ts";

const ABOUT = { address: "127.0.0.1", browser: "" };
const quiet = () => Promise.resolve();
const folder = makeFolder("staff-links");
const clock = createManualClock(Date.parse("2026-11-20T08:00:00+08:00"));
const audit = {
  ...{ write: quiet, prune: quiet, close: quiet },
  verify: () => Promise.reject(new Error("not asked for here")),
};
let store: Store;
let auth: Auth;
let links: FirstLink[];

beforeAll(async () => {
  store = await openStore({ url: `sqlite:${folder.path}/city.db` });
  const { cityDir } = writeCity(folder.path, {
    feeds: [],
    accounts: [
      {
        ...{ login: "staff-acceptor", role: "acceptor", nameZh: "江小受" },
        staff: "true",
      },
    ],
  });
  const pack = await readCityPack(cityDir);
  auth = await openAuth({
    ...{ store, clock, pack, audit, demo: true, secure: false },
    seal: createSeal(Buffer.alloc(32, 7)),
    ...{ cut: () => undefined, sockets: () => 0 },
    failed: (error) => expect.unreachable(String(error)),
  });
  links = await firstLinks({
    ...{ store, audit, clock, demo: true, pack },
    ...{ roles: auth.roles, signIn: auth.signIn },
  });
});
afterAll(async () => {
  auth.close();
  await store.close();
  await folder.remove();
});

const ofStaff = () => links.find(({ isStaff }) => isStaff)!;
const enter = (token: string) => auth.signIn.byLink(token, ABOUT, quiet);
const login = (secret: string) =>
  auth.who({ cookie: `chengshu=${secret}` })?.login ?? null;
async function renew() {
  const anew = await renewed(links, { store, signIn: auth.signIn, clock });
  links = anew ?? links;
  return anew !== null;
}

it("leaves good links as they are", async () => {
  expect(await renew()).toBe(false);
});

it("goes on for days: each spent link is followed by one that opens the next session", async () => {
  for (let day = 0; day < 6; day++) {
    const { token } = ofStaff();
    const secret = await enter(token);
    expect(login(secret)).toBe("staff-acceptor");
    expect(await renew()).toBe(true);
    await expect(enter(token)).rejects.toThrow();
    clock.set(clock.now() + 13 * HOUR);
    expect(login(secret)).toBeNull();
  }
});

it("has a new one before the old one ends, unspent", async () => {
  const { token } = ofStaff();
  clock.set(clock.now() + 34 * HOUR);
  expect(await renew()).toBe(false);
  clock.set(clock.now() + 2 * HOUR);
  expect(await renew()).toBe(true);
  expect(ofStaff().token).not.toBe(token);
});

it("gives nobody else a second link, and none to whom was switched off", async () => {
  const visitor = links.find(({ isStaff }) => !isStaff)!;
  await enter(ofStaff().token);
  const account = (await store.accounts.byLogin("staff-acceptor"))!;
  await store.accounts.change(account.id, { enabled: false });
  expect(await renew()).toBe(false);
  expect(links.find(({ login }) => login === visitor.login)).toEqual(visitor);
});
