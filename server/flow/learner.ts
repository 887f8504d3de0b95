/** What learns from closed incidents and suggests, in a thread of its own from the first it learns or is asked. */
import type { Worker } from "node:worker_threads";
import type { Reported } from "../hub/incidents/likeness/reported.ts";
import type { Suggested } from "../hub/incidents/likeness/suggestions.ts";
import { createCaller, type Caller } from "../lib/port.ts";
import { startThread } from "../lib/thread.ts";
import type { LearnerDoors, LearnerThread } from "./learner-thread.ts";

export interface Learner {
  /** In the order given; one that is known is not learned twice. @throws where the thread is gone */
  learn(closed: readonly Reported[]): Promise<void>;
  /** @throws where the thread is gone */
  suggest(incident: Reported): Promise<Suggested>;
  close(): Promise<void>;
}

export function createLearner(taught: LearnerThread): Learner {
  let started: { thread: Worker; side: Caller<LearnerDoors> } | null = null;
  let isClosed = false;
  let last: Promise<unknown> = Promise.resolve();

  function side(): Caller<LearnerDoors> {
    if (started) return started.side;
    const gone = new Error("What learns from closed incidents has ended.");
    if (isClosed) throw gone;
    const thread = startThread(import.meta.url, "./learner-thread", {
      workerData: taught,
    });
    const side = createCaller<LearnerDoors>(thread);
    thread.on("error", (error) => side.fail(error));
    thread.on("exit", () => side.fail(gone));
    started = { thread, side };
    return side;
  }

  return {
    async learn(closed) {
      const learned = side().call("learn", [closed]);
      last = learned;
      await learned;
    },
    suggest: async (incident) => side().call("suggest", [incident]),
    async close() {
      isClosed = true;
      await last.catch(() => undefined);
      await started?.thread.terminate();
    },
  };
}
