import { describe, expect, it } from "vitest";
import type { z } from "zod";
import type { Action } from "../../../contract/role.ts";
import { Limit } from "../../../contract/limit.ts";
import { SystemReport } from "../../../contract/system-report.ts";
import { HOUR, MINUTE } from "../../../contract/time.ts";
import { rulesOf } from "../../../test/kit/rules.ts";
import { deadlineOf } from "./clock-face.ts";
import { dossierFrom } from "./elsewhere.ts";
import { clockOf, dueOf, type Moment } from "./held.ts";
import { decide } from "./decide.ts";
import { sightingFlaw } from "./sighting.ts";
import type { Held } from "../../../contract/incident.ts";
import { createAreaIndex } from "../areas.ts";

/** Friday, in working hours. */
const FRIDAY = Date.parse("2026-11-20T10:00:00+08:00");
const place = {
  districtAt: () => "990101",
  ...createAreaIndex([]),
  inside: () => true,
};
const rules = rulesOf(place, ["URBAN", "WATER"]);
const moment = { now: FRIDAY, rules };

const told = (more: Partial<z.input<typeof SystemReport>>) =>
  SystemReport.parse({
    ...{ externalId: "1", source: "urban", title: "井盖缺失" },
    ...{ category: "0406", reportedAt: FRIDAY - HOUR, ...more },
  });
const FEED = { department: "URBAN", historic: false };
const dossier = (more: Partial<z.input<typeof SystemReport>>, feed = FEED) =>
  dossierFrom(told(more), feed, moment);
const dueOfStage = (of: ReturnType<typeof dossier>) => {
  const { clock } = clockOf({ dossier: of } as Held, "handle")!;
  return deadlineOf(clock, rules.calendar);
};

describe("a case that another system works on", () => {
  it("is at the step that the standard's stage names, with its department's order and its deadline", () => {
    const due = FRIDAY + 5 * HOUR;
    const found = dossier({
      ...{ stage: "任务处理", department: "WATER" },
      deadlines: { handle: due, check: due + HOUR },
    });
    expect(found.orders).toMatchObject([
      { no: 1, department: "WATER", isLead: true, status: "handling" },
    ]);
    expect(dueOfStage(found)).toBe(due);
    expect(found.elsewhere).toEqual({
      ...{ status: "handling", department: "WATER" },
      deadlines: { handle: due, check: due + HOUR },
    });
  });

  it("has the city's own limits where its system tells none, and no clock where it is history", () => {
    expect(dossier({ stage: 2 }).clocks.map(({ stage }) => stage)).toEqual([
      "dispatch",
    ]);
    const historic = { ...FEED, historic: true };
    const deadlines = { handle: FRIDAY };
    expect(dossier({ stage: 4, deadlines }, historic).clocks).toEqual([]);
  });

  it.each([
    ["long before its deadline", -600 * 24 * HOUR, 10 * 24 * HOUR],
    ["after its deadline", -HOUR, -24 * HOUR],
    ["within its last seconds", -HOUR, 1_000 - HOUR],
    ["by a clock that is ahead", 4 * MINUTE, 5 * HOUR],
    ["for a year after next", -HOUR, 500 * 24 * HOUR],
  ])(
    "is due when its system says, be it reported %s",
    (_when, reported, due) => {
      const found = dossier({
        ...{ status: "handling", reportedAt: FRIDAY + reported },
        deadlines: { handle: FRIDAY + due },
      });
      const { clock } = clockOf({ dossier: found } as Held, "handle")!;
      expect(dueOfStage(found)).toBe(FRIDAY + due);
      expect(Limit.safeParse(clock.limit).error).toBeUndefined();
    },
  );

  it("can be worked on at once where its system's clock is ahead", () => {
    const ahead = { reportedAt: FRIDAY + 4 * MINUTE };
    const deadlines = { handle: FRIDAY + HOUR, accept: FRIDAY + HOUR };
    const found = dossier({ ...ahead, status: "suspended", deadlines });
    expect(clockOf({ dossier: found } as Held, "handle")!.clock.pauses).toEqual(
      [{ from: FRIDAY, to: null }],
    );
    const { clocks } = dossier({ ...ahead, stage: 1, deadlines });
    expect(clocks[0]!.clock.startedAt).toBeLessThanOrEqual(FRIDAY);
  });

  it.each([0, 8, -1, 9.5, "任务处里"])(
    "is refused with a sentence at stage %s, and nothing fails",
    (stage) => {
      const { error } = SystemReport.safeParse({
        ...{ externalId: "1", source: "urban", title: "井盖缺失" },
        ...{ reportedAt: FRIDAY, stage },
      });
      expect(error!.issues.map(({ path }) => path[0])).toContain("stage");
    },
  );

  it("is grey while it is suspended there", () => {
    const found = dossier({ status: "suspended" });
    const incident = { status: "suspended" } as Held["incident"];
    expect(dueOf({ incident, dossier: found }, rules.calendar)!.pausedAt).toBe(
      FRIDAY,
    );
  });

  it("can be signed by its department here, as if it had been sent from here", () => {
    const held: Held = {
      dossier: dossier({ status: "dispatched" }),
      incident: {
        ...{ number: "2026-1", status: "dispatched", rev: 1 },
      } as Held["incident"],
    };
    const actor: Moment["actor"] = {
      ...{ login: "w", name: "w", departments: ["URBAN"], districts: null },
      actions: new Set<Action>(["handle"]),
    };
    const after = decide(
      held,
      { step: "sign", body: { order: 1 } },
      { ...moment, actor, other: null, before: null },
    );
    expect(after.incident.status).toBe("handling");
  });

  it("may not be merged by its sender, nor have an end and go on", () => {
    const parse = (more: object) =>
      SystemReport.safeParse({
        ...{ externalId: "1", source: "urban", title: "井盖缺失" },
        ...{ reportedAt: FRIDAY, ...more },
      }).error?.issues[0]?.path;
    expect(parse({ status: "merged" })).toEqual(["status"]);
    expect(parse({ status: "handling", closedAt: FRIDAY })).toEqual([
      "closedAt",
    ]);
  });
});

describe("what an algorithm saw", () => {
  const row = {
    ...{ code: "ponding", nameZh: "积水", nameEn: "Ponding", version: "2.1" },
    ...{ threshold: 0.7, enabled: true },
  };
  const box = { x: 0, y: 0, width: 1, height: 1 };
  const flaw = (confidence: number, more: Partial<typeof row> = {}) =>
    sightingFlaw(
      { ai: { algorithmCode: "ponding", box }, confidence },
      new Map([[row.code, { ...row, ...more }]]),
    );
  it("is taken from its algorithm's threshold on, while that is switched on", () => {
    expect(flaw(0.7)).toBeNull();
    expect(flaw(0.69)).toEqual({
      path: "/confidence",
      message: "0.69 is below the threshold 0.7 of ponding 2.1",
    });
    expect(flaw(1, { enabled: false })!.message).toBe(
      "ponding 2.1 is switched off",
    );
    expect(
      sightingFlaw({ ai: { algorithmCode: "x", box } }, new Map())!.path,
    ).toBe("/ai/algorithmCode");
  });

  it("brings camera, confidence and picture, and a box within it", () => {
    const paths = (ai: object, more: object = {}) =>
      SystemReport.safeParse({
        ...{ externalId: "1", source: "videoAi", title: "积水" },
        ...{ reportedAt: FRIDAY, ai, ...more },
      }).error?.issues.map(({ path }) => path.join("/"));
    const ai = { algorithmCode: "ponding", box };
    expect(paths(ai)).toEqual(["camera", "confidence", "attachments"]);
    const whole = {
      ...{ camera: "1", confidence: 1 },
      attachments: [{ url: "https://pics.example/1.jpg", kind: "photo" }],
    };
    expect(paths(ai, whole)).toBeUndefined();
    expect(paths({ ...ai, box: { ...box, x: 0.5 } }, whole)).toEqual([
      "ai/box",
    ]);
  });
});
