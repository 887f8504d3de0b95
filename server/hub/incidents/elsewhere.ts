/** What another system tells of its own course of an incident, as ours (decisions I2, I3). */
import type { Dossier, Elsewhere } from "../../../contract/dossier.ts";
import type { IncidentStatus } from "../../../contract/incident-status.ts";
import {
  LONGEST_LIMIT,
  SHORTEST_LIMIT,
  type Limit,
  type LimitStage,
} from "../../../contract/limit.ts";
import {
  statusTold,
  type SystemReport,
} from "../../../contract/system-report.ts";
import { EMPTY_DOSSIER } from "../../../contract/dossier.ts";
import { HOUR } from "../../../contract/time.ts";
import type { OrderStatus } from "../../../contract/work-order.ts";
import { startClock } from "./clock.ts";
import { begin, pause, PRESSING, type Moment } from "./held.ts";

/** Where somebody has it, what his order is. */
const ORDER: Partial<Record<IncidentStatus, OrderStatus>> = {
  dispatched: "sent",
  handling: "handling",
  suspended: "suspended",
  fedBack: "fedBack",
  checking: "fedBack",
};

/** What is compared when the sender tells it again; null where it tells nothing. */
export function elsewhereOf(report: SystemReport): Elsewhere | null {
  const { department, deadlines } = report;
  const status = statusTold(report);
  const tellsNothing = status === null && !department && !deadlines;
  return tellsNothing
    ? null
    : {
        status,
        department: department ?? null,
        deadlines: deadlines ?? {},
      };
}

/** A dossier as its sender has it: its department's order, and the clock of the step that it is at. */
export function dossierFrom(
  report: SystemReport,
  from: { department: string; historic: boolean },
  { now, rules }: Pick<Moment, "now" | "rules">,
): Dossier {
  const elsewhere = elsewhereOf(report);
  const dossier = structuredClone(EMPTY_DOSSIER);
  if (elsewhere) dossier.elsewhere = elsewhere;
  if (report.ai) dossier.sighting = { ...report.ai, verdict: null };
  const over: IncidentStatus =
    report.closedAt === undefined ? "reported" : "closed";
  const status = elsewhere?.status ?? over;
  const incident = {
    category: report.category ?? null,
    ...{ matterClass: "A" as const, historic: from.historic },
  };
  const timed = { incident, dossier };
  const order = ORDER[status];
  if (order)
    dossier.orders.push({
      ...{ no: 1, isLead: true, status: order, sentAt: report.reportedAt },
      department: elsewhere?.department ?? from.department,
      signedAt: order === "sent" ? null : report.reportedAt,
      ...{ signedBy: null, feedback: null },
    });
  // An end that a sender tells without its status is none of a clock's; a first report's clock runs all the same.
  const stage = PRESSING[elsewhere?.status ?? "reported"];
  if (!stage) return dossier;
  const due = elsewhere?.deadlines[stage];
  const start = (of: LimitStage, no: number | null) => {
    if (due === undefined || from.historic)
      return begin(timed, of, { now, rules }, { order: no });
    const { since, limit } = until(due, Math.min(report.reportedAt, now));
    dossier.clocks.push({
      stage: of,
      order: no,
      clock: startClock(limit, since),
    });
  };
  start(stage, null);
  if (order && stage === "handle") {
    start(stage, 1);
    if (order === "sent") begin(timed, "sign", { now, rules }, { order: 1 });
  }
  if (status === "suspended")
    for (const no of [null, 1]) pause(timed, "handle", now, no);
  return dossier;
}

/** The shortest and the longest limit there is, in ms. */
const [SHORTEST, LONGEST] = [SHORTEST_LIMIT * HOUR, LONGEST_LIMIT * HOUR];

/**
 * A limit that ends at an instant: day and night, as an instant does. Its clock begins with the report, unless the
 * deadline is before that or further off than a limit may be: what the sender says of the deadline holds all the same.
 */
function until(due: number, reported: number): { since: number; limit: Limit } {
  const since = Math.max(due - LONGEST, Math.min(reported, due - SHORTEST));
  return { since, limit: { amount: (due - since) / HOUR, type: "urgentHour" } };
}
