/** Incidents as they are stored: with each step goes what statistics count of it, and what systems are told of it. */
import type { HistoryLine, Held } from "../../contract/incident.ts";
import { ENDED } from "../../contract/incident-status.ts";
import type { Rules } from "../hub/incidents/held.ts";
import { movesChildren } from "../hub/incidents/notice.ts";
import { countedOf } from "../hub/statistics/counted.ts";
import { createQueue } from "../lib/queue.ts";
import type { IncidentInput, Notices, Store } from "../store/store.ts";

/** Does its sender say that it ended? */
const isOver = ({ status, closedAt }: IncidentInput): boolean =>
  closedAt !== null || ENDED.has(status ?? "reported");

export interface KeptIncidents {
  store: Pick<Store, "incidents">;
  /**
   * Runs merges and un-merges one after the other, and what ends or takes up
   * again an incident with all that was merged into it, be it a report of its
   * sender: two merges at once would each find the other open and go into it,
   * and one into what ends at that moment would be told nothing of it.
   */
  inFamilyTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

export function keepIncidents(
  { incidents }: Pick<Store, "incidents">,
  rules: Rules,
  noticesOf: (
    held: Held,
    line: HistoryLine,
    children: readonly Held[],
  ) => Notices,
): KeptIncidents {
  const inFamilyTurn = createQueue();
  const count = (held: Held, line: HistoryLine | null) =>
    countedOf(held, line, rules);

  /** Whatever was merged into it, and into those. */
  async function descendants(id: string): Promise<Held[]> {
    const children = await incidents.children(id);
    const theirs = children.map(({ incident }) => descendants(incident.id));
    return [...children, ...(await Promise.all(theirs)).flat()];
  }
  const notices = async (held: Held, line: HistoryLine) =>
    noticesOf(
      ...([held, line] as const),
      movesChildren(held, line) ? await descendants(held.incident.id) : [],
    );
  const step = async (held: Held, line: HistoryLine) =>
    incidents.step(
      ...([held, line, await notices(held, line)] as const),
      count(held, line),
    );

  return {
    store: {
      incidents: {
        ...incidents,
        report: (items) => {
          const reported = () => incidents.report(items, count, notices);
          return items.some(isOver) ? inFamilyTurn(reported) : reported();
        },
        // Whoever takes it, a person, a clock or an alarm.
        step: (held, line) => {
          const taken = () => step(held, line);
          return movesChildren(held, line) ? inFamilyTurn(taken) : taken();
        },
      },
    },
    inFamilyTurn,
  };
}
