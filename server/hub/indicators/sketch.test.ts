import fc from "fast-check";
import { expect, it } from "vitest";
import { EXACT, Sketch } from "./sketch.ts";

const filled = (values: readonly number[]) => {
  const sketch = new Sketch();
  for (const value of values) sketch.add(value);
  return sketch;
};
const exact = (values: readonly number[], q: number) =>
  [...values].sort((a, b) => a - b)[Math.ceil(q * values.length) - 1]!;
/** Numbers of every size, in no order. */
const many = Array.from(
  { length: 3 * EXACT },
  (_, i) => ((i * 7919) % 9973) ** 2 / 1000 - 5000,
);

it.each([0.01, 0.5, 0.9, 0.999])(
  "the %d quantile of many numbers is right to 0.5 %",
  (q) => {
    const right = exact(many, q);
    const off = Math.abs(filled(many).quantile(q) - right) / Math.abs(right);
    expect(off).toBeLessThan(0.00501);
  },
);

it("is exact where the numbers are few", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer(), { minLength: 1, maxLength: 50 }),
      fc.constantFrom(0.1, 0.5, 0.9, 1),
      (values, q) => {
        expect(filled(values).quantile(q)).toBe(exact(values, q));
      },
    ),
    { seed: 3 },
  );
});

it("says the same of parts poured together, in any order, and after a restart", () => {
  const whole = filled(many).quantile(0.95);
  const parts = [many.slice(0, 100), many.slice(100, 6000), many.slice(6000)];
  const poured = new Sketch();
  for (const part of [parts[2]!, parts[0]!, parts[1]!])
    filled(part).pourInto(poured);
  const loaded = new Sketch();
  loaded.load(poured.save());
  expect([poured.quantile(0.95), loaded.quantile(0.95)]).toEqual([
    whole,
    whole,
  ]);
});

it("has no quantile of nothing", () => {
  expect(new Sketch().quantile(0.5)).toBeNaN();
});
