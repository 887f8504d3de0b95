import { createExpression } from "@maplibre/maplibre-gl-style-spec";
import { expect, it } from "vitest";
import { arcsOf, MIX_FIELDS, readRing, ringName, type Mix } from "./ring.ts";

const parsed = createExpression(ringName, "ring");
if (parsed.result === "error")
  throw new Error("the ring's name is no expression");
const expression = parsed.value;

/** Name of the ring of a cluster with these counts, as the map computes it. */
function nameOf(counts: Mix): string {
  const properties = Object.fromEntries(
    MIX_FIELDS.map((field, i) => [field, counts[i]]),
  );
  const point_count = counts.reduce((sum, n) => sum + n, 0);
  return String(
    expression.evaluate(
      { zoom: 10 },
      { type: 1, properties: { ...properties, point_count } },
    ),
  );
}

it("names a cluster's mix in whole slices", () => {
  expect(nameOf([0, 1, 3, 12, 0])).toBe("ring:40:0-1-3-12-0");
});

it("gives one urgent incident among a thousand a slice of its own", () => {
  expect(readRing(nameOf([1, 0, 0, 999, 0]))?.mix[0]).toBe(1);
});

it("draws larger rings around larger clusters", () => {
  const sizes = [2, 30, 400].map((n) => readRing(nameOf([0, 0, 0, n, 0])));
  expect(sizes.map((ring) => ring?.diameter)).toEqual([34, 40, 48]);
});

it("closes the ring whatever rounding left of it, worst first", () => {
  const arcs = arcsOf([1, 1, 1, 14, 1]);
  expect(arcs[0]).toMatchObject({ part: 0, from: 0 });
  expect(arcs.at(-1)!.to).toBeCloseTo(2 * Math.PI, 12);
  for (const [i, arc] of arcs.entries())
    if (i > 0) expect(arc.from).toBe(arcs[i - 1]!.to);
});

it("draws nothing for a name that asks for something else", () => {
  for (const name of ["ring:40", "ring:x:1-2-3-4-5", "priority:1", ""])
    expect(readRing(name)).toBeNull();
});
