import { expect, it } from "vitest";
import { rulesMet } from "./rules.ts";

const met = (
  password: string,
  again = password,
  least = { length: 10, kinds: 3 },
) => rulesMet({ password, again, login: "lin.wei" }, least);

it("ticks the rules one by one while a password is typed", () => {
  expect(met("")).toEqual({
    ...{ length: false, kinds: false, own: false, equal: false },
  });
  expect(met("river", "")).toMatchObject({ length: false, own: true });
  expect(met("River-flows", "River")).toEqual({
    ...{ length: true, kinds: true, own: true, equal: false },
  });
  expect(met("River-flows")).toMatchObject({ equal: true });
});

it("counts letters, not the units they are stored in", () => {
  expect(met("江江江江江江江江江").length).toBe(false);
  expect(met("🌉🌉🌉🌉🌉").length).toBe(false);
});

it("sees the login name in any case", () =>
  expect(met("xX-LIN.Wei-99").own).toBe(false));

it("takes the length that the hub told in place of the usual one", () =>
  expect(met("River-flow", "", { length: 14, kinds: 3 }).length).toBe(false));
