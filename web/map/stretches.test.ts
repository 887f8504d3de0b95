import type { FeatureCollection, LineString } from "geojson";
import { expect, it } from "vitest";
import { distance } from "./places.ts";
import { stretchesOf } from "./stretches.ts";

const road = (roadClass: string, ...places: number[][]) => ({
  type: "Feature" as const,
  properties: { class: roadClass },
  geometry: { type: "LineString" as const, coordinates: places },
});
const roads: FeatureCollection<LineString> = {
  type: "FeatureCollection",
  features: [
    // About 9.5 km from west to east, with a corner on the way.
    road("主干路", [123.4, 31.7], [123.45, 31.7], [123.5, 31.7]),
    road("支路", [123.4, 31.705], [123.5, 31.705]),
  ],
};
const main = new Set(["主干路"]);
const at = (id: string, lng: number, lat = 31.7001) => ({ id, lng, lat });

it("gives two loops of one road the halves between them", () => {
  const found = stretchesOf(roads, main, [at("a", 123.45), at("b", 123.455)]);
  expect(found.get("a")!.line.at(-1)![0]).toBeCloseTo(123.4525, 6);
  expect(found.get("b")!.line[0]![0]).toBeCloseTo(123.4525, 6);
});

it("lets no loop speak for more than 900 m to either side", () => {
  const { line } = stretchesOf(roads, main, [at("a", 123.44)]).get("a")!;
  expect(distance(line[0]!, line.at(-1)!)).toBeCloseTo(1_800, -1);
});

it("follows the road's corners", () => {
  const { line } = stretchesOf(roads, main, [at("a", 123.45)]).get("a")!;
  expect(line).toContainEqual([123.45, 31.7]);
});

it("ignores loops on roads of other classes, and loops on no road", () => {
  const found = stretchesOf(roads, main, [
    at("alley", 123.45, 31.705),
    at("field", 123.45, 31.75),
  ]);
  expect([...found.keys()]).toEqual([]);
});
