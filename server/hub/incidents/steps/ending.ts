/** From the feedback to the evaluation, and back to work. */
import { CALLS } from "../../../../contract/step.ts";
import type { Held } from "../../../../contract/incident.ts";
import {
  begin,
  clockOf,
  end,
  endAll,
  limitOfStage,
  liveOrders,
  type Ending,
  type Moment,
} from "../held.ts";
import type { Effect } from "./effect.ts";
import { endVisit, sendVisit } from "./intake.ts";
import { voidRequests } from "./asking.ts";

export const sendCheck: Effect<"sendCheck"> = (held, body, moment) =>
  sendVisit(held, "check", body, moment);

export const check: Effect<"check"> = (held, body, moment) =>
  endVisit(held, "check", body, moment);

export const close: Effect<"close"> = (held, _body, moment) => {
  const { incident } = held;
  // Seen from the desk, by the department's photos: the dossier says so.
  if (incident.status === "fedBack")
    endVisit(held, "check", { result: "passed", note: "", photos: [] }, moment);
  for (const order of liveOrders(held)) order.status = "done";
  incident.closedAt = moment.now;
  finish(held, moment, "done");
};

/** Nothing of it counts any more. */
export function finish(held: Held, moment: Moment, how: Ending): void {
  voidRequests(held, moment);
  endAll(held, moment, how);
}

/** Back to the departments that had it, with the limit of a rework. */
function again(held: Held, moment: Moment): void {
  const { dossier, incident } = held;
  end(held, "check", moment);
  begin(held, "handle", moment, {
    limit: limitOfStage(held, "handle", moment.rules),
  });
  const whole = clockOf(held, "handle")?.clock;
  for (const order of dossier.orders) {
    if (order.status !== "fedBack" && order.status !== "done") continue;
    order.status = "handling";
    begin(held, "handle", moment, {
      order: order.no,
      ...(whole && { limit: whole.limit }),
    });
  }
  incident.closedAt = null;
}

export const rework: Effect<"rework"> = (held, _body, moment) => {
  held.dossier.reworks++;
  again(held, moment);
};

export const reopen: Effect<"reopen"> = (held, _body, moment) => {
  const { incident, dossier } = held;
  dossier.evaluation = null;
  delete dossier.unreached;
  if (
    dossier.orders.some(({ isLead, status }) => isLead && status === "done")
  ) {
    incident.status = "handling";
    return again(held, moment);
  }
  // Its sender ended it, or an alarm did: nobody here had it to the end, and its clocks pressed nobody from then on.
  const now = incident.closedAt ?? moment.now;
  endAll(held, { ...moment, now }, "calledOff");
  begin(held, "dispatch", moment);
  Object.assign(incident, { status: "registered", closedAt: null });
};

export const evaluate: Effect<"evaluate"> = (
  { incident, dossier },
  body,
  { now, actor },
) => {
  if (body.result === "unreachable") {
    dossier.unreached = (dossier.unreached ?? 0) + 1;
    if (dossier.unreached < CALLS) return;
  }
  dossier.evaluation = { at: now, by: actor.login, ...body };
  incident.status = "evaluated";
};
