import { describe, expect, it } from "vitest";
import type { OrderStatus, WorkOrder } from "../../contract/work-order.ts";
import { heldByLead } from "./acts.ts";

const order = (
  department: string,
  isLead: boolean,
  status: OrderStatus,
): WorkOrder =>
  ({ department, isLead, status }) satisfies Partial<WorkOrder> as WorkOrder;
const isOurs = ({ department }: WorkOrder) => department === "ECO";
const held = (lead: OrderStatus, co: OrderStatus) =>
  heldByLead([order("URBAN", true, lead), order("ECO", false, co)], isOurs);

describe("a co-handler that works on its order", () => {
  it("is told that the lead has not signed, or suspended it", () => {
    expect(held("sent", "handling")).toEqual({
      why: "unsigned",
      lead: "URBAN",
    });
    expect(held("suspended", "handling")).toEqual({
      ...{ why: "suspended", lead: "URBAN" },
    });
  });

  it("is told nothing where it may feed back, or has yet to sign, or has fed back", () => {
    expect(held("handling", "handling")).toBeNull();
    expect(held("sent", "sent")).toBeNull();
    expect(held("sent", "fedBack")).toBeNull();
  });

  it("goes by the lead of now, not by one that returned it", () => {
    const before = order("HOUS", true, "returned");
    const orders = [
      ...[before, order("URBAN", true, "handling")],
      order("ECO", false, "handling"),
    ];
    expect(heldByLead(orders, isOurs)).toBeNull();
  });

  it("is nobody who leads, or of another department", () => {
    expect(heldByLead([order("ECO", true, "sent")], isOurs)).toBeNull();
    const others = [
      order("URBAN", true, "sent"),
      order("HOUS", false, "handling"),
    ];
    expect(heldByLead(others, isOurs)).toBeNull();
  });
});
