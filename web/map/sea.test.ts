import type { FeatureCollection, Polygon } from "geojson";
import { expect, it } from "vitest";
import { openSea } from "./sea.ts";
import { VEILS, veilOpacity } from "./veil.ts";

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

/** How many veils lie over a place. */
function veilsOver([x, y]: [number, number]): number {
  const { features } = openSea(water("sea", bay)) as FeatureCollection<Polygon>;
  return features.filter(({ properties, geometry }) => {
    const [ring] = geometry.coordinates;
    const [xs, ys] = [ring!.map(([x]) => x!), ring!.map(([, y]) => y!)];
    const within = (at: number, of: number[]) =>
      at > Math.min(...of) && at < Math.max(...of);
    return properties?.["kind"] === "veil" && within(x, xs) && within(y, ys);
  }).length;
}

it("lets a coast go on beyond the frame as it came, with no corner there", () => {
  const ring = ringOf(openSea(water("sea", bay)));
  // From (0, 1.4) over (0.3, 2) and as far again.
  const leaves = ring.findIndex(([x, y]) => x === 0.3 && y === 2);
  expect(leaves).toBeGreaterThan(0);
  expect(ring[leaves - 1]).toEqual([0.6, 2.6]);
  expect(ring[leaves + 1]).toEqual([0, 1.4]);
});

it("loses the sea to sight where its coast is not known, and nowhere else", () => {
  expect(veilsOver([1, 1.9])).toBe(0);
  expect(veilsOver([1, 2.4])).toBeGreaterThan(0);
  expect(veilsOver([1, 2.4])).toBeLessThan(veilsOver([1, 2.6]));
  expect(veilsOver([1, 3.9])).toBe(VEILS);
  expect(veilsOver([1, -1.9])).toBe(VEILS);
  // Out at sea no coast leaves the map.
  expect(veilsOver([5, 1])).toBe(0);
});

it("hides as much with every veil, and everything with the last", () => {
  let left = 1;
  for (let n = 0; n < VEILS; n++) {
    left *= 1 - veilOpacity(n);
    expect(left).toBeCloseTo(1 - (n + 1) / VEILS);
  }
});
