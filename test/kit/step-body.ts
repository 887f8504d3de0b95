/** Bodies of steps, for runs of many of them by chance. */
import type { Dossier } from "../../contract/dossier.ts";
import type { LegalStep } from "../../contract/incident.ts";
import type { StepName } from "../../contract/step.ts";
import { DAY } from "../../contract/time.ts";
import type { Chance } from "./chance.ts";

/** The demo's handler works for it. */
export const DEPARTMENT = "ECO";

/** A body that the step takes here and now. */
export function bodyFor(
  { step, order, request }: Pick<LegalStep, "step" | "order" | "request">,
  dossier: Pick<Dossier, "instructions">,
  chance: Chance,
  now: number,
): object {
  const about = { ...(order && { order }), ...(request && { request }) };
  const bodies: Partial<Record<StepName, object>> = {
    edit: { title: `改 ${chance.between(0, 1000)}` },
    verified: { result: chance.one(["true", "false", "notFound"]) },
    decline: { reason: "notTrue" },
    dispatch: { lead: DEPARTMENT },
    recall: { reason: "派错" },
    addHandler: { department: "TEST" },
    feedBack: { note: "好了" },
    askReturn: { reason: "不属" },
    askExtension: { reason: "要挖", matterClass: chance.one(["B", "C"]) },
    askSuspension: { reason: "冬季", reviewAt: now + 9 * DAY },
    refuse: { note: "不行" },
    check: { result: chance.one(["passed", "failed"]) },
    rework: { reason: "不好" },
    reopen: { reason: "不满" },
    evaluate: { result: "basically" },
    void: { reason: "误报" },
    passUp: { reason: "难办" },
    supervise: { level: 1, text: "督办" },
    instruct: { text: "批示" },
    answer: {
      instruction: dossier.instructions.find(({ answer }) => !answer)?.no ?? 1,
      text: "答复",
    },
    note: { note: "跟进" },
  };
  return { ...about, ...bodies[step] };
}
