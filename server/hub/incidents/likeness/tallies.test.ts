import { expect, it } from "vitest";
import { createTallies } from "./tallies.ts";

it("counts each label of a word, and takes back what it counted", () => {
  const tallies = createTallies(10);
  tallies.add("积水", 1, 1);
  tallies.add("积水", 1, 1);
  tallies.add("积水", 4, 1);
  expect(tallies.get("积水")).toEqual({ n: 3, labels: [1, 4], counts: [2, 1] });
  tallies.add("积水", 4, -1);
  tallies.add("积水", 9, -1);
  expect(tallies.get("积水")).toEqual({ n: 2, labels: [1], counts: [2] });
  tallies.add("积水", 1, -2);
  expect(tallies.get("积水")).toBeUndefined();
});

it("halved, what was seen once is gone and the rest weighs half", () => {
  const tallies = createTallies(10);
  for (const word of ["积水", "积水", "路灯"]) tallies.add(word, 1, 1);
  tallies.halve();
  expect(tallies.get("积水")).toEqual({ n: 1, labels: [1], counts: [1] });
  expect(tallies.size).toBe(1);
});

it("of more words than it may hold it lets the rarest go, however many come", () => {
  const tallies = createTallies(100);
  for (let n = 0; n < 20; n++) tallies.add("积水", 1, 1);
  for (let n = 0; n < 5_000; n++) {
    tallies.add(`${n}`, 2, 1);
    expect(tallies.size).toBeLessThanOrEqual(100);
  }
  expect(tallies.get("积水")?.n).toBe(20);
  // Nobody can take back what it no longer knows.
  tallies.add("0", 2, -1);
  expect(tallies.get("0")).toBeUndefined();
});
