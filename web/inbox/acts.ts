/** What a department may do with an order, and what each asks for. Pure. */
import type { LegalStep } from "../../contract/incident.ts";
import type { Fix } from "../../contract/place.ts";
import type { StepName } from "../../contract/step.ts";
import { ORDER_ENDED, type WorkOrder } from "../../contract/work-order.ts";

export type Field =
  | "note"
  | "reason"
  | "text"
  | "photos"
  | "fix"
  | "suggested"
  | "extension"
  | "reviewAt"
  | "department";

/** Steps of an inbox in the order of their buttons. */
export const ACTS = {
  sign: [],
  feedBack: ["note", "photos", "fix"],
  askReturn: ["reason", "suggested"],
  askExtension: ["reason", "extension"],
  askSuspension: ["reason", "reviewAt"],
  answer: ["text"],
  addHandler: ["department", "note"],
  resume: ["note"],
  note: ["note", "photos"],
  undo: [],
} as const satisfies Partial<Record<StepName, readonly Field[]>>;
export type Act = keyof typeof ACTS;

export const actsOf = (legal: readonly LegalStep[]) =>
  (Object.keys(ACTS) as Act[]).flatMap((step) =>
    legal
      .filter((each) => each.step === step)
      .map(({ order, obstacle }) => ({ step, order, obstacle })),
  );

/**
 * Why a co-handler that works on its order cannot feed back yet: the incident
 * follows its lead. Null where nothing of the lead holds it up.
 */
export function heldByLead(
  orders: readonly WorkOrder[],
  isOwn: (order: WorkOrder) => boolean,
): { why: "unsigned" | "suspended"; lead: string } | null {
  const lead = orders.findLast(
    ({ isLead, status }) => isLead && !ORDER_ENDED.has(status),
  );
  const isWorking = orders.some(
    (order) => !order.isLead && order.status === "handling" && isOwn(order),
  );
  if (!lead || !isWorking) return null;
  if (lead.status === "sent") return { why: "unsigned", lead: lead.department };
  return lead.status === "suspended"
    ? { why: "suspended", lead: lead.department }
    : null;
}

/** What was filled in; times are epoch ms. */
export interface Filled {
  note: string;
  reason: string;
  text: string;
  photos: readonly string[];
  /** Null where it was not given. */
  fix: Fix | null;
  suggested: string;
  department: string;
  matterClass: "" | "B" | "C";
  until: number | null;
  reviewAt: number | null;
}

/** The body of a step, with only what it asks for. */
export function bodyOf(
  step: Act,
  { order, instruction }: { order: number | null; instruction: number | null },
  filled: Filled,
): Record<string, unknown> {
  const of: Record<Field, Record<string, unknown>> = {
    note: { note: filled.note.trim() },
    reason: { reason: filled.reason.trim() },
    text: { text: filled.text.trim(), instruction },
    photos: { photos: filled.photos },
    fix: filled.fix === null ? {} : { fix: filled.fix },
    suggested: { suggested: filled.suggested || null },
    department: { department: filled.department },
    reviewAt: { reviewAt: filled.reviewAt },
    extension:
      filled.matterClass === ""
        ? { until: filled.until }
        : { matterClass: filled.matterClass },
  };
  return Object.assign(
    {},
    order === null ? {} : { order },
    ...ACTS[step].map((field) => of[field]),
  ) as Record<string, unknown>;
}
