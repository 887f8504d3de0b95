/** What the administration decides before anything is drawn. */
import { describe, expect, it } from "vitest";
import type { Account } from "../../contract/account.ts";
import { api } from "../../contract/api.ts";
import { WHOLE_CITY } from "../../contract/data-scope.ts";
import { Action } from "../../contract/role.ts";
import { HOUR } from "../../contract/time.ts";
import { actsFor, stateOf } from "./accounts/acts.ts";
import { jsonRows } from "./audit/json.ts";
import { isReason } from "./audit/reasons.ts";
import { actsFor as wallActs, plainCode } from "./devices/states.ts";
import { isChanged, listRow, valueRow } from "./difference.ts";
import { groupsOf, SECTIONS, sectionsFor } from "./sections.ts";
import { fieldOf } from "./submit.ts";
import { instantOf, minute, second, wallClock } from "./when.ts";
import { words } from "./words/index.ts";

const ids = (permissions: Action[]) =>
  sectionsFor(permissions).map(({ id }) => id);

describe("the navigation", () => {
  it("offers the audit's administrator the audit, and nothing else", () => {
    expect(ids(["readAudit"])).toEqual(["audit"]);
    expect(groupsOf(sectionsFor(["readAudit"]))).toHaveLength(1);
  });

  it("offers who may only watch no section at all", () =>
    expect(ids(["watch", "openVideo"])).toEqual([]));

  it("offers a screen administrator the walls, and the security administrator people and rights", () => {
    expect(ids(["watch", "manageDevices"])).toEqual(["devices"]);
    expect(ids(["readAccounts", "changeRights", "permit"])).toEqual([
      ...["accounts", "rights", "roles", "policy", "sessions"],
    ]);
  });

  it("has a word for each section and an explanation for each action", () => {
    for (const { frame, actions } of [words.zh, words.en]) {
      expect(Object.keys(frame.section).sort()).toEqual(
        SECTIONS.map(({ id }) => id).sort(),
      );
      expect(Object.keys(actions).sort()).toEqual([...Action.options].sort());
    }
  });
});

describe("a difference", () => {
  it("shows what stays, then what goes, then what comes", () => {
    expect(
      listRow("Roles", ["dispatcher", "leader"], ["leader", "acceptor"]).parts,
    ).toEqual([
      { mark: "kept", text: "leader" },
      { mark: "removed", text: "dispatcher" },
      { mark: "added", text: "acceptor" },
    ]);
  });

  it("is none where only the order differs", () =>
    expect(isChanged(listRow("", ["a", "b"], ["b", "a"]))).toBe(false));

  it("of a value that was not there only comes", () =>
    expect(valueRow("Link", null, "new").parts).toEqual([
      { mark: "added", text: "new" },
    ]));

  it("of two lines of the audit names each field that differs by its path", () => {
    const rows = jsonRows(
      '{"name":"王敏","scope":{"districts":["D1","D2"]},"rev":1,"allow":null}',
      '{"name":"王敏","scope":{"districts":["D2"]},"rev":2,"allow":["10.0.0.0/8"]}',
    );
    expect(rows.map(({ label }) => label)).toEqual([
      ...["scope.districts", "rev", "allow"],
    ]);
    expect(rows[0]!.parts).toContainEqual({ mark: "removed", text: "D1" });
  });

  it("of a list that was not there before only adds to it", () =>
    expect(jsonRows("", '{"roles":["leader"]}')[0]!.parts).toEqual([
      { mark: "added", text: "leader" },
    ]));

  it("reads an empty before as nothing, and a text that is no JSON as itself", () => {
    expect(jsonRows("", "")).toEqual([]);
    expect(jsonRows("", '{"enabled":true}')[0]).toMatchObject({
      ...{ label: "enabled", parts: [{ mark: "added", text: "true" }] },
    });
    expect(jsonRows("broken {", "")[0]!.parts[0]!.text).toBe("broken {");
  });
});

const NOON = Date.UTC(2026, 10, 20, 4);
const account = (more: Partial<Account>): Account => ({
  ...{ id: "a", login: "wangmin", name: "王敏", staffNo: "1", roles: [] },
  ...{ scope: WHOLE_CITY, enabled: true, origin: "local", rev: 1 },
  ...{ hasPassword: true, hasSecondFactor: false, createdAt: NOON },
  ...{ signedInAt: null, lockedUntil: null, ...more },
});
const anything = () => true;

describe("an account", () => {
  it("is unlocked only while it is locked, and enabled only by two", () => {
    const locked = account({ lockedUntil: NOON + HOUR });
    expect(stateOf(locked, NOON)).toBe("locked");
    expect(actsFor(locked, anything, NOON)).toContain("unlock");
    expect(actsFor(locked, anything, NOON + HOUR)).not.toContain("unlock");
    const left = account({ enabled: false });
    expect(actsFor(left, (a) => a === "manageAccounts", NOON)).toEqual([
      "correct",
    ]);
    expect(actsFor(left, (a) => a === "changeRights", NOON)).toEqual([
      "enable",
    ]);
  });

  it("of a separated administrator gets a new link by two persons only", () => {
    const acts = actsFor(account({ roles: ["secAdmin"] }), anything, NOON);
    expect(acts).toContain("reset");
    expect(acts).not.toContain("newLink");
  });

  it("of the single sign-on has no link, and wants for no password", () => {
    const ours = account({ origin: "singleSignOn", hasPassword: false });
    expect(stateOf(ours, NOON)).toBe("enabled");
    expect(actsFor(ours, anything, NOON)).not.toContain("newLink");
  });
});

it("reads a wall's code however it was typed, and leaves a revoked wall alone", () => {
  expect(plainCode(" ab-cd 12")).toBe("ABCD12");
  const wall = { state: "revoked" } as Parameters<typeof wallActs>[0];
  expect(wallActs(wall)).toEqual([]);
});

it("writes instants by the city's clock, and reads them back", () => {
  const zone = "Asia/Shanghai";
  expect(minute(NOON, zone)).toBe("2026-11-20 12:00");
  expect(second(NOON, zone)).toBe("2026-11-20 12:00:00");
  for (const there of [zone, "America/New_York", "Asia/Kathmandu"])
    expect(instantOf(wallClock(NOON, there), there)).toBe(NOON);
  // An hour before and after the clocks went back.
  for (const at of [Date.UTC(2026, 10, 1, 4), Date.UTC(2026, 10, 1, 8)])
    expect(
      instantOf(wallClock(at, "America/New_York"), "America/New_York"),
    ).toBe(at);
});

it("finds the field that a problem speaks of", () => {
  expect(fieldOf("/body/login")).toBe("login");
  expect(fieldOf("/body/screens/0")).toBe("screens");
  expect(fieldOf("/query/login")).toBe("");
});

it("takes a detail for a person's own words only where a reason was asked for", () => {
  const done = (act: string) => isReason({ act, result: "done" });
  for (const act of ["disableAccount", "requestChange", "confirmChange"])
    expect(done(act), act).toBe(true);
  for (const act of ["signIn", "openCamera", "firstStart", "constructor"])
    expect(done(act), act).toBe(false);
  expect(isReason({ act: "disableAccount", result: "failed" })).toBe(false);
});

it("has a name for every audited door in both languages", () => {
  const audited = Object.entries(api)
    .filter(([, { audited }]) => audited)
    .map(([name]) => name);
  for (const { audit } of [words.zh, words.en])
    expect(audited.filter((name) => !(name in audit.acts))).toEqual([]);
});

/** `a.b.c` of every text, and its holes. */
function textsOf(at: object, before = ""): [string, string[]][] {
  return Object.entries(at).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[before + key, value.match(/\{\w+\}/g)?.sort() ?? []]]
      : textsOf(value as object, `${before}${key}.`),
  );
}
it("says the same things in both languages, with the same holes", () =>
  expect(new Map(textsOf(words.en))).toEqual(new Map(textsOf(words.zh))));
