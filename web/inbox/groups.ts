/** A department's orders by what is asked of it now. Pure. */
import type { QueueRow } from "../../contract/incident.ts";
import type { OrderStatus } from "../../contract/work-order.ts";

export const GROUPS = [
  /** 待签收 */
  "toSign",
  /** 即将超时、已超时 */
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

/**
 * Where an order stands in the inbox; null: nothing is asked and nothing waits.
 * @param order status of the own order; null where only the incident's is known
 */
export function groupOf(
  row: Pressed,
  order: OrderStatus | null,
  now: number,
): Group | null {
  const status = order ?? OF_LEAD[row.status];
  if (status === "sent") return "toSign";
  if (status === "suspended") return "suspended";
  if (status === "fedBack") return "fedBack";
  if (status !== "handling") return null;
  if (row.waiting.some((kind) => ASKED.has(kind))) return "asked";
  return isPressing(row, now) ? "runningOut" : "handling";
}

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

/** Does only the dossier say how far their part is? The incident's status follows the lead's. */
export const isHelping = (
  row: Pick<Pressed, "handlers">,
  own: readonly string[] | null,
): boolean => own !== null && !own.includes(row.handlers[0] ?? "");
