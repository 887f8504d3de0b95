/** Work orders: given, signed, fed back; and what a department asks for meanwhile. */
import { LONGEST_LIMIT } from "../../../../contract/limit.ts";
import { say } from "../../../../contract/sentence.ts";
import { HOUR } from "../../../../contract/time.ts";
import type { Held } from "../../../../contract/incident.ts";
import type { WorkOrder } from "../../../../contract/work-order.ts";
import {
  begin,
  clockOf,
  end,
  endAll,
  goOn,
  leadOf,
  liveOrders,
  pause,
  type Moment,
} from "../held.ts";
import { limitOf } from "../clock-face.ts";
import { refusal } from "../refusal.ts";
import { askFor, voidRequests } from "./asking.ts";
import type { Effect } from "./effect.ts";

function send(
  held: Held,
  { department, isLead }: Pick<WorkOrder, "department" | "isLead">,
  moment: Moment,
  path: string,
): void {
  const { orders } = held.dossier;
  if (!moment.rules.departments.has(department))
    throw refusal(path, say("departmentMissing", { department }));
  if (liveOrders(held).some((order) => order.department === department))
    throw refusal(path, say("orderedAlready", { department }));
  const no = orders.length + 1;
  orders.push({
    ...{ no, department, isLead, status: "sent", sentAt: moment.now },
    ...{ signedAt: null, signedBy: null, feedback: null },
  });
  begin(held, "sign", moment, { order: no });
  // From dispatch on: where it began at signing, departments would not sign.
  const whole = clockOf(held, "handle")?.clock;
  begin(held, "handle", moment, {
    order: no,
    ...(whole && { limit: limitOf(whole) }),
  });
  if (held.incident.status === "suspended")
    pause(held, "handle", moment.now, no);
}

export const dispatch: Effect<"dispatch"> = (
  held,
  { lead, co, matterClass },
  moment,
) => {
  if (matterClass) held.incident.matterClass = matterClass;
  end(held, "dispatch", moment);
  begin(held, "handle", moment);
  send(held, { department: lead, isLead: true }, moment, "/body/lead");
  for (const [i, department] of co.entries())
    send(held, { department, isLead: false }, moment, `/body/co/${i}`);
};

/** The centre takes back what it gave: no order was returned by its department. */
export const recall: Effect<"recall"> = (held, _body, moment) =>
  takeBack(held, moment, null);

export const addHandler: Effect<"addHandler"> = (
  held,
  { department },
  moment,
) => send(held, { department, isLead: false }, moment, "/body/department");

export const orderOf = ({ dossier }: Held, no: number | null): WorkOrder =>
  dossier.orders.find((order) => order.no === no)!;

export const sign: Effect<"sign"> = (held, { order: no }, moment) => {
  const { now, actor } = moment;
  const order = orderOf(held, no);
  const { incident } = held;
  Object.assign(order, {
    ...{ status: "handling", signedAt: now, signedBy: actor.login },
  } satisfies Partial<WorkOrder>);
  end(held, "sign", moment, no);
  if (order.isLead && incident.status === "dispatched")
    incident.status = "handling";
};

export const feedBack: Effect<"feedBack"> = (
  held,
  { order: no, note, photos },
  moment,
) => {
  const { now, actor } = moment;
  const order = orderOf(held, no);
  order.status = "fedBack";
  order.feedback = { at: now, by: actor.login, note, photos };
  end(held, "handle", moment, no);
  voidRequests(held, moment, no);
  if (!order.isLead) return;
  held.incident.status = "fedBack";
  end(held, "handle", moment);
  begin(held, "check", moment);
};

export const askReturn: Effect<"askReturn"> = (held, body, moment) => {
  const { suggested } = body;
  if (suggested !== null && !moment.rules.departments.has(suggested))
    throw refusal(
      "/body/suggested",
      say("departmentMissing", { department: suggested }),
    );
  askFor(held, { kind: "return", ...body }, moment);
};

export const askExtension: Effect<"askExtension"> = (held, body, moment) => {
  const { until, order } = body;
  if (until !== null && until <= moment.now)
    throw refusal("/body/until", say("extensionOver"));
  const since = clockOf(held, "handle", order)?.clock.startedAt ?? moment.now;
  if (until !== null && until - since > LONGEST_LIMIT * HOUR)
    throw refusal("/body/until", say("extensionFar", { hours: LONGEST_LIMIT }));
  askFor(held, { kind: "extend", ...body }, moment);
};

export const askSuspension: Effect<"askSuspension"> = (
  held,
  { order, reason, reviewAt },
  moment,
) => {
  if (reviewAt <= moment.now)
    throw refusal("/body/reviewAt", say("reviewOver"));
  askFor(held, { kind: "suspend", order, reason, until: reviewAt }, moment);
};

/** What is suspended goes on, be it the incident or a co-handler's order: clocks count again from now. */
export const resume: Effect<"resume"> = (held, _body, { now }) => {
  held.dossier.reviewAt = null;
  for (const order of liveOrders(held)) {
    if (order.status === "suspended") order.status = "handling";
    goOn(held, "handle", now, order.no);
  }
  goOn(held, "handle", now);
};

/** The incident goes back to whoever dispatches. */
export function takeBack(
  held: Held,
  moment: Moment,
  returned: number | null,
): void {
  for (const order of liveOrders(held))
    order.status = order.no === returned ? "returned" : "withdrawn";
  held.dossier.reviewAt = null;
  voidRequests(held, moment);
  endAll(held, moment, "calledOff");
  held.incident.status = "registered";
  begin(held, "dispatch", moment);
}

export const isLead = (held: Held, no: number | null): boolean =>
  leadOf(held)?.no === no;
