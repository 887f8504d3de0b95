import { describe, expect, it } from "vitest";
import { isEasing } from "./bands.ts";

const speed = {
  thresholds: { red: 10, orange: 15, yellow: 20, blue: 30 },
  direction: "H",
} as const;
const calls = {
  thresholds: { yellow: { deviation: 50 }, blue: { deviation: 20 } },
  direction: "L",
} as const;
const at = (value: number | null, baseline: number | null = null) => ({
  value,
  baseline,
});

describe("a level that is still raised", () => {
  it("is easing once the value is back beyond its limit", () => {
    expect(isEasing(at(21), "yellow", speed)).toBe(true);
    expect(isEasing(at(45), "yellow", speed)).toBe(true);
    expect(isEasing(at(110, 100), "blue", calls)).toBe(true);
  });

  it("is not easing while the value calls for it", () => {
    expect(isEasing(at(20), "yellow", speed)).toBe(false);
    expect(isEasing(at(12), "yellow", speed)).toBe(false);
    expect(isEasing(at(130, 100), "blue", calls)).toBe(false);
  });

  it("is never said to ease where nobody can tell", () => {
    expect(isEasing(at(110), "blue", calls)).toBe(false);
    expect(isEasing(at(null), "red", speed)).toBe(false);
    expect(isEasing(at(45), "normal", speed)).toBe(false);
    expect(isEasing(at(45), "red", null)).toBe(false);
  });
});
