/** A department's orders by what is asked of it now. Pure. */
import type { Due, IncidentView, QueueRow } from "../../contract/incident.ts";
import type { OrderStatus, WorkOrder } from "../../contract/work-order.ts";

export const GROUPS = [
  /** 待签收 */
  "toSign",
  /** 处置中，将到期或已超时 */
  "runningOut",
  /** 处置中 */
  "handling",
  /** 已提申请 */
  "asked",
  /** 挂账 */
  "suspended",
  /** 已反馈 */
  "fedBack",
] as const;
export type Group = (typeof GROUPS)[number];

/** What a department asks others for. */
const ASKED = new Set(["return", "extend", "suspend"]);

/** What an incident's status says of its lead's order. */
const OF_LEAD: Partial<Record<QueueRow["status"], OrderStatus>> = {
  dispatched: "sent",
  handling: "handling",
  suspended: "suspended",
  fedBack: "fedBack",
  checking: "fedBack",
};

export type Pressed = Pick<QueueRow, "status" | "due" | "waiting" | "handlers">;

/** A department's own part of an incident. */
export interface OwnPart {
  status: OrderStatus;
  /** It asked for something that nobody answered yet. */
  isAsking: boolean;
  /** Until when it is to be signed for; null where it was, or no clock runs. */
  toSign: Due | null;
}

/** Of the newest of their orders; null where none is theirs. */
export function partOf(
  { dossier, clocks }: Pick<IncidentView, "dossier" | "clocks">,
  isOwn: (order: WorkOrder) => boolean,
): OwnPart | null {
  const order = dossier.orders.findLast(isOwn);
  if (!order) return null;
  const isOf = (one: { order: number | null }) => one.order === order.no;
  return {
    status: order.status,
    isAsking: dossier.requests.some(
      (one) => isOf(one) && one.state === "waiting" && ASKED.has(one.kind),
    ),
    toSign: clocks.find((one) => one.stage === "sign" && isOf(one)) ?? null,
  };
}

/**
 * Where an order stands in the inbox; null: nothing is asked and nothing waits.
 * @param part their own; null where only the incident's is known
 */
export function groupOf(
  row: Pressed,
  part: OwnPart | null,
  now: number,
): Group | null {
  const status = part?.status ?? OF_LEAD[row.status];
  if (status === "suspended") return "suspended";
  if (status === "fedBack") return "fedBack";
  if (status !== "sent" && status !== "handling") return null;
  // A return may be asked for before it is signed.
  if (part?.isAsking ?? isAsked(row)) return "asked";
  if (status === "sent") return "toSign";
  return isPressing(row, now) ? "runningOut" : "handling";
}

const isAsked = ({ waiting }: Pick<Pressed, "waiting">) =>
  waiting.some((kind) => ASKED.has(kind));

/** Does only the dossier say how their part stands: of helpers, of what is to be signed for, of what somebody asked? */
export const isUntold = (
  row: Pick<Pressed, "status" | "waiting" | "handlers">,
  own: readonly string[] | null,
): boolean =>
  // Who has every department's asks of what he opens alone: it may be ten thousand.
  own !== null &&
  (isHelping(row, own) || row.status === "dispatched" || isAsked(row));

/** Its light is yellow or red. */
export const isPressing = ({ due }: Pick<Pressed, "due">, now: number) =>
  due !== null &&
  due.pausedAt === null &&
  due.yellowAt !== null &&
  due.yellowAt <= now;

/** Departments of theirs that have it now; null = every one is theirs. */
export const ownOf = (
  { handlers }: Pick<Pressed, "handlers">,
  own: readonly string[] | null,
): string[] =>
  own === null ? handlers : handlers.filter((code) => own.includes(code));

/** They help, and another department leads: the incident's status follows the lead's order. */
export const isHelping = (
  row: Pick<Pressed, "handlers">,
  own: readonly string[] | null,
): boolean => own !== null && !own.includes(row.handlers[0] ?? "");
