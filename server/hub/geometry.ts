/** Plane geometry on degrees, right at the size of a city: which district a point lies in. */
import type { District } from "../../contract/city.ts";

export type Point = readonly [number, number];
export type Ring = readonly Point[];

/** Is the point inside the ring (even–odd rule)? A point on the edge may fall on either side. */
export function inRing(lng: number, lat: number, ring: Ring): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [x1, y1] = ring[i]!;
    const [x2, y2] = ring[j]!;
    if (
      y1 > lat !== y2 > lat &&
      lng < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1
    )
      inside = !inside;
  }
  return inside;
}

/** Inside the first ring and outside the others (holes). */
export const inPolygon = (lng: number, lat: number, rings: readonly Ring[]) =>
  rings.length > 0 &&
  inRing(lng, lat, rings[0]!) &&
  !rings.slice(1).some((hole) => inRing(lng, lat, hole));

const CELLS = 256;

/** Answers `districtAt` from a grid of cells; only cells on a border look at polygons. */
export interface DistrictIndex {
  /** Code of the district at a point in degrees, CGCS2000; null outside all. */
  districtAt(lng: number, lat: number): string | null;
}

export function createDistrictIndex(
  districts: readonly District[],
): DistrictIndex {
  const points = districts.flatMap(({ polygons }) => polygons.flat(2));
  const west = least(points, 0);
  const south = least(points, 1);
  const width = -least(points, 0, -1) - west || 1;
  const height = -least(points, 1, -1) - south || 1;
  const column = (lng: number) => Math.floor(((lng - west) / width) * CELLS);
  const row = (lat: number) => Math.floor(((lat - south) / height) * CELLS);
  const clamp = (cell: number) => Math.min(CELLS - 1, Math.max(0, cell));

  // 0 = not looked at yet, 1 = border, 2 = outside, n + 3 = wholly in district n.
  const cells = new Uint16Array(CELLS * CELLS);
  for (const { polygons } of districts)
    for (const ring of polygons.flat())
      for (let i = 1; i < ring.length; i++) markBorder(ring[i - 1]!, ring[i]!);

  function markBorder([x1, y1]: Point, [x2, y2]: Point): void {
    // Steps of a quarter cell cannot jump over one; neighbours cover the corners.
    const steps =
      1 +
      Math.ceil(
        4 *
          Math.max(
            (Math.abs(x2 - x1) / width) * CELLS,
            (Math.abs(y2 - y1) / height) * CELLS,
          ),
      );
    for (let i = 0; i <= steps; i++) {
      const c = column(x1 + ((x2 - x1) * i) / steps);
      const r = row(y1 + ((y2 - y1) * i) / steps);
      for (let dr = -1; dr <= 1; dr++)
        for (let dc = -1; dc <= 1; dc++)
          cells[clamp(r + dr) * CELLS + clamp(c + dc)] = 1;
    }
  }

  const search = (lng: number, lat: number) =>
    districts.findIndex(({ polygons }) =>
      polygons.some((rings) => inPolygon(lng, lat, rings)),
    );

  return {
    districtAt(lng, lat) {
      const c = column(lng);
      const r = row(lat);
      // One cell of slack: a border on the very edge was marked inside the grid.
      if (c < -1 || r < -1 || c > CELLS || r > CELLS || Number.isNaN(c + r))
        return null;
      const cell = clamp(r) * CELLS + clamp(c);
      const known = cells[cell]!;
      if (known > 2) return districts[known - 3]!.code;
      if (known === 2) return null;
      const found = search(lng, lat);
      if (known === 0) cells[cell] = found < 0 ? 2 : found + 3;
      return found < 0 ? null : districts[found]!.code;
    },
  };
}

function least(points: readonly Point[], axis: 0 | 1, sign = 1): number {
  let smallest = Infinity;
  for (const point of points) smallest = Math.min(smallest, sign * point[axis]);
  return smallest;
}
