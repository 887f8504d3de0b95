import { describe, expect, it } from "vitest";
import { EMPTY_DOSSIER } from "../../../contract/dossier.ts";
import type { IncidentView } from "../../../contract/incident.ts";
import type { IncidentStatus } from "../../../contract/incident-status.ts";
import type { WorkOrder } from "../../../contract/work-order.ts";
import { suggestedOf } from "./suggested.ts";

const likely = (...values: string[]) =>
  values.map((value, i) => ({ value, confidence: 0.9 - i / 10, reasons: [] }));
const LIKENESS = {
  duplicates: [],
  category: likely("pothole", "litter", "lamp"),
  department: likely("roads", "parks"),
};

function seen(
  status: IncidentStatus,
  category: string | null,
  { orders = [] as Pick<WorkOrder, "department" | "status">[], step = "" } = {},
) {
  const view = {
    incident: { status, category },
    dossier: { ...EMPTY_DOSSIER, orders },
    legal: step === "" ? [] : [{ step, obstacle: null }],
  } as unknown as IncidentView;
  const told = suggestedOf(view, LIKENESS);
  return told && [told.kind, ...told.suggestions.map(({ value }) => value)];
}

describe("what is suggested of an incident", () => {
  it("is a category where it has none, and of others only what is likelier", () => {
    expect(seen("reported", null)).toEqual([
      ...["category", "pothole", "litter", "lamp"],
    ]);
    expect(seen("reported", "lamp")).toEqual(["category", "pothole", "litter"]);
    expect(seen("reported", "noise")).toHaveLength(4);
  });

  it("is nothing where it has the likeliest already", () => {
    expect(seen("reported", "pothole")).toBeNull();
    const step = "dispatch";
    const orders = [{ department: "roads", status: "sent" as const }];
    expect(seen("registered", null, { step, orders })).toBeNull();
  });

  it("is a department while one may be dispatched, whatever was sent back", () => {
    const step = "dispatch";
    const orders = [{ department: "roads", status: "returned" as const }];
    expect(seen("registered", "pothole", { step, orders })).toEqual([
      ...["department", "roads", "parks"],
    ]);
  });

  it.each(["declined", "closed", "evaluated", "merged", "voided"] as const)(
    "is nothing of one that is %s",
    (status) => expect(seen(status, null)).toBeNull(),
  );
});
