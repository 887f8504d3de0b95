/** How many visits wait for whom, counted as each incident is told. */
import {
  sees,
  type DataScope,
  type Whose,
} from "../../../contract/data-scope.ts";
import { ENDED } from "../../../contract/incident-status.ts";
import type { Held } from "../../../contract/incident.ts";

export interface Visits {
  tell(held: Held, whose: Whose): void;
  /** Visits of open incidents within a scope that wait for this worker's result. */
  count(login: string, within: DataScope): number;
  clear(): void;
}

export function createVisits(): Visits {
  /** Of incidents that somebody by name is to look at, so of few. */
  const waiting = new Map<string, { workers: string[]; whose: Whose }>();
  return {
    tell({ incident, dossier }, whose) {
      const workers = dossier.visits.flatMap(({ worker, result }) =>
        worker !== null && result === null ? [worker] : [],
      );
      if (workers.length === 0 || ENDED.has(incident.status))
        waiting.delete(incident.id);
      else waiting.set(incident.id, { workers, whose });
    },
    count(login, within) {
      let n = 0;
      for (const { workers, whose } of waiting.values())
        if (sees(within, whose))
          n += workers.filter((worker) => worker === login).length;
      return n;
    },
    clear: () => waiting.clear(),
  };
}
