import { expect, it } from "vitest";
import type { Due } from "../../../contract/incident.ts";
import { HOUR } from "../../../contract/time.ts";
import { createChance } from "../../../test/kit/chance.ts";
import { summarise } from "./summary.ts";

const FROM = Date.parse("2026-11-27T07:30:00+08:00");
const span = {
  ...{ date: "2026-11-27", shift: "early", from: FROM, to: FROM + 8 * HOUR },
};
const alarms = { warnings: 1, red: 2, orange: 3 };
const quiet = { came: [], registered: 0, closed: 0, entries: {}, alarms };

const open = (number: string, dueIn: number | null) => ({
  ...{ id: number, number, title: "积水", priority: 2 },
  ...{ status: "handling" as const, district: "990101" },
  due: dueIn === null ? null : ({ dueAt: FROM + dueIn * HOUR } as Due),
});

it("counts what came by source, priority and district", () => {
  const came = [
    { source: "videoAi", priority: 3, district: "990101", n: 2 },
    { source: "hotline12345", priority: 3, district: "990102", n: 5 },
    { source: "hotline12345", priority: null, district: null, n: 1 },
  ];
  const told = summarise({ ...quiet, span, at: FROM + HOUR, came, open: [] });
  expect(told.reported).toBe(8);
  expect(told.bySource).toEqual({ hotline12345: 6, videoAi: 2 });
  expect(told.byPriority).toEqual({ p3: 7, none: 1 });
  expect(told.byDistrict).toEqual({ "990101": 2, "990102": 5, none: 1 });
});

it("calls overdue what ran out in this shift and is open, not what ran out before or will", () => {
  const matters = [open("a", -1), open("b", 0), open("c", 2), open("d", 5)];
  const at = (hours: number) =>
    summarise({ ...quiet, span, at: FROM + hours * HOUR, open: matters });
  expect(at(3).overdue).toBe(2);
  expect(at(7).overdue).toBe(3);
});

it("hands over what is late longest and what runs out next, whatever their order was", () => {
  const chance = createChance(24);
  const all = Array.from({ length: 80 }, (_, i) =>
    open(String(i).padStart(3, "0"), i < 75 ? i - 30 : null),
  );
  for (let i = all.length - 1; i > 0; i--) {
    const j = chance.between(0, i + 1);
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  const told = summarise({ ...quiet, span, at: FROM, open: all });
  expect([told.open, told.late]).toEqual([80, 30]);
  const from = (first: number) =>
    Array.from({ length: 20 }, (_, i) => String(first + i).padStart(3, "0"));
  expect(told.matters.map(({ number }) => number)).toEqual([
    ...[...from(0), ...from(30)],
  ]);
});
