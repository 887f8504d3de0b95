/** An incident with its dossier, as decisions read and change it. */
import type { Clock } from "../../../contract/clock.ts";
import {
  EMPTY_DOSSIER,
  isInstructed,
  supervisedOf,
  type Dossier,
  type StageClock,
} from "../../../contract/dossier.ts";
import type {
  Due,
  Incident,
  IncidentRecord,
  Held,
  RunningClock,
} from "../../../contract/incident.ts";
import { type IncidentStatus } from "../../../contract/incident-status.ts";
import type { Limit, LimitRow, LimitStage } from "../../../contract/limit.ts";
import type { DataScope } from "../../../contract/data-scope.ts";
import type { Action } from "../../../contract/role.ts";
import { ORDER_ENDED, type WorkOrder } from "../../../contract/work-order.ts";
import type { Calendar } from "../../../contract/work-time.ts";
import {
  changedAt,
  pauseClock,
  resumeClock,
  startClock,
  stopClock,
} from "./clock.ts";
import { deadlineOf, isPaused, judge, limitOf } from "./clock-face.ts";
import type { DistrictCentre } from "../../../contract/city.ts";
import { limitFor } from "./limits.ts";

/** Who acts; the orders of the departments of his scope are his. */
export interface Actor extends DataScope {
  login: string;
  name: string;
  actions: ReadonlySet<Action>;
}

/** What the city decided once for all incidents. */
export interface Rules {
  calendar: Calendar;
  limits: readonly LimitRow[];
  /** Is it one of the city's? */
  isCategory(code: string): boolean;
  /** Majors of a category, the nearest first. */
  parentsOf(category: string | null): readonly string[];
  departments: ReadonlySet<string>;
  /** Those of them that are a district's centre, by code. */
  centres: ReadonlyMap<string, DistrictCentre>;
  districtAt(lng: number, lat: number): string | null;
  /** The grid or town at a point, or null. */
  gridAt(lng: number, lat: number): string | null;
  /** The town at a point, or null. */
  townAt(lng: number, lat: number): string | null;
  /** Sources that need no confirmation to be registered. */
  trusted: ReadonlySet<string>;
  /** ms in which a closed incident may be opened again. */
  reopenWithin: number;
}

/** What happens now, to decide by. */
export interface Moment {
  now: number;
  actor: Actor;
  rules: Rules;
}

/** What a report begins with: the clock of its acceptance. */
export function firstDossier(
  report: Pick<IncidentRecord, "category" | "historic">,
  moment: Pick<Moment, "now" | "rules">,
): Dossier {
  const dossier = structuredClone(EMPTY_DOSSIER);
  const incident = { ...report, matterClass: "A" as const };
  begin({ incident, dossier }, "accept", moment);
  return dossier;
}

export const liveOrders = ({ dossier }: Held): WorkOrder[] =>
  dossier.orders.filter(({ status }) => !ORDER_ENDED.has(status));

export const leadOf = (held: Held): WorkOrder | undefined =>
  liveOrders(held).find(({ isLead }) => isLead);

/** What a clock is begun and stopped by. */
type Passing = Pick<Moment, "now" | "rules">;

/** What chooses limits, and what holds clocks: less than a held incident is enough. */
interface Timed {
  incident: Pick<IncidentRecord, "category" | "matterClass" | "historic">;
  dossier: Pick<Dossier, "clocks">;
}

export function limitOfStage(
  { incident }: Timed,
  stage: LimitStage,
  rules: Rules,
): Limit | null {
  const { category, matterClass } = incident;
  const parents = rules.parentsOf(category);
  return limitFor(rules.limits, { category, parents, matterClass, stage });
}

/** The newest clock of a stage, of an order where it is an order's. */
export function clockOf(
  { dossier }: Timed,
  stage: LimitStage,
  order: number | null = null,
): StageClock | undefined {
  return dossier.clocks.findLast(
    (each) => each.stage === stage && each.order === order,
  );
}

/** Begins a clock, with another limit than the city's where one is given; historic incidents have none. */
export function begin(
  held: Timed,
  stage: LimitStage,
  moment: Passing,
  {
    order = null,
    limit = limitOfStage(held, stage, moment.rules),
  }: { order?: number | null; limit?: Limit | null } = {},
): void {
  if (limit === null || held.incident.historic) return;
  end(held, stage, moment, order, "calledOff");
  const clock = startClock(limit, moment.now);
  held.dossier.clocks.push({ stage, order, clock });
}

/** Changes the newest clock of a stage where it still runs. */
function change(
  held: Timed,
  stage: LimitStage,
  order: number | null,
  how: (clock: Clock) => Clock,
): void {
  const found = clockOf(held, stage, order);
  if (found && found.clock.stoppedAt === null) found.clock = how(found.clock);
}

/** Now, for a clock: a machine whose time was set back must not hold up the work that began before. */
export const nowFor = (clock: Clock, now: number): number =>
  Math.max(now, changedAt(clock));

/** Why a clock stops: its step was done, or nothing is to be done any more. */
export type Ending = "done" | "calledOff";

function stopped(clock: Clock, moment: Passing, how: Ending): Clock {
  const { calendar } = moment.rules;
  const now = nowFor(clock, moment.now);
  const over = stopClock(clock, now);
  const isDone = how === "done";
  return { ...over, judgement: judge(over, calendar, { now, isDone }) };
}

export const end = (
  held: Timed,
  stage: LimitStage,
  moment: Passing,
  order: number | null = null,
  how: Ending = "done",
): void => change(held, stage, order, (clock) => stopped(clock, moment, how));

export const endAll = (
  { dossier }: Timed,
  moment: Passing,
  how: Ending,
): void => {
  for (const each of dossier.clocks)
    if (each.clock.stoppedAt === null)
      each.clock = stopped(each.clock, moment, how);
};

export const pause = (
  held: Timed,
  stage: LimitStage,
  now: number,
  order: number | null = null,
): void =>
  change(held, stage, order, (clock) =>
    isPaused(clock) ? clock : pauseClock(clock, nowFor(clock, now)),
  );

export const goOn = (
  held: Timed,
  stage: LimitStage,
  now: number,
  order: number | null = null,
): void =>
  change(held, stage, order, (clock) =>
    isPaused(clock) ? resumeClock(clock, nowFor(clock, now)) : clock,
  );

/** Which of the incident's own clocks presses in a status. */
export const PRESSING: Partial<Record<IncidentStatus, LimitStage>> = {
  reported: "accept",
  verifying: "verify",
  registered: "dispatch",
  dispatched: "handle",
  handling: "handle",
  suspended: "handle",
  fedBack: "check",
  checking: "check",
};

/** What can be told of a clock without asking the calendar again. */
function faceOf({ stage, clock }: StageClock, calendar: Calendar): Due {
  const limit = limitOf(clock);
  return {
    stage,
    limit,
    startedAt: clock.startedAt,
    yellowAt: deadlineOf(clock, calendar, {
      ...limit,
      amount: limit.amount * 0.8,
    }),
    dueAt: deadlineOf(clock, calendar),
    firstDueAt: deadlineOf(clock, calendar, clock.limit),
    pausedAt: isPaused(clock) ? clock.pauses.at(-1)!.from : null,
  };
}

export function dueOf(held: Held, calendar: Calendar): Due | null {
  const stage = PRESSING[held.incident.status];
  const found = stage && clockOf(held, stage);
  return found && found.clock.stoppedAt === null
    ? faceOf(found, calendar)
    : null;
}

/** Every clock that nothing stopped, in the order in which they began. */
export const running = (
  { dossier }: Held,
  calendar: Calendar,
): RunningClock[] =>
  dossier.clocks
    .filter(({ clock }) => clock.stoppedAt === null)
    .map((each) => ({ ...faceOf(each, calendar), order: each.order }));

/** What lists tell of the dossier. */
export function summed(held: Held, rules: Rules): Incident {
  const { incident, dossier } = held;
  const orders = liveOrders(held);
  const last = orders.length > 0 ? orders : dossier.orders;
  const handlers = [...last]
    .sort((a, b) => Number(b.isLead) - Number(a.isLead) || a.no - b.no)
    .map(({ department }) => department);
  const { department } = incident;
  const orderOf = dossier.orders.map((order) => order.department);
  return {
    ...incident,
    departments: [...new Set([department, ...orderOf, ...dossier.centres])],
    handlers: [...new Set(handlers)],
    grid:
      incident.lng === null || incident.lat === null
        ? null
        : rules.gridAt(incident.lng, incident.lat),
    due: dueOf(held, rules.calendar),
    supervised: supervisedOf(dossier),
    instructed: isInstructed(dossier),
    waiting: dossier.requests
      .filter(({ state }) => state === "waiting")
      .map(({ kind }) => kind),
    returns: dossier.returns,
    reworks: dossier.reworks,
    urges: dossier.urges,
  };
}
