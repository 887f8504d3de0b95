import fc from "fast-check";
import { expect, it } from "vitest";
import { createSorted } from "./sorted.ts";

const change = fc.record({
  value: fc.integer({ min: 0, max: 6_000 }),
  isAdded: fc.boolean(),
});

it("holds in order what went in and did not go out, over many pieces", () => {
  fc.assert(
    fc.property(
      fc.array(change, { minLength: 200, maxLength: 2_000 }),
      (changes) => {
        const sorted = createSorted<number>((a, b) => a - b);
        const kept = new Set<number>();
        for (let value = 0; value < 6_000; value += 2) {
          sorted.add(value);
          kept.add(value);
        }
        for (const { value, isAdded } of changes)
          if (isAdded && !kept.has(value)) {
            sorted.add(value);
            kept.add(value);
          } else expect(sorted.delete(value)).toBe(kept.delete(value));
        const expected = [...kept].sort((a, b) => a - b);
        expect(sorted.first(Infinity)).toEqual(expected);
        expect(sorted.first(1_500)).toEqual(expected.slice(0, 1_500));
        expect(sorted.size).toBe(expected.length);
        expect(sorted.at(1_499)).toBe(expected[1_499]);
        expect(sorted.at(expected.length)).toBeUndefined();
        for (const value of expected) expect(sorted.delete(value)).toBe(true);
        expect(sorted.first(1)).toEqual([]);
      },
    ),
    { seed: 20261126, numRuns: 20 },
  );
});
