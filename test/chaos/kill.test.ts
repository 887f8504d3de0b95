import { expect, it } from "vitest";
import { killAgainAndAgain } from "./kill.ts";

it("loses no acknowledged reading and counts none twice when the hub is killed under load (R1, R7)", async () => {
  const report = await killAgainAndAgain({
    kills: 2,
    seed: 7,
    longLives: false,
    log: console.log,
  });
  expect(report).toMatchObject({
    kills: 2,
    rows: { lost: 0, doubled: 0, wrong: 0, stored: report.sent },
    windows: { different: 0 },
    complaints: [],
  });
  expect(report.windows.compared).toBeGreaterThan(0);
});
