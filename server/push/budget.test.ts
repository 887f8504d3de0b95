import { expect, it } from "vitest";
import { budget } from "./budget.ts";

const flushes = (members: number, perSecond: number) => {
  const room = budget.create();
  const waits: number[] = [];
  for (let at = 0; at < 10_000; at += 1_000 / perSecond)
    waits.push(budget.wait(room, members, at));
  return waits;
};

it("never makes one wall wait for a hundred readings a second", () => {
  expect(Math.max(...flushes(1, 100))).toBe(0);
});

it("batches three hundred walls at five hundred readings a second within 250 ms", () => {
  const waits = flushes(300, 500).slice(100);
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(50);
  expect(Math.max(...waits)).toBeLessThanOrEqual(250);
});

it("sends at once again after a busy time", () => {
  const room = budget.create();
  for (let i = 0; i < 1_000; i++) budget.wait(room, 300, i);
  expect(budget.wait(room, 1, 5_000)).toBe(0);
});
