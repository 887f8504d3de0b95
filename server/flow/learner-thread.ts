/** The thread that learns from closed incidents: its work and its memory keep nobody waiting who asks the hub. */
import { parentPort, workerData } from "node:worker_threads";
import type { DataScope } from "../../contract/data-scope.ts";
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

/** One that closed, or the id of one that is open again. */
export type Lesson = { closed: Reported } | { reopened: string };

const { timeZone, entries } = workerData as LearnerThread;
const suggestions = createSuggestions(createZone(timeZone));
for (const entry of entries) suggestions.teach(entry);

const doors = {
  /** In the order given; whoever asks meanwhile is answered from what is learned so far. */
  learn: (lessons: readonly Lesson[]): Promise<void> =>
    inTurns(
      (function* () {
        for (const lesson of lessons) {
          if ("closed" in lesson) suggestions.learn(lesson.closed);
          else suggestions.hide(lesson.reopened);
          yield;
        }
      })(),
    ),
  suggest: (incident: Reported, within: DataScope): Suggested =>
    suggestions.suggest(incident, within),
};
export type LearnerDoors = typeof doors;

answerCalls(parentPort!, doors);
