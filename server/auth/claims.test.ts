/** What a single sign-on says, read as an account of ours. */
import { describe, expect, it } from "vitest";
import { readClaims, scopeOf, type ClaimRules } from "./claims.ts";

const RULES: ClaimRules = {
  ...{ rolesClaim: "roles", roles: { duty: "dutyOfficer", boss: "leader" } },
  ...{ departmentsClaim: "departments", districtsClaim: null },
  ...{ loginClaim: "preferred_username", staffClaim: "sub" },
  strong: ["mfa"],
};
const CLAIMS = {
  ...{ iss: "https://id.city.example", sub: "u-1" },
  ...{ preferred_username: "Li.Si", roles: ["duty"] },
};
const read = (change: object, rules: object = {}) =>
  readClaims({ ...CLAIMS, ...change }, { ...RULES, ...rules });

describe("a person of the single sign-on", () => {
  it("is named by issuer and subject for ever, and called as the claims say", () =>
    expect(read({})).toEqual({
      ...{ subject: "https://id.city.example#u-1", staffNo: "u-1" },
      ...{ login: "li.si", name: "li.si", roles: ["dutyOfficer"] },
      ...{ departments: { list: [] }, districts: null, strong: false },
    }));

  it.each([
    [{ preferred_username: "李四" }, /preferred_username is no login/],
    [{ preferred_username: 7 }, /preferred_username is no login/],
    [{ roles: [] }, /roles names no role/],
    [{ roles: ["constructor", "cook"] }, /roles names no role/],
    [{ roles: { duty: true } }, /roles names no role/],
  ])("is nobody of ours with %j", (change, why) =>
    expect(read(change)).toMatch(why),
  );

  it("has every role that is named, once", () =>
    expect(read({ roles: ["boss", "duty", "boss"] })).toMatchObject({
      roles: ["leader", "dutyOfficer"],
    }));

  it("gave a second factor where one of the ways says so", () => {
    expect(read({ amr: ["pwd", "mfa"] })).toMatchObject({ strong: true });
    expect(read({ amr: "pwd" })).toMatchObject({ strong: false });
  });
});

describe("what a person of the single sign-on sees", () => {
  const scope = (claims: object, rules: object, before: object | null) => {
    const person = read(claims, rules);
    if (typeof person === "string") throw new Error(person);
    return scopeOf(person, before as never);
  };
  const neither = { departmentsClaim: null, districtsClaim: null };
  const both = { departmentsClaim: "departments", districtsClaim: "districts" };

  it("is no department where no claim speaks of them, until administrators say otherwise", () => {
    expect(scope({}, neither, null)).toEqual({
      ...{ departments: [], districts: null },
    });
    const given = { departments: ["TEST"], districts: ["1"] };
    expect(scope({}, neither, given)).toEqual(given);
  });

  it("is what the claims list, all for *, and nothing where they are missing", () => {
    const before = { departments: null, districts: null };
    expect(
      scope({ departments: "TEST", districts: "*" }, both, before),
    ).toEqual({ departments: ["TEST"], districts: null });
    expect(scope({}, both, before)).toEqual({
      ...{ departments: [], districts: [] },
    });
  });
});
