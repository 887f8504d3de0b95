import { describe, expect, it } from "vitest";
import { createZone } from "../../../contract/zone.ts";
import { THREE } from "../../../test/kit/shifts.ts";
import { createShiftPlan } from "./plan.ts";
import { handOverFlaw, receiptFlaw, watchAt } from "./watch.ts";

const plan = createShiftPlan(THREE, createZone("Asia/Shanghai"));
const at = (time: string) => Date.parse(`2026-11-27T${time}:00+08:00`);
const early = { date: "2026-11-27", shift: "early" };
const middle = { date: "2026-11-27", shift: "middle" };
const handed = { ...early, next: middle, receivedAt: null };
const received = { ...handed, receivedAt: at("15:20") };

describe("who is on", () => {
  it.each([
    ["the clock's, where nobody ever handed over", null, "15:31", "middle", ""],
    ["the leaving shift until it is received", handed, "15:29", "early", ""],
    ["it still, after its hour", handed, "16:40", "early", "overdue"],
    ["the next as soon as it received", received, "15:21", "middle", ""],
    ["it still, if nobody relieves it", received, "23:45", "middle", "overdue"],
    [
      "the clock's again when the heir's hours are over",
      handed,
      "23:30",
      "night",
      "",
    ],
  ] as const)("%s", (_, newest, time, shift, overdue) => {
    const { on, isOverdue } = watchAt(plan, at(time), newest);
    expect(on?.shift).toBe(shift);
    expect(isOverdue).toBe(overdue === "overdue");
  });

  it("is followed by the shift after it, not by the one after the clock's", () =>
    expect(watchAt(plan, at("16:40"), handed).next?.shift).toBe("middle"));

  it("is the clock's where the city no longer has the shift that was handed over", () =>
    expect(
      watchAt(plan, at("16:40"), { ...handed, shift: "gone" }).on?.shift,
    ).toBe("middle"));
});

describe("a hand-over", () => {
  const watch = watchAt(plan, at("15:20"), null);
  const flaw = (asked: Parameters<typeof handOverFlaw>[1], by = "wang") =>
    handOverFlaw(watch, asked, by)?.code;

  it("is of the shift that is on, and not to oneself", () => {
    expect(flaw({ ...early, to: null })).toBeUndefined();
    expect(flaw({ ...middle, to: null })).toBe("notOn");
    expect(flaw({ ...early, date: "2026-11-26", to: null })).toBe("notOn");
    expect(flaw({ ...early, to: "wang" })).toBe("toHimself");
  });

  it.each([
    ["by the one it is meant for", "zhou", "zhou", ["li"], undefined],
    ["by the next shift too", "li", "zhou", ["li"], undefined],
    ["by nobody else", "qian", "zhou", ["li"], "notForYou"],
    [
      "by the next shift alone, where nobody is named",
      "qian",
      null,
      ["li"],
      "notForYou",
    ],
    [
      "by anybody on duty, where the roster knows no account",
      "qian",
      null,
      [""],
      undefined,
    ],
    ["by who gave it never", "wang", null, ["wang"], "toHimself"],
  ])("is received %s", (_, login, to, logins, code) =>
    expect(
      receiptFlaw(
        { by: "wang", to, receivedAt: null, receivedByName: null },
        login,
        logins.map((login) => ({ login })),
      )?.code,
    ).toBe(code),
  );

  it("is received once", () =>
    expect(
      receiptFlaw(
        { by: "wang", to: "li", receivedAt: 1, receivedByName: "李" },
        "li",
        [],
      )?.message,
    ).toBe("李 has received it already"));
});
