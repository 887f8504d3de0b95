/** Visits: whom one reaches, and how many wait for whom, counted as each incident is told. */
import {
  sees,
  type DataScope,
  type Whose,
} from "../../../contract/data-scope.ts";
import { ENDED } from "../../../contract/incident-status.ts";
import type { Held, Incident } from "../../../contract/incident.ts";
import { say } from "../../../contract/sentence.ts";
import type { Step } from "../../../contract/step.ts";
import { refusal } from "./refusal.ts";

/** A grid worker, and what he sees. */
export interface Sent {
  login: string;
  name: string;
  scope: DataScope;
}

/** Who sees an incident is reached by a visit to it. */
export const isReached = ({ scope }: Pick<Sent, "scope">, whose: Whose) =>
  sees(scope, whose);

/** Login of whom a step sends by name, or null. */
export const workerOf = ({ step, body }: Step): string | null =>
  step === "verify" || step === "sendCheck" ? body.worker : null;

/** @throws StepRefusal where nobody of that login goes out, or it is not his to see */
export function expectReached(
  login: string,
  incident: Incident,
  workers: readonly Sent[],
): void {
  const worker = workers.find((one) => one.login === login);
  if (worker && isReached(worker, incident)) return;
  const { number } = incident;
  const who = worker?.name || login;
  throw refusal("/body/worker", say("workerUnreached", { number, who }));
}

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
