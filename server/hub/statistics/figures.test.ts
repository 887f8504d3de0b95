/** Figures by domain: each category's cells under its net, and nothing lost. */
import { expect, it } from "vitest";
import { byDomain, figuresOf, partsOf, type Cells } from "./figures.ts";

const cell = (category: string, n: number) => ({
  ...{ department: "WATER", district: "990101", source: "grid" },
  ...{ matterClass: "A", category, town: "", n },
});
const CELLS: Cells = {
  settled: [
    { ...cell("C0101", 4), stage: "handle", kept: 3 },
    { ...cell("M0101", 2), stage: "handle", kept: 2 },
    { ...cell("R0101", 1), stage: "handle", kept: 0 },
  ],
  settledFirst: [],
  acts: [
    { ...cell("C0101", 5), act: "registered" },
    { ...cell("R0101", 2), act: "registered" },
    { ...cell("", 1), act: "registered" },
  ],
};
const NETS: Record<string, string> = {
  ...{ C0101: "urban", M0101: "urban", R0101: "rural" },
};

it("counts several categories of one domain together, and what has none apart", () => {
  const parts = partsOf(
    byDomain(CELLS, (category) => NETS[category] ?? ""),
    "category",
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
  const { registered } = figuresOf(CELLS);
  expect(parts.reduce((sum, one) => sum + one.figures.registered, 0)).toBe(
    registered,
  );
});

it("looks at each cell of a thousand sources a few times, not once for every source", () => {
  let looks = 0;
  const acts = Array.from({ length: 1_000 }, (_, i) => ({
    ...cell("C0101", 1),
    act: "registered" as const,
    get source() {
      looks++;
      return `source ${i}`;
    },
  }));
  const parts = partsOf({ settled: [], settledFirst: [], acts }, "source", []);
  expect(parts).toHaveLength(1_000);
  expect(looks).toBeLessThan(10_000);
});
