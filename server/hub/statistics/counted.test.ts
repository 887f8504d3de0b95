import { describe, expect, it } from "vitest";
import type { Held, HistoryLine } from "../../../contract/incident.ts";
import { HOUR } from "../../../contract/time.ts";
import { createChance } from "../../../test/kit/chance.ts";
import { rulesOf } from "../../../test/kit/rules.ts";
import { walk } from "../../../test/kit/walk.ts";
import { decide } from "../incidents/decide.ts";
import { firstDossier } from "../incidents/held.ts";
import { countedOf, recounted } from "./counted.ts";
import { createAreaIndex } from "../areas.ts";

const SEED = 7;
const MONDAY = Date.parse("2026-11-23T09:00:00+08:00");
const RULES = rulesOf(
  { districtAt: () => null, ...createAreaIndex([]), inside: () => true },
  [...["ECO", "TEST", "HOTLINE"]],
);

function reported(at: number): { held: Held; line: HistoryLine } {
  const dossier = firstDossier(
    { category: "0406", historic: false },
    { now: at, rules: RULES },
  );
  const incident = {
    ...{ id: "i", number: "2026-1", category: "0406", address: "路", rev: 1 },
    ...{ matterClass: "A", status: "reported", closedAt: null, lng: null },
    ...{ centre: null, parent: null, historic: false, source: "12345" },
  } as unknown as Held["incident"];
  const line: HistoryLine = {
    ...{ rev: 1, at, who: "feed:hotline", name: "", what: "reported" },
    ...{ from: null, to: "reported", detail: "" },
    facts: { clocks: structuredClone(dossier.clocks) },
  };
  return { held: { incident, dossier }, line };
}

describe("what statistics count", () => {
  it("is told by the histories of hundreds of incidents alone, undone steps and all", () => {
    const chance = createChance(SEED);
    const seen = new Set<string>();
    for (let i = 0; i < 200; i++) {
      const first = reported(MONDAY + i * HOUR);
      const history = [first.line];
      let { held } = first;
      let acts = countedOf(held, first.line, RULES).acts;
      const options = { chance, rules: RULES, steps: 25 };
      for (const step of walk(first.held, first.line.at, options)) {
        const counted = countedOf(step.held, step.line, RULES);
        acts = acts.filter(({ rev }) => rev !== counted.undone);
        acts.push(...counted.acts);
        held = step.held;
        history.push(step.line);
        seen.add(step.line.what);
      }
      const { stages } = countedOf(held, null, RULES);
      expect(
        recounted(held, history, RULES),
        `seed ${SEED}, incident ${i}`,
      ).toEqual({ town: null, stages, acts });
    }
    expect([...seen]).toEqual(
      expect.arrayContaining(["undo", "rework", "reopen", "agree", "urge"]),
    );
  });

  /** Registered at 9:10 and dispatched at 9:20 to ECO. */
  function dispatched(): Held {
    let { held } = reported(MONDAY);
    const take = (minutes: number, step: string, body: object) => {
      held = decide(held, { step, body } as never, {
        ...{ now: MONDAY + minutes * 60_000, rules: RULES },
        actor: {
          ...{ login: "lin", name: "", departments: null, districts: null },
          actions: new Set(["rule", "triage", "dispatch", "handle"] as const),
        },
        ...{ other: null, before: null },
      });
    };
    take(10, "register", {});
    take(20, "dispatch", { lead: "ECO", co: [], note: "" });
    return held;
  }
  const rowsOf = (held: Held) => countedOf(held, null, RULES).stages;
  const stage = (held: Held, name: string) =>
    rowsOf(held).filter((row) => row.stage === name);

  it("counts a limit where it was decided: at the stop, or at the deadline where that was first", () => {
    const held = dispatched();
    const [accept] = stage(held, "accept");
    expect(accept).toMatchObject({
      ...{ isKept: true, settledAt: MONDAY + 10 * 60_000 },
      ...{ natural: 10 * 60_000, worked: 10 * 60_000 },
    });
    const [sign] = stage(held, "sign");
    expect(sign).toMatchObject({
      ...{ department: "ECO", isKept: false, stoppedAt: null },
      settledAt: MONDAY + 80 * 60_000,
    });
  });

  it("keeps the verdict of what stopped when the calendar changes", () => {
    const held = dispatched();
    const idle = rulesOf(
      { districtAt: () => null, ...createAreaIndex([]), inside: () => true },
      [],
      undefined,
    ).calendar;
    const shifted = {
      ...idle,
      reach: (from: number) => from + 1,
      between: () => 0,
    };
    const [accept] = countedOf(held, null, {
      ...RULES,
      calendar: shifted,
    }).stages.filter((row) => row.stage === "accept");
    expect(accept).toEqual(stage(held, "accept")[0]);
  });

  it("holds nothing of an incident that other systems ended long ago", () => {
    const { held } = reported(MONDAY);
    const dossier = firstDossier(
      { category: "0406", historic: true },
      { now: MONDAY, rules: RULES },
    );
    const incident = { ...held.incident, historic: true };
    expect(rowsOf({ incident, dossier })).toEqual([]);
  });

  it("takes no clock for kept that was called off before its deadline", () => {
    const held = dispatched();
    const voided = decide(
      held,
      { step: "void", body: { reason: "误报" } },
      {
        ...{ now: MONDAY + 30 * 60_000, rules: RULES },
        actor: {
          ...{ login: "lin", name: "", departments: null, districts: null },
          actions: new Set(["rule"] as const),
        },
        ...{ other: null, before: null },
      },
    );
    for (const name of ["sign", "handle", "whole"])
      expect(stage(voided, name).map(({ settledAt }) => settledAt)).toEqual(
        stage(voided, name).map(() => null),
      );
  });
});
