/** The thread that learns from closed incidents: its work and its memory keep nobody waiting who asks the hub. */
import { parentPort, workerData } from "node:worker_threads";
import { createZone } from "../../contract/zone.ts";
import type { Reported } from "../hub/incidents/likeness/reported.ts";
import {
  createSuggestions,
  type Entry,
  type Suggested,
} from "../hub/incidents/likeness/suggestions.ts";
import { answerCalls } from "../lib/port.ts";
import { inTurns } from "../lib/turns.ts";

export interface LearnerThread {
  timeZone: string;
  /** What the city's catalogue says. */
  entries: readonly Entry[];
}

const { timeZone, entries } = workerData as LearnerThread;
const suggestions = createSuggestions(createZone(timeZone));
for (const entry of entries) suggestions.teach(entry);

const doors = {
  /** In the order given; whoever asks meanwhile is answered from what is learned so far. */
  learn: (closed: readonly Reported[]): Promise<void> =>
    inTurns(
      (function* () {
        for (const one of closed) {
          suggestions.learn(one);
          yield;
        }
      })(),
    ),
  suggest: (incident: Reported): Suggested => suggestions.suggest(incident),
};
export type LearnerDoors = typeof doors;

answerCalls(parentPort!, doors);
