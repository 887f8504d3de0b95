import { expect, it } from "vitest";
import { backoff } from "./backoff.ts";

it("doubles up to the longest wait, with the upper half by lot", () => {
  const limits = { first: 100, longest: 1_000 };
  const full = [100, 200, 400, 800, 1_000, 1_000];
  full.forEach((most, failures) => {
    for (let n = 0; n < 50; n++) {
      const wait = backoff(failures, limits);
      expect(wait).toBeGreaterThanOrEqual(most / 2);
      expect(wait).toBeLessThanOrEqual(most);
    }
  });
});
