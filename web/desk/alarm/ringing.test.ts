import { describe, expect, it } from "vitest";
import type { QueueRow } from "../../../contract/incident.ts";
import { queueRow } from "../queue/rows.ts";
import { createRinging } from "./ringing.ts";

const came = (...rows: QueueRow[]) => ({ came: rows, changed: [], gone: [] });
const urgent = (id: string, priority: number) => queueRow(id, { priority });
const idsOf = ({ all }: ReturnType<typeof createRinging>) =>
  all.map(({ row }) => row.id);

describe("what rings at a desk", () => {
  it("is a new incident of priority 1 or 2, or an alarm, the loudest first", () => {
    const ringing = createRinging();
    const alarm = queueRow("alarm", { source: "alarm", priority: null });
    const some = [alarm, urgent("third", 3), urgent("second", 2)];
    const begun = ringing.hear(came(...some, urgent("first", 1)));
    expect(begun.map(({ id }) => id)).toEqual(["alarm", "second", "first"]);
    expect(idsOf(ringing)).toEqual(["first", "second", "alarm"]);
  });

  it("rings until somebody looks at it, or heard all of it", () => {
    const ringing = createRinging();
    ringing.hear(came(urgent("a", 1), urgent("b", 2), urgent("c", 2)));
    ringing.seen("a");
    expect(idsOf(ringing).sort()).toEqual(["b", "c"]);
    ringing.hush();
    expect(idsOf(ringing)).toEqual([]);
  });

  it("rings no more once it is judged harmless or over, and an old one does not begin to", () => {
    const ringing = createRinging();
    ringing.hear(came(urgent("a", 1), urgent("b", 2)));
    ringing.hear({
      came: [],
      changed: [urgent("a", 4), urgent("old", 1)],
      gone: [urgent("b", 2)],
    });
    expect(idsOf(ringing)).toEqual([]);
  });
});
