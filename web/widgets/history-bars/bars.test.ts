import { expect, it } from "vitest";
import { HOUR } from "../../../contract/time.ts";
import { barsOf } from "./bars.ts";

const line = {
  at: [0, 1, 2.5].map((hours) => hours * HOUR),
  value: [4, 6, 8],
  state: ["normal", "yellow", "red"] as const,
};

it("folds a line into hours, and leaves silent ones empty", () => {
  const bars = barsOf(
    { ...line, state: [...line.state] },
    3.2 * HOUR,
    4,
    HOUR,
    "max",
  );
  expect(bars.value).toEqual([4, 6, 8, null]);
  expect(bars.level).toEqual([null, "yellow", "red", null]);
  expect(bars.at[0]).toBe(HOUR / 2);
});
