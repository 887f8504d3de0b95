/** What the systems that brought an incident, and what was merged into it, are told of a step. */
import { ENDED } from "../../../contract/incident-status.ts";
import type { HistoryLine, Held } from "../../../contract/incident.ts";
import type { StatusNotice } from "../../../contract/webhook.ts";
import { leadOf, liveOrders } from "./held.ts";

/** @returns null where its status stayed as it was, or its sender said it */
export function noticeOf(held: Held, line: HistoryLine): StatusNotice | null {
  const { incident } = held;
  const { id, feed, externalId, number, rev, status } = incident;
  if (line.from === status || line.who === `feed:${feed}`) return null;
  return {
    key: `${id}/${rev}`,
    ...{ feed, externalId, number, rev, status, from: line.from },
    ...{ at: line.at, handlers: handlersOf(held) },
  };
}

/** Does it end what was merged into it, or take it up again? Merged itself, both go on with its parent. */
export function movesChildren(
  { incident: { status } }: Held,
  { from }: HistoryLine,
): boolean {
  if (from === null || from === status) return false;
  if (status === "merged" || from === "merged") return false;
  return ENDED.has(status) || ENDED.has(from);
}

/** Each reporter is informed (domain §4): what became of the one that a merged one is part of. */
export function noticeOfChild(
  child: Held,
  parent: Held,
  line: HistoryLine,
): StatusNotice {
  const { id, feed, externalId, number, rev } = child.incident;
  const { incident } = parent;
  return {
    key: `${id}/${rev}/${incident.id}/${incident.rev}`,
    ...{ feed, externalId, number, rev, from: "merged", status: "merged" },
    ...{ at: line.at, handlers: handlersOf(parent) },
    parent: {
      ...{ number: incident.number, status: incident.status },
      rev: incident.rev,
    },
  };
}

function handlersOf(held: Held): string[] {
  const lead = leadOf(held)?.department;
  const others = liveOrders(held).map(({ department }) => department);
  return [...new Set([...(lead ? [lead] : []), ...others])];
}
