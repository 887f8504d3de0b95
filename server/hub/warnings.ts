/**
 * Which warnings are in force here (domain.md §6, decisions B6). A message
 * belongs to the feed that brought it: within that feed its identity is sender +
 * identifier + sent, and only a message of the same feed may end it. What an
 * Update or Cancel names may come after it: the order of arrival never decides.
 * What does not meet the city is kept and not shown.
 */
import type {
  Warning,
  WarningStanding,
  WarningView,
} from "../../contract/warning.ts";

/** No feed's id holds a slash, so no two feeds can mean the same message. */
export const warningId = (
  feed: string,
  of: { sender: string; identifier: string; sent: number },
) => `${feed}/${of.sender},${of.identifier},${of.sent}`;

/** What a new message does. */
export interface WarningChange {
  view: WarningView;
  /** Messages that came before it and stand differently now. */
  changed: WarningStanding[];
  /** Ids of messages that it ends and that have not come yet. */
  awaits: string[];
}

export function judgeWarning(
  warning: Warning,
  ask: {
    feed: string;
    now: number;
    /** Does its area meet the city? */
    ours: boolean;
    /** Earlier messages by id, as far as they are known. */
    known: (id: string) => WarningStanding | undefined;
    /** Messages that awaited this one: they end it. */
    early: readonly WarningStanding[];
  },
): WarningChange {
  const id = warningId(ask.feed, warning);
  const ends = warning.msgType === "Update" || warning.msgType === "Cancel";
  const named = new Set(
    ends ? warning.references.map((one) => warningId(ask.feed, one)) : [],
  );
  named.delete(id);
  const changed = new Map<string, WarningStanding>();
  const awaits: string[] = [];
  for (const name of named) {
    const found = ask.known(name);
    if (!found) awaits.push(name);
    else if (mayEnd(warning, found))
      changed.set(name, {
        ...found,
        supersededBy: latest(found.supersededBy, id),
      });
  }
  const orphan = ends && changed.size === 0;
  const early = ask.early.filter((one) => mayEnd(one, warning));
  for (const one of early)
    changed.set(one.id, { ...(changed.get(one.id) ?? one), orphan: false });
  return {
    view: {
      ...warning,
      id,
      feed: ask.feed,
      ours: ask.ours,
      orphan,
      drill: warning.status === "Exercise" || warning.status === "Test",
      supersededBy: early.map((one) => one.id).reduce(latest, null),
      receivedAt: ask.now,
    },
    changed: [...changed.values()],
    awaits,
  };
}

/** A drill, a test or a draft never ends what is real. */
const mayEnd = (
  ending: Pick<Warning, "status">,
  ended: Pick<Warning, "status">,
) => ending.status === "Actual" || ended.status !== "Actual";

/** Of two messages that end the same one, the one sent last: not the one heard last. */
function latest(one: string | null, other: string): string {
  if (one === null) return other;
  const later = sentOf(one) - sentOf(other) || (one < other ? -1 : 1);
  return later > 0 ? one : other;
}

const sentOf = (id: string) => Number(id.slice(id.lastIndexOf(",") + 1));

/** May the wall show it at `now`? Drafts, system messages, acks and cancels never. */
export function inForce(view: WarningView, now: number): boolean {
  return (
    view.ours &&
    view.supersededBy === null &&
    (view.msgType === "Alert" || view.msgType === "Update") &&
    (view.status === "Actual" || view.drill) &&
    (view.expires === null || view.expires > now)
  );
}
