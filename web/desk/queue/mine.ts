/** Whose move it is. Pure. */
import type { QueueRow } from "../../../contract/incident.ts";
import type { Action } from "../../../contract/role.ts";
import { STEPS, type StepName, type StepRule } from "../../../contract/step.ts";

/** Steps that somebody waits for; the others press, correct or comment. */
const AWAITED: readonly StepName[] = [
  ...(["propose", "verified", "dispatch", "sign", "feedBack"] as const),
  ...(["agree", "sendCheck", "check", "close"] as const),
];

export interface Hand {
  actions: ReadonlySet<Action>;
  /** Departments whose orders are theirs; null = of the whole city. */
  departments: readonly string[] | null;
}

/** Is it for this hand to bring it on, as far as its row tells? The incident's own page knows what stands against it. */
export function isMine(row: QueueRow, hand: Hand): boolean {
  const { departments } = hand;
  const isOwn =
    departments === null ||
    row.handlers.some((code) => departments.includes(code));
  return AWAITED.some((name) => {
    const rule: StepRule = STEPS[name];
    return (
      rule.from.includes(row.status) &&
      rule.by.some((action) => hand.actions.has(action)) &&
      (!rule.request || row.waiting.length > 0) &&
      (!rule.guards.includes("ownOrder") || isOwn)
    );
  });
}
