import { expect, it } from "vitest";
import { watchScopes } from "./watch/watch.ts";

it("sends nobody a row of another department or district while rows move between them, and everybody all of their own (R6)", async () => {
  const report = await watchScopes({ seconds: 5, seed: 7 });
  console.log(JSON.stringify(report));
  expect(report).toMatchObject({ foreign: 0, missing: 0, complaints: [] });
  expect(report.received).toBeGreaterThan(report.sent);
});
