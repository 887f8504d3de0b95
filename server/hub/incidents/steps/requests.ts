/** Agreeing and refusing: what was asked for takes effect, or does not. */
import { say } from "../../../../contract/sentence.ts";
import type { Held } from "../../../../contract/incident.ts";
import { HOUR } from "../../../../contract/time.ts";
import type { ApprovalRequest } from "../../../../contract/dossier.ts";
import type { Limit } from "../../../../contract/limit.ts";
import { ClockError, extendClock } from "../clock.ts";
import { limitFor } from "../limits.ts";
import {
  clockOf,
  end,
  liveOrders,
  nowFor,
  pause,
  type Moment,
} from "../held.ts";
import { refusal } from "../refusal.ts";
import type { Effect } from "./effect.ts";
import { register } from "./intake.ts";
import { isLead, orderOf, takeBack } from "./orders.ts";

type Granting = (held: Held, request: ApprovalRequest, moment: Moment) => void;

const GRANT: Record<ApprovalRequest["kind"], Granting> = {
  register(held, _request, moment) {
    register(held, {}, moment);
    held.incident.status = "registered";
  },

  return(held, { order }, moment) {
    held.dossier.returns++;
    if (isLead(held, order)) return takeBack(held, moment, order);
    // A co-handler's return touches its order alone (decisions I1).
    orderOf(held, order).status = "returned";
    end(held, "sign", moment, order, "calledOff");
    end(held, "handle", moment, order, "calledOff");
    if (!liveOrders(held).some(({ status }) => status === "suspended"))
      held.dossier.reviewAt = null;
  },

  extend(held, request, moment) {
    held.dossier.extensions++;
    for (const no of isLead(held, request.order)
      ? [null, request.order]
      : [request.order]) {
      const found = clockOf(held, "handle", no);
      if (!found) continue;
      const { now, rules } = moment;
      const limit = grantedLimit(held, request, found.clock.startedAt, moment);
      try {
        found.clock = extendClock(
          ...([found.clock, limit, nowFor(found.clock, now)] as const),
          rules.calendar,
        );
      } catch (error) {
        if (!(error instanceof ClockError)) throw error;
        throw refusal("/body/request", say("extensionShorter"));
      }
    }
  },

  suspend(held, { order, until }, { now }) {
    held.dossier.reviewAt = until;
    if (!isLead(held, order)) {
      orderOf(held, order).status = "suspended";
      return pause(held, "handle", now, order);
    }
    held.incident.status = "suspended";
    pause(held, "handle", now);
    // Nobody feeds back meanwhile: no order uses time, be it signed or not.
    for (const each of liveOrders(held)) {
      if (each.status === "handling") each.status = "suspended";
      pause(held, "handle", now, each.no);
    }
  },
};

function grantedLimit(
  { incident }: Held,
  { matterClass, until }: ApprovalRequest,
  startedAt: number,
  { rules }: Moment,
): Limit {
  if (until !== null)
    return { amount: (until - startedAt) / HOUR, type: "urgentHour" };
  const { category } = incident;
  const limit = limitFor(rules.limits, {
    ...{ category, parents: rules.parentsOf(category), stage: "handle" },
    matterClass: matterClass!,
  });
  if (limit) return limit;
  throw refusal(
    "/body/request",
    say("limitMissing", { matterClass: matterClass! }),
  );
}

function decided(
  { dossier }: Held,
  no: number,
  state: "agreed" | "refused",
  answer: string,
  { now, actor }: Moment,
): ApprovalRequest {
  const request = dossier.requests.find((each) => each.no === no)!;
  return Object.assign(request, {
    ...{ state, answer, decidedBy: actor.login, decidedAt: now },
  });
}

export const agree: Effect<"agree"> = (held, { request, note }, moment) => {
  const asked = decided(held, request, "agreed", note, moment);
  GRANT[asked.kind](held, asked, moment);
};

export const refuse: Effect<"refuse"> = (held, { request, note }, moment) =>
  void decided(held, request, "refused", note, moment);
