/** An incident's clocks as statistics count them (docs/statistics.md S1–S6). Pure. */
import type { Clock, Judgement } from "../../../contract/clock.ts";
import type { StageRow } from "../../../contract/counted.ts";
import type { StageClock } from "../../../contract/dossier.ts";
import { ENDED } from "../../../contract/incident-status.ts";
import type { IncidentRecord } from "../../../contract/incident.ts";
import type { WorkOrder } from "../../../contract/work-order.ts";
import type { Calendar } from "../../../contract/work-time.ts";
import { judge } from "../incidents/clock-face.ts";

export interface Measured {
  incident: Pick<IncidentRecord, "status" | "closedAt">;
  clocks: readonly StageClock[];
  orders: readonly Pick<WorkOrder, "no" | "department" | "isLead" | "sentAt">[];
}

export function stagesOf(measured: Measured, calendar: Calendar): StageRow[] {
  const isOver = ENDED.has(measured.incident.status);
  const rows = measured.clocks.map((each, i): StageRow => {
    const { stage, order, clock } = each;
    return {
      ...{ no: i + 1, stage, order },
      department: departmentOf(each, measured.orders),
      ...faceOf(clock, isOver, calendar),
    };
  });
  const whole = wholeOf(rows, measured);
  return whole ? [whole, ...rows] : rows;
}

type Face = Omit<StageRow, "no" | "stage" | "order" | "department">;

function faceOf(clock: Clock, isOver: boolean, calendar: Calendar): Face {
  const { startedAt, stoppedAt } = clock;
  const came = clock.judgement ?? presumed(clock, calendar);
  const { dueAt, firstDueAt } = came;
  const isDone = stoppedAt !== null && came.isDone;
  return {
    ...{ startedAt, dueAt, firstDueAt, stoppedAt },
    settledAt: settled(clock, dueAt, came.isKept, { isDone, isOver }),
    firstSettledAt: settled(clock, firstDueAt, came.isFirstKept, {
      ...{ isDone, isOver },
    }),
    isKept: isDone && came.isKept,
    isFirstKept: isDone && came.isFirstKept,
    natural: isDone ? ranOf(clock) : null,
    worked: isDone ? came.worked : null,
  };
}

/** Of a clock that was stopped before verdicts were kept, and of one that runs. */
const presumed = (clock: Clock, calendar: Calendar): Judgement =>
  judge(clock, calendar, {
    now: clock.stoppedAt ?? clock.startedAt,
    isDone: true,
  });

/** When it is decided whether a deadline was kept; null = never. */
function settled(
  { stoppedAt }: Clock,
  dueAt: number | null,
  isKept: boolean,
  { isDone, isOver }: { isDone: boolean; isOver: boolean },
): number | null {
  // What nothing stopped in an incident that is over presses nobody: merged, or ended by its sender.
  if (stoppedAt === null) return isOver ? null : dueAt;
  if (!isKept) return dueAt;
  return isDone ? stoppedAt : null;
}

/** ms that it ran by the day's time. */
function ranOf({ startedAt, pauses, stoppedAt }: Clock): number {
  const end = stoppedAt ?? startedAt;
  const paused = pauses.reduce(
    (sum, { from, to }) =>
      sum + Math.max(0, Math.min(to ?? end, end) - Math.min(from, end)),
    0,
  );
  return end - startedAt - paused;
}

/** An order's own department; of the handling as a whole its lead's. */
function departmentOf(
  { stage, order, clock }: StageClock,
  orders: Measured["orders"],
): string {
  if (order !== null)
    return orders.find(({ no }) => no === order)?.department ?? "";
  return stage === "handle" ? leadAt(orders, clock.startedAt) : "";
}

export const leadAt = (orders: Measured["orders"], at: number): string =>
  orders.findLast(({ isLead, sentAt }) => isLead && sentAt <= at)?.department ??
  "";

/**
 * The incident as a whole: late from the first of its own deadlines that was
 * missed, else kept when it was closed. One without a clock has no whole.
 */
function wholeOf(
  rows: readonly StageRow[],
  { incident, orders }: Measured,
): StageRow | null {
  const own = rows.filter(({ order }) => order === null);
  if (own.length === 0) return null;
  const { status, closedAt } = incident;
  // An alarm that ended by itself was nobody's to close in time.
  const isWorked = own.some(({ natural }) => natural !== null);
  const isClosed = status === "closed" || status === "evaluated";
  const doneAt = isClosed && isWorked ? closedAt : null;
  const startedAt = Math.min(...own.map((row) => row.startedAt));
  /** A deadline that is missed, or that will be if nobody does anything. */
  const missed = (
    due: "dueAt" | "firstDueAt",
    kept: "isKept" | "isFirstKept",
    settledAt: "settledAt" | "firstSettledAt",
  ) =>
    own
      .filter((row) => !row[kept] && row[settledAt] !== null)
      .map((row) => row[due])
      .filter((at) => at !== null)
      .reduce<number | null>((a, b) => Math.min(a ?? b, b), null);
  const dueAt = missed("dueAt", "isKept", "settledAt");
  const firstDueAt = missed("firstDueAt", "isFirstKept", "firstSettledAt");
  return {
    ...{ no: 0, stage: "whole", order: null, startedAt, dueAt, firstDueAt },
    department: leadAt(orders, Infinity),
    stoppedAt: doneAt,
    settledAt: dueAt ?? doneAt,
    firstSettledAt: firstDueAt ?? doneAt,
    isKept: doneAt !== null && dueAt === null,
    isFirstKept: doneAt !== null && firstDueAt === null,
    natural: doneAt === null ? null : doneAt - startedAt,
    worked: null,
  };
}
