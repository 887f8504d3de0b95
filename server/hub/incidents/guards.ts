/** What must hold for a step beside status and right (contract/step.ts GUARDS): each a sentence where it does not. */
import { say, type Sentence } from "../../../contract/sentence.ts";
import type { Guard, Step } from "../../../contract/step.ts";
import { ENDED } from "../../../contract/incident-status.ts";
import type { IncidentRecord, Held } from "../../../contract/incident.ts";
import type { ApprovalRequest } from "../../../contract/dossier.ts";
import { isKept } from "./clock-face.ts";
import { clockOf, leadOf, liveOrders, type Moment } from "./held.ts";

/** What a guard is asked about. `body` is absent where it is asked which steps are possible at all. */
export interface Question extends Moment {
  held: Held;
  step: Step["step"];
  order: number | null;
  request: ApprovalRequest | null;
  body: Record<string, unknown> | null;
  /** The other incident of a merge, or of one that is taken up again; null where there is none. */
  other: IncidentRecord | null;
  /** What was before the newest step, where its actor may still take that back. */
  before: Held | null;
}

/** Null where it holds, else why not. */
type Judge = (question: Question) => Sentence | null;

/** The kind of request that a step asks for. */
const ASKS: Partial<Record<Step["step"], ApprovalRequest["kind"]>> = {
  propose: "register",
  askReturn: "return",
  askExtension: "extend",
  askSuspension: "suspend",
};

/** Returned so often, who rules gives it to a department himself. */
const RETURNS_RULED = 2;

export const JUDGES: Record<Guard, Judge> = {
  complete({ held: { incident } }) {
    const { number, category, lng, address } = incident;
    const lacks = [
      ...(category === null ? ["category"] : []),
      ...(lng === null && address === "" ? ["place"] : []),
    ];
    return lacks.length > 0 ? say("incidentLacks", { number, lacks }) : null;
  },

  trusted: ({ held: { incident }, actor, rules }) =>
    actor.actions.has("rule") || rules.trusted.has(incident.source)
      ? null
      : say("notTrusted"),

  ownOrder({ held, order, actor }) {
    const found = held.dossier.orders.find(({ no }) => no === order);
    const { departments } = actor;
    if (!found || departments === null) return null;
    const { no, department } = found;
    return departments.includes(department)
      ? null
      : say("othersOrder", { order: no, department });
  },

  coHandlersDone({ held, order }) {
    if (leadOf(held)?.no !== order) return null;
    const departments = liveOrders(held)
      .filter(({ isLead, status }) => !isLead && status !== "fedBack")
      .map(({ department }) => department);
    return departments.length > 0 ? say("notFedBack", { departments }) : null;
  },

  beforeDeadline({ held, order, now, rules }) {
    const found = clockOf(held, "handle", order) ?? clockOf(held, "handle");
    return !found || isKept(found.clock, rules.calendar, now)
      ? null
      : say("timeOver");
  },

  notAsked({ held, step, order }) {
    const asked = held.dossier.requests.find(
      ({ kind, order: of, state }) =>
        state === "waiting" && kind === ASKS[step] && of === order,
    );
    return asked ? say("askedAlready", { by: asked.name || asked.by }) : null;
  },

  checked({ held: { dossier, incident } }) {
    if (incident.status === "fedBack") return null;
    const check = dossier.visits.findLast(({ kind }) => kind === "check");
    if (check?.result === "passed") return null;
    return say(check?.result === "failed" ? "checkFailed" : "checkMissing");
  },

  ruledAfterReturns: ({ held: { dossier }, actor }) =>
    dossier.returns < RETURNS_RULED || actor.actions.has("rule")
      ? null
      : say("returnedOften", { n: dossier.returns }),

  recentlyClosed: ({ held: { incident }, now, rules }) =>
    now - (incident.closedAt ?? now) <= rules.reopenWithin
      ? null
      : say("closedLongAgo"),

  justDone({ held, before, body, other }) {
    if (before === null) return say("notNewest");
    const again = body === null ? null : mergedAgain(held, before);
    return again === null ? null : whyNotInto(held, again, other);
  },

  mergeable: ({ held, body, other }) =>
    body === null ? null : whyNotInto(held, body["into"] as string, other),

  answerable({ held: { dossier }, body }) {
    const waiting = dossier.instructions.filter(
      ({ answer }) => answer === null,
    );
    const no = body?.["instruction"];
    const isWaiting =
      no === undefined
        ? waiting.length > 0
        : waiting.some((each) => each.no === no);
    return isWaiting ? null : say("nothingWaits");
  },

  withinPower({ held: { dossier }, request, actor }) {
    const isHigh =
      request?.kind === "extend" &&
      (dossier.extensions > 0 || request.until !== null);
    if (isHigh)
      return actor.actions.has("ruleHigher") ? null : say("higherAgrees");
    return actor.actions.has("rule") ? null : say("leaderAgrees");
  },

  passedDown: ({ held: { incident } }) =>
    incident.centre === null ? say("cityHasIt") : null,

  standsStill: ({ held }) =>
    liveOrders(held).some(({ status }) => status === "suspended")
      ? null
      : say("noneSuspended", { number: held.incident.number }),
};

/** Into which incident it goes back when what was before comes back: it was taken out of that; else null. */
export const mergedAgain = (
  { incident }: Held,
  before: Held,
): IncidentRecord["parent"] =>
  incident.status !== "merged" && before.incident.status === "merged"
    ? before.incident.parent
    : null;

/** Two that are in each other are on nobody's list any more. */
function whyNotInto(
  { incident }: Held,
  into: string,
  other: IncidentRecord | null,
): Sentence | null {
  if (!other) return say("incidentMissing", { id: into });
  const { id, number, status } = other;
  if (id === incident.id) return say("intoItself");
  return ENDED.has(status) ? say("intoEnded", { number, status }) : null;
}
