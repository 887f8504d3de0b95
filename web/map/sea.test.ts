import type { FeatureCollection, Polygon } from "geojson";
import { expect, it } from "vitest";
import { openSea } from "./sea.ts";

const water = (kind: string, ring: number[][]): FeatureCollection<Polygon> => ({
  type: "FeatureCollection",
  features: [
    {
      type: "Feature",
      properties: { kind },
      geometry: { type: "Polygon", coordinates: [ring] },
    },
  ],
});

/** A bay: its coast in the west, the base map's frame on the other sides. */
const bay = [
  [0.4, 0],
  [2, 0],
  [2, 2],
  [0.3, 2],
  [0, 1.4],
  [0.2, 0.7],
  [0.4, 0],
];

function ringOf(collection: ReturnType<typeof openSea>): number[][] {
  return (collection as FeatureCollection<Polygon>).features[0]!.geometry
    .coordinates[0]!;
}

it("lets a sea go on beyond the frame of the city's map", () => {
  const ring = ringOf(openSea(water("sea", bay)));
  expect(Math.max(...ring.map(([x]) => x!))).toBeGreaterThan(5);
  expect(Math.max(...ring.map(([, y]) => y!))).toBeGreaterThan(5);
  expect(Math.min(...ring.map(([, y]) => y!))).toBeLessThan(-3);
});

it("leaves the coast where it is", () => {
  const ring = ringOf(openSea(water("sea", bay)));
  expect(ring).toContainEqual([0, 1.4]);
  expect(ring).toContainEqual([0.2, 0.7]);
});

it("leaves a lake alone, however straight its dam", () => {
  const lake = water("lake", bay);
  expect(openSea(lake)).toEqual(lake);
});
