/** Figures by domain: each category's counts under its net, and nothing lost. */
import { expect, it } from "vitest";
import {
  ACT_PLACE,
  ACTS,
  limitPlace,
  noCounts,
  STAGES,
  totalOf,
  type Counts,
} from "../../../contract/counted.ts";
import { figuresOf, partsOf, toldAs } from "./figures.ts";

const handled = (kept: number, missed: number, registered: number): Counts => {
  const counts = noCounts();
  const handle = limitPlace("granted") + 2 * STAGES.indexOf("handle");
  counts[handle] = missed;
  counts[handle + 1] = kept;
  counts[ACT_PLACE + ACTS.indexOf("registered")] = registered;
  return counts;
};
const BY_CATEGORY = new Map([
  ["C0101", handled(3, 1, 5)],
  ["M0101", handled(2, 0, 0)],
  ["R0101", handled(0, 1, 2)],
  ["", handled(0, 0, 1)],
]);
const NETS: Record<string, string> = {
  ...{ C0101: "urban", M0101: "urban", R0101: "rural" },
};

it("counts several categories of one domain together, and what has none apart", () => {
  const parts = partsOf(
    toldAs(BY_CATEGORY, (category) => NETS[category] ?? ""),
    [],
  );
  expect(
    parts.map(({ key, figures: { registered, handled } }) => [
      ...[key, registered, handled.n, handled.of],
    ]),
  ).toEqual([
    ["urban", 5, 5, 6],
    ["rural", 2, 0, 1],
    ["", 1, 0, 0],
  ]);
  const { registered } = figuresOf(totalOf(BY_CATEGORY.values()));
  expect(parts.reduce((sum, one) => sum + one.figures.registered, 0)).toBe(
    registered,
  );
});

it("tells what is told alike as one, and changes none of what it was told of", () => {
  const told = toldAs(BY_CATEGORY, () => "王***");
  expect([...told.keys()]).toEqual(["王***"]);
  expect(figuresOf(told.get("王***")!).registered).toBe(8);
  expect(figuresOf(BY_CATEGORY.get("C0101")!).registered).toBe(5);
});
