import { describe, expect, it } from "vitest";
import {
  groupOf,
  isHelping,
  isUntold,
  ownOf,
  partOf,
  type OwnPart,
  type Pressed,
} from "./groups.ts";
import type { OrderStatus } from "../../contract/work-order.ts";
import { EMPTY_DOSSIER } from "../../contract/dossier.ts";

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

const part = (status: OrderStatus, isAsking = false): OwnPart => ({
  ...{ status, isAsking, toSign: null },
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
    ["unsigned by a co-handler", row(), part("sent"), "toSign"],
    ["fed back by a co-handler", row(), part("fedBack"), "fedBack"],
    ["taken away from it", row(), part("returned"), null],
    [
      "asked to be returned before it was signed for",
      row({ status: "dispatched", waiting: ["return"] }),
      null,
      "asked",
    ],
    [
      "signed for by nobody while another department asked for its return",
      row({ waiting: ["return"] }),
      part("sent"),
      "toSign",
    ],
    ["its own request", row(), part("sent", true), "asked"],
  ] as const)("that is %s", (_what, given, own, group) => {
    expect(groupOf(given, own, NOW)).toBe(group);
  });

  it("is theirs by their own departments, the lead's status for all others", () => {
    expect(ownOf(row(), ["GAS", "ROADS"])).toEqual(["GAS"]);
    expect(ownOf(row(), null)).toEqual(["WATER", "GAS"]);
    expect(isHelping(row(), ["GAS"])).toBe(true);
    expect(isHelping(row(), ["WATER"])).toBe(false);
    expect(isHelping(row(), null)).toBe(false);
  });

  it("is asked about where a row of the queue does not say how their part stands", () => {
    expect(isUntold(row(), ["GAS"])).toBe(true);
    expect(isUntold(row(), ["WATER"])).toBe(false);
    expect(isUntold(row({ status: "dispatched" }), ["WATER"])).toBe(true);
    expect(isUntold(row({ waiting: ["extend"] }), ["WATER"])).toBe(true);
    expect(isUntold(row({ status: "dispatched" }), null)).toBe(false);
  });

  it("has its own deadline to sign, and its own requests", () => {
    const order = (no: number, department: string) => ({
      ...{ no, department, isLead: no === 1, status: "sent" as const },
      ...{ sentAt: 0, signedAt: null, signedBy: null, feedback: null },
    });
    const orders = [order(1, "WATER"), order(2, "GAS")];
    const dossier = { ...EMPTY_DOSSIER, orders };
    const sign = (no: number) => ({
      ...due(no),
      ...{ stage: "sign" as const, order: no },
    });
    const view = { dossier, clocks: [sign(1), sign(2)] };
    const ofGas = partOf(view, ({ department }) => department === "GAS");
    expect(ofGas).toEqual({ ...part("sent"), toSign: sign(2) });
    expect(partOf(view, () => false)).toBeNull();
  });
});
