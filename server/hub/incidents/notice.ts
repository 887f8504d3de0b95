/** What the system that brought an incident is told of a step. */
import type { HistoryLine, Held } from "../../../contract/incident.ts";
import type { StatusNotice } from "../../../contract/webhook.ts";
import { leadOf, liveOrders } from "./held.ts";

/** @returns null where its status stayed as it was */
export function noticeOf(held: Held, line: HistoryLine): StatusNotice | null {
  const { incident } = held;
  const { id, feed, externalId, number, rev, status } = incident;
  if (line.from === status) return null;
  const lead = leadOf(held)?.department;
  const handlers = liveOrders(held).map(({ department }) => department);
  return {
    key: `${id}/${rev}`,
    ...{ feed, externalId, number, rev, status, from: line.from },
    at: line.at,
    handlers: [...new Set([...(lead ? [lead] : []), ...handlers])],
  };
}
