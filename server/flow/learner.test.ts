/** Whoever asks is not answered behind all that waits to be learned, and never left without an answer. */
import type { Worker } from "node:worker_threads";
import { afterAll, expect, it, vi } from "vitest";
import { WHOLE_CITY } from "../../contract/data-scope.ts";
import type { Reported } from "../hub/incidents/likeness/reported.ts";
import type { Suggested } from "../hub/incidents/likeness/suggestions.ts";
import { createLearner, type Learner } from "./learner.ts";

/** Threads in the order in which they began. */
const threads: Worker[] = [];
process.on("worker", (thread: Worker) => threads.push(thread));

const TAUGHT = { timeZone: "Asia/Shanghai", entries: [] };
const learner = createLearner(TAUGHT, {
  ended: (error) => expect.unreachable(error.message),
  begunAgain: () => expect.unreachable(),
});
afterAll(() => learner.close());

const reported = (i: number): Reported => ({
  ...{ id: `incident-${i}`, title: `井盖 ${i}`, description: "破损" },
  ...{ address: "", category: `c${i % 100}`, source: "hotline" },
  ...{ lng: null, lat: null, reportedAt: i, department: "URBAN" },
  ...{ departments: ["URBAN"], district: null },
});

it("answers in the midst of what a department closed at once", async () => {
  await learner.learn([{ closed: reported(0) }]);
  let isLearned = false;
  const learned = Promise.all(
    Array.from({ length: 3_000 }, (_, i) =>
      learner.learn([{ closed: reported(i) }]),
    ),
  ).then(() => (isLearned = true));
  const { department } = await learner.suggest(reported(5_000), WHOLE_CITY);
  expect(isLearned).toBe(false);
  expect(department[0]?.value ?? "URBAN").toBe("URBAN");
  await learned;
});

it("learns all that was told", async () => {
  const { department } = await learner.suggest(reported(5_001), WHOLE_CITY);
  expect(department[0]?.value).toBe("URBAN");
});

it.each([
  ["killed", (thread: Worker): void => void thread.terminate(), /ended\.$/],
  // What it cannot read ends it, as whatever else it throws.
  [
    "broken",
    (thread: Worker): void => thread.postMessage(null),
    /ended: .+\.$/,
  ],
] as const)(
  "begins again after it was %s, and leaves nobody waiting",
  async (_, end, cause): Promise<void> => {
    const ended = vi.fn<(error: Error, wait: number) => void>();
    const mortal: Learner = createLearner(TAUGHT, {
      ...{ ended, again: { first: 1, longest: 2 } },
      begunAgain: (): void =>
        void mortal
          .learn([{ closed: reported(1) }])
          .catch((error: unknown) => expect(String(error)).toMatch(cause)),
    });
    const ask = (): Promise<Suggested> =>
      mortal.suggest(reported(2), WHOLE_CITY);
    await mortal.learn([{ closed: reported(0) }]);
    for (let n = 1; n <= 3; n++) {
      const waiting = [
        ...[ask(), ask()],
        mortal.learn(
          Array.from({ length: 500 }, (_, i) => ({ closed: reported(i) })),
        ),
      ];
      end(threads.at(-1)!);
      for (const told of await Promise.allSettled(waiting))
        if (told.status === "rejected")
          expect(String(told.reason)).toMatch(/closed incidents ended/);
      await expect
        .poll(() => mortal.state())
        .toEqual({ ended: n, trouble: null });
      await expect
        .poll(async () => (await ask()).department[0]?.value)
        .toBe("URBAN");
    }
    expect(ended).toHaveBeenCalledTimes(3);
    for (const [error, wait] of ended.mock.calls) {
      expect(error.message).toMatch(cause);
      expect(wait).toBeLessThanOrEqual(2);
    }
    await mortal.close();
    await expect(ask()).rejects.toThrow("is closed");
    expect(mortal.state().ended).toBe(3);
  },
);

it("says in a sentence why it suggests nothing until it begins again, and learns nothing twice", async () => {
  const mortal = createLearner(TAUGHT, {
    ended: () => undefined,
    begunAgain: () => expect.unreachable(),
    again: { first: 3_600_000, longest: 3_600_000 },
  });
  await mortal.learn([{ closed: reported(0) }]);
  void threads.at(-1)!.terminate();
  await expect.poll(() => mortal.state().ended).toBe(1);
  const why = "What learns from closed incidents ended. It begins again.";
  expect(mortal.state().trouble).toBe(why);
  await expect(mortal.suggest(reported(1), WHOLE_CITY)).rejects.toThrow(why);
  await mortal.learn([{ closed: reported(1) }]);
  await mortal.close();
});
