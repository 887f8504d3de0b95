/** What a system tells of its own course, message by message, as it is on its way into the store. */
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { SystemReport } from "../../contract/system-report.ts";
import { HOUR } from "../../contract/time.ts";
import { rulesOf } from "../../test/kit/rules.ts";
import { createAreaIndex } from "../hub/areas.ts";
import { again, first, type Draft } from "../store/incident-draft.ts";
import { inputOf } from "./incident-input.ts";

type Told = Partial<z.input<typeof SystemReport>>;

const FRIDAY = Date.parse("2026-11-20T10:00:00+08:00");
const FEED = {
  ...{ id: "urban-cases", department: "URBAN" },
  ...{ historic: false, clock: "wall" as const },
};
const place = {
  districtAt: () => "990101",
  ...createAreaIndex([]),
  inside: () => true,
};
const rules = rulesOf(place, ["URBAN", "WATER"]);

const input = (more: Told) =>
  inputOf(
    FEED,
    SystemReport.parse({
      ...{ externalId: "1", source: "urban", title: "井盖缺失" },
      ...{ reportedAt: FRIDAY - HOUR, ...more },
    }),
    place,
    { now: FRIDAY, rules },
  );

/** The row that these messages come to, one after the other. */
function come(...told: Told[]) {
  const [report, ...later] = told.map(input);
  let draft: Draft = first(report!, { id: "1", year: 2026 });
  for (const message of later) ({ draft } = again(draft, message));
  const { status, ended, closed_at, rev, dossier } = draft.row;
  const { orders, clocks } = JSON.parse(dossier) as {
    orders: { department: string; status: string }[];
    clocks: { stage: string }[];
  };
  return {
    ...{ status, ended, closed_at, rev },
    orders: orders.map(({ department, status }) => `${department} ${status}`),
    clocks: clocks.map(({ stage }) => stage),
  };
}

const HANDLING: Told = { status: "handling", department: "WATER" };
const CLOSED: Told = { status: "closed", closedAt: FRIDAY };

describe("a message that is silent about the course of its case", () => {
  it.each([HANDLING, CLOSED, { status: "voided" }, { stage: 2 }] as Told[])(
    "leaves it as it was told before: %j",
    (course) => {
      const told = come(course);
      expect(come(course, { title: "井盖缺失,有人摔倒" })).toEqual({
        ...told,
        rev: 2,
      });
      // Without a status, nobody knows what a department or a deadline is of.
      expect(come(course, { department: "URBAN" })).toEqual(told);
    },
  );

  it("ends where only its end is told, and nobody has it any more", () => {
    const ended = come(HANDLING, { closedAt: FRIDAY });
    expect(ended).toMatchObject({
      ...{ status: "closed", ended: 1, closed_at: FRIDAY },
      ...{ orders: [], clocks: [] },
    });
    expect(come(HANDLING, { closedAt: FRIDAY }, {})).toEqual(ended);
  });

  it("ends where one is told, and begins again where a status says so", () => {
    expect(come(HANDLING, CLOSED)).toMatchObject({
      ...{ status: "closed", ended: 1, orders: [], clocks: [] },
    });
    expect(come(CLOSED, HANDLING)).toMatchObject({
      ...{ status: "handling", ended: 0, closed_at: null },
      orders: ["WATER handling"],
    });
  });

  it("is all that a system without a course of its own ever sends", () => {
    expect(come({}, { closedAt: FRIDAY }, {})).toMatchObject({
      ...{ status: "reported", ended: 0, closed_at: null },
    });
  });
});
