import { expect, it } from "vitest";
import type { z } from "zod";
import { accountDoors } from "../../contract/account.ts";
import { Policy } from "../../contract/rights.ts";
import { deviceDoors } from "../../contract/device.ts";
import { unprocessable } from "./problem.ts";

/** What stands against the only wrong field. */
function against(schema: z.ZodType, given: unknown) {
  const { error } = schema.safeParse(given);
  return unprocessable("body", error!).errors!.at(-1);
}
const account = { login: "wang", name: "王敏", staffNo: "1" };
const { body: Added } = accountDoors.createAccount;
const { body: Paired } = deviceDoors.approveDevice;
const scope = { departments: null, districts: null };

it("says the rule of a login by its code", () =>
  expect(against(Added, { ...account, login: "Wang Min" })).toMatchObject({
    ...{ path: "/body/login", code: "loginShape" },
  }));

it("says how long a name may be, and how short", () => {
  expect(against(Added, { ...account, name: "" })).toMatchObject({
    ...{ code: "tooShort", facts: { least: 1 } },
  });
  expect(against(Added, { ...account, name: "王".repeat(81) })).toMatchObject({
    ...{ code: "tooLong", facts: { most: 80 } },
  });
});

it("says what a text holds that nobody can keep", () =>
  expect(against(Added, { ...account, name: "a\0" })).toMatchObject({
    code: "nulCharacter",
  }));

it("says how many screens a wall needs", () =>
  expect(
    against(Paired, { code: "ABCD", name: "hall", screens: [], scope }),
  ).toMatchObject({ code: "tooFew", facts: { least: 1 } }));

it("says between what a number lies, and keeps the schema's own English", () =>
  expect(against(Policy.pick({ lockAfter: true }), { lockAfter: 99 })).toEqual({
    ...{ path: "/body/lockAfter", code: "tooHigh", facts: { most: 20 } },
    message: expect.stringMatching(/<=20/) as string,
  }));

it("says that it does not understand what is missing", () =>
  expect(against(Added, { login: "wang", name: "王敏" })).toMatchObject({
    ...{ path: "/body/staffNo", code: "notUnderstood" },
  }));
