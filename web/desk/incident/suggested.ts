/** What is suggested of an incident, of that only what would change it. Pure. */
import type { IncidentView } from "../../../contract/incident.ts";
import { ENDED } from "../../../contract/incident-status.ts";
import type { Likeness, Suggestion } from "../../../contract/likeness.ts";
import { ORDER_ENDED } from "../../../contract/work-order.ts";

export interface Suggested {
  kind: "category" | "department";
  /** Likeliest first. */
  suggestions: readonly Suggestion[];
}

type Known = Pick<IncidentView, "incident" | "dossier" | "legal">;

/** A department is asked for where one may be dispatched, else a category; null where nothing would change. */
export function suggestedOf(view: Known, likeness: Likeness): Suggested | null {
  const { incident, dossier, legal } = view;
  if (ENDED.has(incident.status)) return null;
  const isDispatch = legal.some(
    ({ step, obstacle }) => step === "dispatch" && obstacle === null,
  );
  const kind = isDispatch ? "department" : "category";
  const has = new Set(
    isDispatch
      ? dossier.orders
          .filter(({ status }) => !ORDER_ENDED.has(status))
          .map(({ department }) => department)
      : [incident.category],
  );
  // What is less likely than what it has is no suggestion.
  const own = likeness[kind].findIndex(({ value }) => has.has(value));
  const suggestions = likeness[kind].slice(0, own === -1 ? undefined : own);
  return suggestions.length > 0 ? { kind, suggestions } : null;
}
