/** Visits that wait, as the phone lists them. Pure. */
import type { QueueRow } from "../../contract/incident.ts";
import type { Item } from "./item.ts";

/** What a visit needs to be found and done, kept for when there is no network. */
export type Task = Pick<
  QueueRow,
  | "id"
  | "number"
  | "title"
  | "address"
  | "status"
  | "rev"
  | "due"
  | "lng"
  | "lat"
>;

const STATUSES = new Set(["verifying", "checking"]);

/** Of all open incidents those that somebody is to look at, the most pressing first. */
export function tasksOf(rows: Iterable<QueueRow>): Task[] {
  return [...rows]
    .filter(({ status }) => STATUSES.has(status))
    .sort((a, b) => dueOf(a) - dueOf(b) || a.reportedAt - b.reportedAt)
    .map(({ id, number, title, address, status, rev, due, lng, lat }) => ({
      ...{ id, number, title, address, status, rev, due, lng, lat },
    }));
}

const dueOf = ({ due }: Pick<QueueRow, "due">) => due?.dueAt ?? Infinity;

/** Without those whose result is on its way already. */
export const undone = (
  tasks: readonly Task[],
  items: readonly Item[],
): Task[] =>
  tasks.filter(
    ({ id, rev }) =>
      !items.some(
        ({ errand, state }) =>
          errand.kind === "visit" &&
          errand.incident.id === id &&
          state !== "refused" &&
          errand.rev >= rev,
      ),
  );
