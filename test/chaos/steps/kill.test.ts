import { expect, it } from "vitest";
import { killBetweenSteps } from "./kill.ts";

it("leaves a legal state, a whole history and right clocks, wherever between two steps the hub is killed", async () => {
  const report = await killBetweenSteps({
    ...{ tries: 5, seed: 7 },
    log: console.log,
  });
  expect(report).toMatchObject({ tries: 5, lost: 0, wrong: 0, complaints: [] });
  expect(report.looked).toBeGreaterThan(20);
  expect(report.acknowledged).toBeGreaterThan(10);
});
