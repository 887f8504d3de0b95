/** Requests: what somebody wants of an incident and another agrees to (decisions I1). */
import type { Held } from "../../../../contract/incident.ts";
import type { ApprovalRequest } from "../../../../contract/dossier.ts";
import type { Moment } from "../held.ts";

type Wanted = Pick<ApprovalRequest, "kind" | "order" | "reason"> &
  Partial<Pick<ApprovalRequest, "suggested" | "matterClass" | "until">>;

export function askFor(
  { dossier }: Held,
  wanted: Wanted,
  { now, actor }: Moment,
): void {
  const order = dossier.orders.find(({ no }) => no === wanted.order);
  dossier.requests.push({
    ...{ suggested: null, matterClass: null, until: null },
    ...wanted,
    no: dossier.requests.length + 1,
    ...{ by: actor.login, name: actor.name },
    department: order?.department ?? null,
    ...{ at: now, state: "waiting", answer: "" },
    ...{ decidedBy: null, decidedAt: null },
  });
}

/** What waits has no meaning any more: of one order, or of the incident. */
export function voidRequests(
  { dossier }: Held,
  { now }: Pick<Moment, "now">,
  order?: number,
): void {
  for (const request of dossier.requests)
    if (
      request.state === "waiting" &&
      (order === undefined || request.order === order)
    )
      Object.assign(request, { state: "void", decidedAt: now });
}
