/** What somebody did, as the hub has it and as it waits on this phone: each once. Pure. */
import type { HistoryLine, OwnMatter } from "../../contract/incident.ts";
import type { Item } from "./item.ts";

export interface Own {
  /** What still waits here or was refused, and what the hub did not tell of yet. */
  items: Item[];
  matters: readonly OwnMatter[];
}

export function ownOf(
  matters: readonly OwnMatter[],
  items: readonly Item[],
): Own {
  const keys = new Set(matters.map(({ key }) => key));
  const ids = new Set(matters.map(({ id }) => id));
  const isTold = ({ id, state, errand, incident }: Item) =>
    // It came, and the answer was lost on its way.
    (errand.kind === "report" && keys.has(id)) ||
    (state === "sent" && incident !== null && ids.has(incident.id));
  return { items: items.filter((item) => !isTold(item)), matters };
}

/** What of a history its reporter cares for: where it moved, and what they did themselves. */
export const courseOf = (
  history: readonly HistoryLine[],
  login: string | undefined,
): HistoryLine[] =>
  history.filter(
    ({ from, to, who }) => (to !== null && from !== to) || who === login,
  );
