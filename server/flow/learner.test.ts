/** Whoever asks is not answered behind all that waits to be learned. */
import { afterAll, expect, it } from "vitest";
import type { Reported } from "../hub/incidents/likeness/reported.ts";
import { createLearner } from "./learner.ts";

const learner = createLearner({ timeZone: "Asia/Shanghai", entries: [] });
afterAll(() => learner.close());

const reported = (i: number): Reported => ({
  ...{ id: `incident-${i}`, title: `井盖 ${i}`, description: "破损" },
  ...{ address: "", category: `c${i % 100}`, source: "hotline" },
  ...{ lng: null, lat: null, reportedAt: i, department: "URBAN" },
});

it("answers in the midst of what a department closed at once", async () => {
  await learner.learn([reported(0)]);
  let isLearned = false;
  const learned = Promise.all(
    Array.from({ length: 3_000 }, (_, i) => learner.learn([reported(i)])),
  ).then(() => (isLearned = true));
  const { department } = await learner.suggest(reported(5_000));
  expect(isLearned).toBe(false);
  expect(department[0]?.value ?? "URBAN").toBe("URBAN");
  await learned;
});

it("learns all that was told", async () => {
  const { department } = await learner.suggest(reported(5_001));
  expect(department[0]?.value).toBe("URBAN");
});
