/**
 * Which warnings are in force here (domain.md §6, decisions B6). Identity is
 * sender + identifier + sent; Update and Cancel end what they refer to; what
 * does not meet the city is kept and not shown.
 */
import type { District } from "../../contract/city.ts";
import type { Warning, WarningView } from "../../contract/warning.ts";
import { areaMeets } from "./geometry.ts";

export const warningId = (of: {
  sender: string;
  identifier: string;
  sent: number;
}) => `${of.sender},${of.identifier},${of.sent}`;

/** What a new message does: itself, and the earlier ones that it ends. */
export interface WarningChange {
  view: WarningView;
  superseded: WarningView[];
}

export function judgeWarning(
  warning: Warning,
  ask: {
    feed: string;
    now: number;
    districts: readonly District[];
    regionCode: string;
    /** Earlier messages by id, as far as they are known. */
    known: (id: string) => WarningView | undefined;
  },
): WarningChange {
  const id = warningId(warning);
  const ends = warning.msgType === "Update" || warning.msgType === "Cancel";
  const earlier = ends
    ? warning.references.map((reference) => ask.known(warningId(reference)))
    : [];
  const superseded = earlier
    .filter((found) => found !== undefined)
    .filter((found) => found.id !== id)
    .map((found) => ({ ...found, supersededBy: id }));
  return {
    view: {
      ...warning,
      id,
      feed: ask.feed,
      ours: warning.areas.some((area) =>
        areaMeets(area, ask.districts, ask.regionCode),
      ),
      orphan: ends && !earlier.some((found) => found !== undefined),
      drill: warning.status === "Exercise" || warning.status === "Test",
      supersededBy: null,
      receivedAt: ask.now,
    },
    superseded,
  };
}

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
