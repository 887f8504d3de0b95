import { expect, it } from "vitest";
import type { HistoryLine } from "../../contract/incident.ts";
import { toldOf } from "./told.ts";

let rev = 0;
const line = (
  what: string,
  facts: Record<string, unknown>,
  who = "leader",
): HistoryLine => ({
  ...{ rev: ++rev, at: rev, who, name: "", what, detail: "", facts },
  ...{ from: null, to: null },
});
const told = (history: HistoryLine[], kind: "register" | "extend" = "extend") =>
  toldOf(history, [{ no: 1, kind }]).map(
    ({ what, result, text }) => `${what} ${result ?? ""} ${text}`,
  );

it("tells a department why its work came back, the newest first", () => {
  expect(
    told([
      line("dispatch", { lead: "DRAIN", note: "先设围挡" }),
      line("sign", { order: 1 }),
      line("feedBack", { order: 1, note: "已更换" }),
      line("check", { result: "failed", note: "没有固定" }),
      line("rework", { reason: "请重新处置" }),
    ]),
  ).toEqual([
    "rework  请重新处置",
    "check failed 没有固定",
    "dispatch  先设围挡",
  ]);
});

it("tells whoever urged, with or without a word, and leaves clocks to the time that is left", () => {
  expect(
    told([
      line("urge", { urgings: [{ stage: "sign", mark: 50 }] }, "clock"),
      line("urge", { note: "" }),
      line("urge", { note: "今晚完成" }),
    ]),
  ).toEqual(["urge  今晚完成", "urge  "]);
});

it("tells what was said to the department's own request, and nothing of a proposal to register", () => {
  const agreed = [line("agree", { request: 1, note: "准延两天" })];
  expect(told(agreed)).toEqual(["agree  准延两天"]);
  expect(told(agreed, "register")).toEqual([]);
});

it("tells that a request was agreed to without a word, and which", () => {
  const agreed = [line("agree", { request: 1, note: "" })];
  expect(toldOf(agreed, [{ no: 1, kind: "extend" }])).toMatchObject([
    { what: "agree", asked: "extend", text: "" },
  ]);
});

it("leaves out what says nothing", () => {
  expect(told([line("dispatch", { note: "" }), line("merge", {})])).toEqual([]);
});

it("leaves out what was taken back", () => {
  const rework = line("rework", { reason: "弄错了" });
  expect(told([rework, line("undo", {})])).toEqual([]);
  expect(told([rework, line("undo", {}, "another")])).toHaveLength(1);
});
