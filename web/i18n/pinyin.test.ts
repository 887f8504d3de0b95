import { expect, it } from "vitest";
import { lettersOf, wantPinyin } from "./pinyin.ts";

it("finds a Chinese name by its letters and initials, once somebody types letters", async () => {
  wantPinyin("交通");
  expect(lettersOf("交通局")).toBe("");
  wantPinyin("jt");
  await expect.poll(() => lettersOf("交通局")).toBe("jiaotongju jtj");
  expect(lettersOf("重庆路")).toBe("chongqinglu cql");
  expect(lettersOf("12345热线")).toContain("rexian");
  expect(lettersOf("Transport")).toBe("");
});
