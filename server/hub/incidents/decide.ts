/**
 * Whether a step may be taken, and what an incident is after it: pure, by the
 * table of contract/step.ts.
 */
import type { ApprovalRequest } from "../../../contract/dossier.ts";
import type { IncidentRecord, Held } from "../../../contract/incident.ts";
import { say, type Sentence } from "../../../contract/sentence.ts";
import {
  STEP_NAMES,
  STEPS,
  type Step,
  type StepName,
  type StepRule,
} from "../../../contract/step.ts";
import { JUDGES, type Question } from "./guards.ts";
import type { Moment } from "./held.ts";
import { passedOn } from "./passing.ts";
import type { StepRefusal } from "./refusal.ts";
import { forbidden, refusal } from "./refusal.ts";
import type { Effect } from "./steps/effect.ts";
import { EFFECTS } from "./steps/effects.ts";

export interface Asked extends Moment {
  /** What a merge names, or one that is taken up again: where it exists and its actor may see it. */
  other: IncidentRecord | null;
  /** What was before the newest step, where the actor may still take that back. */
  before: Held | null;
}

/** @throws StepRefusal: why it may not be taken */
export function decide(held: Held, { step, body }: Step, asked: Asked): Held {
  const rule: StepRule = STEPS[step];
  const given = body as Record<string, unknown>;
  const order = (given["order"] as number | undefined) ?? null;
  const request = requestOf(held, given["request"]);
  const reason = obstacle({
    ...{ ...asked, held, step, order, request, body: given },
  });
  if (reason) throw reason;
  if (asked.before && step === "undo") return brought(held, asked.before);
  const next = structuredClone(held);
  // Effects still read the status that was.
  (EFFECTS[step as Exclude<StepName, "undo">] as Effect<StepName>)(
    next,
    body,
    asked,
  );
  if (rule.to !== null) next.incident.status = rule.to;
  next.incident.rev = held.incident.rev + 1;
  next.dossier.isTaken = true;
  return next;
}

/** What was before, one revision later. */
function brought(held: Held, before: Held): Held {
  const back = structuredClone(before);
  back.incident.rev = held.incident.rev + 1;
  return back;
}

const requestOf = ({ dossier }: Held, no: unknown): ApprovalRequest | null =>
  dossier.requests.find((each) => each.no === no) ?? null;

/** Why a step may not be taken, or null. Right first, then status, then what must hold. */
function obstacle(question: Question): StepRefusal | null {
  const { held, step, order, request, body, actor } = question;
  const rule: StepRule = STEPS[step];
  const { incident, dossier } = held;
  const { number, status } = incident;
  if (!rule.by.some((action) => actor.actions.has(action)))
    return forbidden(say("stepRight", { step, actions: [...rule.by] }));
  const elsewhere = passedOn(held, step, question);
  if (elsewhere) return forbidden(elsewhere);
  if (!rule.from.includes(status))
    return refusal("/step", say("stepStatus", { number, status, step }));
  if (rule.orders) {
    const found = dossier.orders.find(({ no }) => no === order);
    if (!found)
      return refusal(
        "/body/order",
        say("orderMissing", { number, order: String(order) }),
      );
    const { no, status: orderStatus } = found;
    if (!rule.orders.includes(orderStatus))
      return refusal(
        "/body/order",
        say("orderStatus", { order: no, orderStatus, step }),
      );
  }
  if (rule.request && request?.state !== "waiting")
    return refusal(
      "/body/request",
      body === null
        ? say("nothingWaits")
        : say("requestMissing", { request: String(body["request"]), number }),
    );
  for (const guard of rule.guards) {
    const sentence = JUDGES[guard](question);
    if (sentence !== null)
      return guard === "ownOrder" ? forbidden(sentence) : refusal("", sentence);
  }
  return null;
}

/** A step that the actor may take now, or only what holds it up. */
export interface Legal {
  step: StepName;
  order: number | null;
  request: number | null;
  /** Why it is not possible although it is the actor's to take, or null. */
  obstacle: Sentence | null;
}

/** What an actor may do with an incident, in the table's order: the desk's buttons. */
export function legalSteps(held: Held, asked: Asked): Legal[] {
  const { orders, requests } = held.dossier;
  return STEP_NAMES.flatMap((step) => {
    const rule: StepRule = STEPS[step];
    const about = rule.orders
      ? orders
          .filter(({ status }) => rule.orders!.includes(status))
          .map(({ no }) => ({ order: no, request: null }))
      : rule.request
        ? requests
            .filter(({ state }) => state === "waiting")
            .map((request) => ({ order: null, request }))
        : [{ order: null, request: null }];
    return about.flatMap(({ order, request }): Legal[] => {
      const why = obstacle({
        ...{ ...asked, held, step, order, request, body: null },
      });
      const isTheirs = why === null || isOnlyHeldUp(why, step);
      return isTheirs
        ? [
            {
              step,
              order,
              request: request?.no ?? null,
              obstacle: why?.sentence ?? null,
            },
          ]
        : [];
    });
  });
}

/** What no one mends: nobody is above the city, and what goes on needs nobody to let it. */
const NEVER_OFFERED: ReadonlySet<string | undefined> = new Set([
  "cityHasIt",
  "noneSuspended",
]);

/** Their step, in this status, for this order: what holds it up may be mended. */
const isOnlyHeldUp = (why: StepRefusal, step: StepName): boolean =>
  !why.isForbidden &&
  why.path === "" &&
  !NEVER_OFFERED.has(why.sentence.code) &&
  step !== "undo";
