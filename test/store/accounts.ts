/** What the store keeps of accounts, sessions, rights, walls and departments, over one engine. */
import { describe, expect, it } from "vitest";
import type { RoleCode } from "../../contract/role.ts";
import { DAY, MINUTE } from "../../contract/time.ts";
import type {
  AccountRecord,
  ChangeRecord,
  DeviceRecord,
  SessionRecord,
  Store,
} from "../../server/store/store.ts";
import { at, HOSTILE, KEPT } from "./city.ts";

const NOW = at("2026-11-20 08:00");

const accountOf = (
  login: string,
  more: Partial<AccountRecord> = {},
): AccountRecord => ({
  ...{ id: `id-${login}`, login, name: login, staffNo: `SN-${login}` },
  ...{ roles: [], scope: { departments: null, districts: ["990101"] } },
  ...{ enabled: true, origin: "local", subject: null, password: null },
  ...{ passwordAt: null, mustChange: true, former: [], factor: null },
  ...{ factorStep: 0, recovery: [], failures: 0, lockedUntil: null },
  ...{ createdAt: NOW, signedInAt: null, rev: 1, ...more },
});

const changeOf = (id: string, at: number): ChangeRecord => ({
  ...{ id, change: { kind: "enable", account: "a" }, target: "a" },
  ...{ before: null, reason: HOSTILE, by: "sec", byName: "Sec" },
  ...{ byAccount: "s", byPermits: true, at, state: "waiting" },
  ...{ decidedBy: null, decidedAt: null },
});

export function accountsOf(store: () => Store): void {
  const added = async (login: string, more: Partial<AccountRecord> = {}) => {
    const account = accountOf(login, more);
    expect(await store().accounts.add(account)).toBe(true);
    return account;
  };
  const get = async (id: string) => (await store().accounts.get(id))!;

  describe("accounts", () => {
    it("are told back as they are, by any of their names", async () => {
      const { accounts } = store();
      const zhang = await added("zhang", {
        ...{ name: HOSTILE, roles: ["dutyOfficer", "leader"], rev: 3 },
        ...{ subject: "https://issuer#1", password: "scrypt$1", former: ["x"] },
        ...{ factor: "sealed", recovery: ["h1", "h2"], signedInAt: NOW },
      });
      const kept = { ...zhang, name: KEPT };
      expect(await accounts.get("id-zhang")).toEqual(kept);
      expect(await accounts.byLogin("zhang")).toEqual(kept);
      expect(await accounts.byStaffNo("SN-zhang")).toEqual(kept);
      expect(await accounts.bySubject("https://issuer#1")).toEqual(kept);
      expect(await accounts.byLogin("ZHANG")).toBeNull();
    });

    it("are one a login and one a staff number", async () => {
      const { accounts } = store();
      for (const again of [
        accountOf("zhang", { id: "other", staffNo: "other" }),
        accountOf("other", { staffNo: "SN-zhang", roles: ["sysAdmin"] }),
      ])
        expect(await accounts.add(again)).toBe(false);
      expect(await accounts.byLogin("other")).toBeNull();
      expect(await accounts.holders("sysAdmin")).toEqual([]);
    });

    it.each<[RoleCode, RoleCode]>([
      ["sysAdmin", "secAdmin"],
      ["secAdmin", "auditAdmin"],
      ["auditAdmin", "sysAdmin"],
    ])("never hold %s and %s together", async (one, other) => {
      const { accounts } = store();
      const both = accountOf(`both-${one}`, { roles: [one, other] });
      await expect(accounts.add(both)).rejects.toThrow();
      expect(await accounts.get(both.id)).toBeNull();
      const { id, scope } = await added(`only-${one}`, { roles: [one] });
      const narrow = { departments: ["TRANS"], districts: [] };
      await expect(
        accounts.setAccess(id, [one, other], narrow),
      ).rejects.toThrow();
      expect(await get(id)).toMatchObject({ roles: [one], scope, rev: 1 });
      await accounts.setAccess(id, [other], narrow);
      expect(await get(id)).toMatchObject({
        ...{ roles: [other], scope: narrow, rev: 2 },
      });
      await accounts.setAccess(id, [], scope);
    });

    it("page by login, by role and by what somebody looks for, whose signs mean themselves", async () => {
      const { accounts } = store();
      for (const i of [1, 2, 3])
        await added(`page-${i}`, { name: `100%_${i}`, roles: ["acceptor"] });
      await added("page-4", { enabled: false, roles: ["acceptor"] });
      const logins = (page: { items: AccountRecord[] }) =>
        page.items.map(({ login }) => login);
      const first = await accounts.page({ role: "acceptor", limit: 3 });
      expect(logins(first)).toEqual(["page-1", "page-2", "page-3"]);
      const cursor = first.cursor!;
      const rest = await accounts.page({ role: "acceptor", limit: 3, cursor });
      expect([logins(rest), rest.cursor]).toEqual([["page-4"], null]);
      const found = await accounts.page({ search: "0%_2", limit: 9 });
      expect(logins(found)).toEqual(["page-2"]);
      const holders = await accounts.holders("acceptor");
      expect(holders.map(({ login }) => login)).toEqual([
        ...["page-1", "page-2", "page-3"],
      ]);
    });

    it("change where nobody changed them before", async () => {
      const { accounts } = store();
      const { id } = await added("wu");
      const changed = await accounts.change(id, { name: "Wu" }, 1);
      expect(changed).toMatchObject({ name: "Wu", rev: 2 });
      expect(await accounts.change(id, { name: "Wo" }, 1)).toBeNull();
      expect((await get(id)).name).toBe("Wu");
    });

    it("count tries, however many at once, wait, and begin anew after it", async () => {
      const { accounts } = store();
      const { id } = await added("guessed");
      const tryAt = (now: number) => accounts.countTry(id, now, 5, MINUTE);
      const counts = await Promise.all(
        Array.from({ length: 30 }, () => tryAt(NOW)),
      );
      const counted = counts.filter((count) => count !== null);
      expect(counted.sort()).toEqual([1, 2, 3, 4, 5]);
      expect((await get(id)).lockedUntil).toBe(NOW + MINUTE);
      expect(await tryAt(NOW + MINUTE - 1)).toBeNull();
      expect(await tryAt(NOW + MINUTE)).toBe(1);
      expect((await get(id)).lockedUntil).toBeNull();
      expect(await accounts.countTry("nobody", NOW, 5, MINUTE)).toBeNull();
    });

    it("forgive a right try and the wait that it began, and no other", async () => {
      const { accounts } = store();
      const { id } = await added("forgiven");
      for (let i = 0; i < 3; i++) await accounts.countTry(id, NOW, 3, MINUTE);
      await accounts.forgiveTry(id, 3);
      expect(await get(id)).toMatchObject({ failures: 2, lockedUntil: null });
      expect(await accounts.countTry(id, NOW, 2, MINUTE)).toBe(3);
      await accounts.forgiveTry(id, 2);
      const lockedUntil = NOW + MINUTE;
      expect(await get(id)).toMatchObject({ failures: 2, lockedUntil });
      for (let i = 0; i < 5; i++) await accounts.forgiveTry(id, 2);
      expect((await get(id)).failures).toBe(0);
    });

    it("spend a step, a recovery code and a link once, of two at once too", async () => {
      const { accounts } = store();
      const { id } = await added("spends", { recovery: ["a", "b"] });
      const twice = async (spend: () => Promise<boolean>) => {
        const both = await Promise.all([spend(), spend()]);
        expect(both.sort()).toEqual([false, true]);
      };
      await twice(() => accounts.spendStep(id, 59));
      expect(await accounts.spendStep(id, 58)).toBe(false);
      await twice(() => accounts.spendRecovery(id, ["a", "b"], ["b"]));
      expect(await get(id)).toMatchObject({ factorStep: 59, recovery: ["b"] });
      await accounts.addLink("first", id, NOW + 1);
      await accounts.addLink("second", id, NOW + 1);
      expect(await accounts.byLink("first", NOW)).toBeNull();
      expect(await accounts.byLink("second", NOW + 1)).toBeNull();
      expect(await accounts.spendLink("second", NOW + 1)).toBe(false);
      expect(await accounts.byLink("second", NOW)).toMatchObject({ id });
      await twice(() => accounts.spendLink("second", NOW));
      await accounts.addLink("third", id, NOW + 1);
      await accounts.dropLinks(id);
      expect(await accounts.spendLink("third", NOW)).toBe(false);
    });
  });

  it("keeps sessions with their stage, and where they came from as it was", async () => {
    const { sessions } = store();
    const session = (id: string, openedAt: number): SessionRecord => ({
      ...{ id, account: "id-zhang", stage: "code", openedAt },
      ...{ activeAt: openedAt, until: NOW + DAY, address: "10.0.0.1" },
      browser: HOSTILE,
    });
    const [one, two] = [session("one", NOW + 1), session("two", NOW)];
    await sessions.put([one, two]);
    const moved = { ...one, stage: "complete" as const, activeAt: NOW + 9 };
    await sessions.put([{ ...moved, address: "elsewhere" }]);
    const kept = [two, moved].map((row) => ({ ...row, browser: KEPT }));
    expect(await sessions.all()).toEqual(kept);
    await sessions.remove(["two", "none"]);
    expect((await sessions.all()).map(({ id }) => id)).toEqual(["one"]);
  });

  describe("changes of rights", () => {
    it("are decided once, of two at once too", async () => {
      const { rights } = store();
      const change = changeOf("c1", NOW);
      await rights.put(change);
      expect(await rights.get("c1")).toEqual(change);
      const by = { decidedBy: "sys", decidedAt: NOW + 1 };
      const both = await Promise.all([
        rights.decide("c1", "confirmed", by),
        rights.decide("c1", "confirmed", by),
      ]);
      expect(both.filter((one) => one !== null)).toEqual([
        { ...change, ...by, state: "confirmed" },
      ]);
      expect(await rights.decide("none", "refused", by)).toBeNull();
    });

    it("page newest first, by state and by when they were asked for", async () => {
      const { rights } = store();
      for (const i of [2, 3, 4]) await rights.put(changeOf(`c${i}`, NOW + i));
      const ids = (page: { items: ChangeRecord[] }) =>
        page.items.map(({ id }) => id);
      const first = await rights.page({ limit: 3 });
      expect(ids(first)).toEqual(["c4", "c3", "c2"]);
      const rest = await rights.page({ limit: 3, cursor: first.cursor! });
      expect([ids(rest), rest.cursor]).toEqual([["c1"], null]);
      const waiting = { state: "waiting" as const, limit: 9 };
      expect(ids(await rights.page(waiting))).toEqual(["c4", "c3", "c2"]);
      const since = await rights.page({ ...waiting, from: NOW + 3 });
      expect(ids(since)).toEqual(["c4", "c3"]);
      const before = await rights.page({ ...waiting, to: NOW + 3 });
      expect(ids(before)).toEqual(["c2"]);
    });

    it("of roles are kept by role", async () => {
      const { rights } = store();
      await rights.setRoleActions("leader", ["watch", "openVideo"]);
      await rights.setRoleActions("leader", ["watch"]);
      await rights.setRoleActions("acceptor", []);
      expect(await rights.roleActions()).toEqual(
        new Map<RoleCode, string[]>([
          ["leader", ["watch"]],
          ["acceptor", []],
        ]),
      );
    });
  });

  it("keeps walls, each with a token of its own", async () => {
    const { devices } = store();
    const wall = (id: string, more: Partial<DeviceRecord> = {}) => ({
      ...{ id, name: HOSTILE, screens: ["city-overview"], enabled: true },
      ...{ scope: { departments: null, districts: null }, revoked: false },
      ...{ pairedAt: NOW, pairedBy: "sys", seenAt: null, address: "" },
      ...{ browser: "", token: `token-${id}`, tokenAt: NOW, former: null },
      ...{ formerUntil: null, rev: 1, ...more },
    });
    await devices.put([wall("east"), wall("west")]);
    const former = { former: "token-east", formerUntil: NOW + MINUTE };
    const turned = wall("east", { ...former, token: "fresh", rev: 2 });
    await devices.put([turned]);
    await expect(
      devices.put([wall("north", { token: "fresh" })]),
    ).rejects.toThrow();
    const kept = [turned, wall("west")].map((row) => ({ ...row, name: KEPT }));
    expect(await devices.all()).toEqual(kept);
  });

  it("keeps an administrator's name of a department when the city pack is read again", async () => {
    const { departments } = store();
    const row = (code: string, nameEn: string) => ({
      ...{ code, nameZh: HOSTILE, nameEn },
    });
    await departments.import([row("ECO", "Ecology"), row("TRANS", "Transit")]);
    await departments.put(row("ECO", "Environment"));
    await departments.import([row("ECO", "Ecology"), row("TRANS", "Traffic")]);
    expect(await departments.all()).toEqual(
      [row("ECO", "Environment"), row("TRANS", "Traffic")].map((one) => ({
        ...{ ...one, nameZh: KEPT },
      })),
    );
  });
}
