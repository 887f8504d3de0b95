import { expect, it } from "vitest";
import { say, type SentenceCode } from "../../contract/sentence.ts";
import { SENTENCES } from "../../contract/sentences.ts";
import { told, toldText } from "./sentence.ts";
import { en } from "./sentences/en.ts";
import { zh } from "./sentences/zh.ts";

const codes = Object.keys(SENTENCES) as SentenceCode[];
const holes = (text: string) => text.match(/\{\w+\}/g)?.sort() ?? [];

it.each(codes)("has %s in both languages, with every fact of it", (code) => {
  for (const words of [zh, en])
    expect(holes(words[code])).toEqual(holes(SENTENCES[code]));
  expect(zh[code]).toMatch(/\p{Script=Han}/u);
  expect(en[code]).not.toMatch(/\p{Script=Han}/u);
});

const names = {
  role: (code: string) => ({ sysAdmin: "系统管理员" })[code] ?? code,
  action: () => "变更权限",
};

it("names roles and actions where the page knows them, else by their codes", () => {
  const roles = ["sysAdmin", "secAdmin"];
  const flaw = say("actionReserved", { action: "changeRights", roles });
  expect(told(flaw, "zh", names)).toBe(
    "「变更权限」只能授予系统管理员、secAdmin",
  );
  expect(told(flaw, "en")).toBe(
    "“changeRights” is for sysAdmin, secAdmin alone",
  );
});

it("says the hub's own sentence where it has no code", () =>
  expect(told({ message: "of tomorrow" }, "zh")).toBe("of tomorrow"));

it("says a line of the audit that is several sentences, or one of them again and again", () => {
  expect(toldText("by password; next: enrol", "zh")).toBe(
    "凭密码；下一步：设置两步验证",
  );
  expect(toldText("a wrong code; from now on the account waits", "zh")).toBe(
    "验证码不正确；账号从此刻起须等待",
  );
  expect(toldText("sysAdmin may not reveal (7 times more)", "zh", names)).toBe(
    "系统管理员没有「变更权限」的权限（另有 7 次）",
  );
});

it("says which lines of the audit are not there", () => {
  const finding =
    "lines 56 to 60 are missing: the seal ends with line 60; the end was cut off";
  expect(toldText(finding, "zh")).toBe(
    "缺第 56 至 60 条：封印到第 60 条为止，结尾被截去",
  );
  expect(toldText(finding, "en")).toBe(finding);
});

it("leaves a line alone of which it knows a part only", () => {
  const line = "by password; and by luck";
  expect(toldText(line, "zh")).toBe(line);
});
