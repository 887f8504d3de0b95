/**
 * Group commit: jobs that arrive together are made durable together. At once
 * when idle; when busy, at most 5 ms after the one before it began.
 */
import { StoreDown } from "./db.ts";

/** Milliseconds between the beginnings of two commits. */
const GAP = 5;

/**
 * @param commit stores all jobs or throws and stores none
 * @returns stores one job, in the order of the calls
 */
export function createGroup<J, R>(
  commit: (jobs: J[]) => R[] | Promise<R[]>,
): { add(job: J): Promise<R>; idle(): Promise<void> } {
  interface Waiting {
    job: J;
    resolve: (result: R) => void;
    reject: (error: unknown) => void;
  }
  let waiting: Waiting[] = [];
  let running: Promise<void> | null = null;
  let began = -Infinity;

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const rest = began + GAP - performance.now();
      await new Promise((done) =>
        rest > 0 ? setTimeout(done, rest) : setImmediate(done),
      );
      began = performance.now();
      const group = waiting;
      waiting = [];
      await settle(group);
    }
    // Said in the same breath as the look at `waiting`: no job falls between.
    running = null;
  }

  /** One bad job must not sink its neighbours: they are tried alone again. */
  async function settle(group: Waiting[]): Promise<void> {
    try {
      const results = await commit(group.map((each) => each.job));
      group.forEach((each, i) => each.resolve(results[i]!));
    } catch (error) {
      if (group.length === 1 || error instanceof StoreDown)
        for (const each of group) each.reject(error);
      else for (const each of group) await settle([each]);
    }
  }

  return {
    add: (job) =>
      new Promise((resolve, reject) => {
        waiting.push({ job, resolve, reject });
        running ??= drain();
      }),
    async idle() {
      while (running) await running;
    },
  };
}
