import { describe, expect, it } from "vitest";
import { groupOf, isHelping, ownOf, type Pressed } from "./groups.ts";

const NOW = 1_000;
const row = (more: Partial<Pressed> = {}): Pressed => ({
  ...{ status: "handling", due: null, waiting: [], handlers: ["WATER", "GAS"] },
  ...more,
});
const due = (yellowAt: number | null, pausedAt: number | null = null) => ({
  ...{ stage: "handle" as const, startedAt: 0, yellowAt, pausedAt },
  ...{ limit: { amount: 1, type: "workDay" as const } },
  ...{ dueAt: yellowAt && yellowAt + 500, firstDueAt: yellowAt },
});

describe("an order in a department's inbox", () => {
  it.each([
    ["sent to it", row({ status: "dispatched" }), null, "toSign"],
    ["in its hands", row(), null, "handling"],
    ["in its hands with time", row({ due: due(1_001) }), null, "handling"],
    ["running out of time", row({ due: due(1_000) }), null, "runningOut"],
    ["late but paused", row({ due: due(500, 400) }), null, "handling"],
    [
      "asked to be returned",
      row({ due: due(1), waiting: ["return"] }),
      null,
      "asked",
    ],
    ["proposed by the desk", row({ waiting: ["register"] }), null, "handling"],
    ["suspended", row({ status: "suspended" }), null, "suspended"],
    ["being checked", row({ status: "checking" }), null, "fedBack"],
    ["not its own yet", row({ status: "registered" }), null, null],
    ["unsigned by a co-handler", row(), "sent", "toSign"],
    ["fed back by a co-handler", row(), "fedBack", "fedBack"],
    ["taken away from it", row(), "returned", null],
  ] as const)("that is %s", (_what, given, order, group) => {
    expect(groupOf(given, order, NOW)).toBe(group);
  });

  it("is theirs by their own departments, the lead's status for all others", () => {
    expect(ownOf(row(), ["GAS", "ROADS"])).toEqual(["GAS"]);
    expect(ownOf(row(), null)).toEqual(["WATER", "GAS"]);
    expect(isHelping(row(), ["GAS"])).toBe(true);
    expect(isHelping(row(), ["WATER"])).toBe(false);
    expect(isHelping(row(), null)).toBe(false);
  });
});
