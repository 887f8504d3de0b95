import { describe, expect, it } from "vitest";
import type { Action } from "../../../contract/role.ts";
import { isMine } from "./mine.ts";
import { queueRow } from "./rows.ts";

const hand = (actions: Action[], departments: string[] | null = null) => ({
  ...{ actions: new Set(actions), departments },
});

describe("what is mine to do", () => {
  it("is what was reported for who accepts, and what is registered for who dispatches", () => {
    const [reported, registered] = [
      queueRow("a"),
      queueRow("b", { status: "registered" }),
    ];
    expect(isMine(reported, hand(["triage"]))).toBe(true);
    expect(isMine(registered, hand(["triage"]))).toBe(false);
    expect(isMine(registered, hand(["dispatch"]))).toBe(true);
    expect(isMine(reported, hand(["dispatch"]))).toBe(false);
  });

  it("is an order of my own department, not another's", () => {
    const sent = queueRow("a", { status: "dispatched", handlers: ["WATER"] });
    expect(isMine(sent, hand(["handle"], ["WATER"]))).toBe(true);
    expect(isMine(sent, hand(["handle"], ["TRANS"]))).toBe(false);
    expect(isMine(sent, hand(["handle"]))).toBe(true);
  });

  it("is a request that waits for who rules, and nothing for who may only press", () => {
    const handled = queueRow("a", { status: "handling", handlers: ["WATER"] });
    expect(isMine(handled, hand(["rule"]))).toBe(false);
    const asks = { ...handled, waiting: ["extend"] };
    expect(isMine(asks, hand(["rule"]))).toBe(true);
    expect(isMine(asks, hand(["urge", "supervise", "instruct"]))).toBe(false);
  });
});
