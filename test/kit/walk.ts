/** Incidents that go through steps by chance, as pure decisions and without any door. */
import type { Held, HistoryLine } from "../../contract/incident.ts";
import { STEPS, WORKING, type Step } from "../../contract/step.ts";
import { HOUR, MINUTE } from "../../contract/time.ts";
import { stepLine } from "../../server/flow/incident-steps.ts";
import {
  decide,
  legalSteps,
  type Asked,
} from "../../server/hub/incidents/decide.ts";
import type { Actor, Rules } from "../../server/hub/incidents/held.ts";
import { StepRefusal } from "../../server/hub/incidents/refusal.ts";
import { nextUrging, urged } from "../../server/hub/incidents/urging.ts";
import type { Chance } from "./chance.ts";
import { bodyFor } from "./step-body.ts";

const ACTOR: Actor = {
  ...{ login: "lin", name: "林", departments: null, districts: null },
  actions: new Set(WORKING),
};
/** They need another incident, or a centre that the test's city lacks. */
const LEFT_OUT = ["merge", "unmerge", "passDown", "edit", "note"];
const RARE = ["decline", "void", "undo", "verify", "passUp", "refuse"];

export interface Walked {
  held: Held;
  line: HistoryLine;
}

/** Each state after the first, with its line; hours or minutes lie between them. */
export function* walk(
  first: Held,
  from: number,
  { chance, rules, steps }: { chance: Chance; rules: Rules; steps: number },
): Generator<Walked> {
  let held = first;
  let before: Held | null = null;
  let now = from;
  for (let i = 0; i < steps; i++) {
    now += chance.next() < 0.2 ? chance.between(1, 30) * HOUR : MINUTE;
    const mark = nextUrging(held, rules.calendar);
    const told = mark !== null && mark <= now;
    const urging = told ? urged(held, rules.calendar, now) : null;
    if (urging) {
      const line = stepLine(held, urging.held, {
        ...{ who: "clock", name: "", what: "urge", at: now },
        facts: { urgings: urging.urgings },
      });
      held = urging.held;
      before = null;
      yield { held, line };
    }
    const asked: Asked = { now, actor: ACTOR, rules, other: null, before };
    const possible = legalSteps(held, asked).filter(
      ({ step, obstacle }) =>
        obstacle === null &&
        !LEFT_OUT.includes(step) &&
        (!RARE.includes(step) || chance.next() < 0.15),
    );
    if (possible.length === 0) return;
    const legal = chance.one(possible);
    const department = chance.one(["ECO", "TEST", "HOTLINE"]);
    const body: unknown = STEPS[legal.step].body.parse({
      ...bodyFor(legal, held.dossier, chance, now),
      ...(legal.step === "dispatch" && { lead: department }),
      ...(legal.step === "evaluate" && {
        result: chance.one(["satisfied", "dissatisfied", "unreachable"]),
      }),
    });
    const step = { step: legal.step, body } as Step;
    try {
      const after = decide(held, step, asked);
      const line = stepLine(held, after, {
        ...{ at: now, who: ACTOR.login, name: ACTOR.name, what: step.step },
        facts: { ...(body as object) },
      });
      before = STEPS[step.step].undo ? held : null;
      held = after;
      yield { held, line };
    } catch (error) {
      if (!(error instanceof StepRefusal)) throw error;
    }
  }
}
