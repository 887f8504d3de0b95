/** What learns from closed incidents and suggests, in a thread of its own from the first it learns or is asked. */
import type { Worker } from "node:worker_threads";
import type { DataScope } from "../../contract/data-scope.ts";
import type { Reported } from "../hub/incidents/likeness/reported.ts";
import type { Suggested } from "../hub/incidents/likeness/suggestions.ts";
import { MINUTE, SECOND } from "../../contract/time.ts";
import { backoff } from "../lib/backoff.ts";
import { createCaller, type Caller } from "../lib/port.ts";
import { startThread } from "../lib/thread.ts";
import type { LearnerDoors, LearnerThread, Lesson } from "./learner-thread.ts";

export interface Learner {
  /**
   * In the order given, once others had their answers; of one that is known only
   * whose it is. Nothing while the thread is to begin again: it is taught anew then.
   * @throws where the thread ends meanwhile
   */
  learn(lessons: readonly Lesson[]): Promise<void>;
  /** @param within of nothing else a reason tells. @throws where the thread is gone */
  suggest(incident: Reported, within: DataScope): Promise<Suggested>;
  /** How often the thread ended unasked, and why it suggests nothing now; null where it does. */
  state(): LearnerState;
  close(): Promise<void>;
}

export interface LearnerState {
  ended: number;
  trouble: string | null;
}

/** Handed over in one go: so long a stop waits. */
const AT_ONCE = 50;
/** What waits to be learned at most; of more, the newest. */
const MOST_WAITING = 10_000;
/** What ended a thread may end the next one too: what is taught anew costs seconds. */
const AGAIN = { first: SECOND, longest: 10 * MINUTE };

export function createLearner(
  taught: LearnerThread,
  ask: {
    /** The thread ended, and why; it begins again in so many ms. */
    ended: (error: Error, wait: number) => void;
    /** It began again and knows nothing but the catalogue. */
    begunAgain: () => void;
    again?: typeof AGAIN;
  },
): Learner {
  const again = ask.again ?? AGAIN;
  let started: { thread: Worker; side: Caller<LearnerDoors> } | null = null;
  let isClosed = false;
  /** Why there is none, until it begins again. */
  let trouble: string | null = null;
  let ended = 0;
  /** One soon after the other. */
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  const waiting: Lesson[] = [];
  let learning: Promise<void> | null = null;

  function side(): Caller<LearnerDoors> {
    if (isClosed)
      throw new Error("What learns from closed incidents is closed.");
    if (started) return started.side;
    if (trouble !== null) throw new Error(trouble);
    const begun = performance.now();
    const thread = startThread(import.meta.url, "./learner-thread", {
      workerData: taught,
    });
    const side = createCaller<LearnerDoors>(thread);
    let cause = "";
    thread.on(
      "error",
      (error) => (cause = `: ${error.message.replace(/\.$/, "")}`),
    );
    thread.on("exit", () => {
      const error = new Error(
        `What learns from closed incidents ended${cause}.`,
      );
      if (!isClosed) {
        if (performance.now() - begun > again.longest) failures = 0;
        beginAgain(error);
      }
      side.fail(error);
    });
    started = { thread, side };
    return side;
  }

  function beginAgain(error: Error): void {
    const wait = backoff(failures++, again);
    started = null;
    ended++;
    trouble = `${error.message} It begins again.`;
    timer = setTimeout(() => {
      trouble = null;
      side();
      ask.begunAgain();
    }, wait);
    ask.ended(error, wait);
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
    async learn(lessons) {
      if (trouble !== null) return;
      // Where nothing was learned, nothing is to be hidden.
      waiting.push(
        ...lessons.filter((lesson) => started !== null || "closed" in lesson),
      );
      waiting.splice(0, waiting.length - MOST_WAITING);
      await (learning ??= learnAll());
    },
    suggest: async (incident, within) =>
      side().call("suggest", [incident, within]),
    state: () => ({ ended, trouble }),
    async close() {
      isClosed = true;
      clearTimeout(timer);
      waiting.length = 0;
      await learning?.catch(() => undefined);
      await started?.thread.terminate();
    },
  };
}
