/** How many visits wait for whom, counted as each incident is told. */
import { ENDED } from "../../../contract/incident-status.ts";
import type { Held } from "../../../contract/incident.ts";

export interface Visits {
  tell(held: Held): void;
  /** Visits of open incidents that wait for this worker's result. */
  count(login: string): number;
  clear(): void;
}

export function createVisits(): Visits {
  /** Of incidents that somebody by name is to look at, so of few. */
  const waiting = new Map<string, string[]>();
  return {
    tell({ incident, dossier }) {
      const workers = dossier.visits.flatMap(({ worker, result }) =>
        worker !== null && result === null ? [worker] : [],
      );
      if (workers.length === 0 || ENDED.has(incident.status))
        waiting.delete(incident.id);
      else waiting.set(incident.id, workers);
    },
    count(login) {
      let n = 0;
      for (const workers of waiting.values())
        n += workers.filter((worker) => worker === login).length;
      return n;
    },
    clear: () => waiting.clear(),
  };
}
