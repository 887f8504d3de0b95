/** What learns from closed incidents and suggests, in a thread of its own from the first it learns or is asked. */
import type { Worker } from "node:worker_threads";
import type { Reported } from "../hub/incidents/likeness/reported.ts";
import type { Suggested } from "../hub/incidents/likeness/suggestions.ts";
import { createCaller, type Caller } from "../lib/port.ts";
import { startThread } from "../lib/thread.ts";
import type { LearnerDoors, LearnerThread } from "./learner-thread.ts";

export interface Learner {
  /** In the order given, once others had their answers; one that is known is not learned twice. @throws where the thread is gone */
  learn(closed: readonly Reported[]): Promise<void>;
  /** @throws where the thread is gone */
  suggest(incident: Reported): Promise<Suggested>;
  close(): Promise<void>;
}

/** Handed over in one go: so long a stop waits. */
const AT_ONCE = 50;
/** What waits to be learned at most; of more, the newest. */
const MOST_WAITING = 10_000;

export function createLearner(taught: LearnerThread): Learner {
  let started: { thread: Worker; side: Caller<LearnerDoors> } | null = null;
  let isClosed = false;
  const waiting: Reported[] = [];
  let learning: Promise<void> | null = null;

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

  /** One call at a time: whoever asks is not answered behind all that waits. */
  async function learnAll(): Promise<void> {
    try {
      while (waiting.length > 0)
        await side().call("learn", [waiting.splice(0, AT_ONCE)]);
    } finally {
      waiting.length = 0;
      learning = null;
    }
  }

  return {
    async learn(closed) {
      waiting.push(...closed);
      waiting.splice(0, waiting.length - MOST_WAITING);
      await (learning ??= learnAll());
    },
    suggest: async (incident) => side().call("suggest", [incident]),
    async close() {
      isClosed = true;
      waiting.length = 0;
      await learning?.catch(() => undefined);
      await started?.thread.terminate();
    },
  };
}
