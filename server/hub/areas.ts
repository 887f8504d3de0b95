/** In which town and grid a point lies: asked of every incident that is told. */
import type { Area, AreaKind, AreaName } from "../../contract/area.ts";
import { inPolygon } from "./geometry.ts";

/** Cells a side; some five grids of a large city meet in one. */
const CELLS = 64;

export interface AreaIndex {
  /**
   * Code of the grid at a point in degrees, CGCS2000; of the town where no grid
   * holds it; null outside both. On a border either side may answer.
   */
  gridAt(lng: number, lat: number): string | null;
  /** Code of the town at a point, whatever grid it is in; null where none holds it. */
  townAt(lng: number, lat: number): string | null;
  /** The area of a code, what it lies in, and so on; districts are no areas. */
  pathOf(code: string): AreaName[];
}

export function createAreaIndex(areas: readonly Area[]): AreaIndex {
  // Grids first: whoever is found first is the answer.
  const held = [
    ...areas.filter(({ kind }) => kind === "grid"),
    ...areas.filter(({ kind }) => kind === "town"),
  ].map(({ code, kind, polygons }) => ({
    ...{ code, kind, polygons, box: boxOf(polygons) },
  }));
  const [west, south, east, north] = held.reduce(
    ([w, s, e, n], { box }) => [
      Math.min(w, box[0]),
      Math.min(s, box[1]),
      Math.max(e, box[2]),
      Math.max(n, box[3]),
    ],
    NOWHERE,
  );
  const column = (lng: number) => cellOf(lng, west, east);
  const row = (lat: number) => cellOf(lat, south, north);

  /** Places in `held`, rising, of what may hold a point of the cell. */
  const cells: number[][] = Array.from({ length: CELLS * CELLS }, () => []);
  for (const [place, { box }] of held.entries())
    for (let r = row(box[1]); r <= row(box[3]); r++)
      for (let c = column(box[0]); c <= column(box[2]); c++)
        cells[r * CELLS + c]!.push(place);

  const byCode = new Map(areas.map((area) => [area.code, area]));

  function areaAt(lng: number, lat: number, kind?: AreaKind): string | null {
    if (!(lng >= west && lng <= east && lat >= south && lat <= north))
      return null;
    for (const place of cells[row(lat) * CELLS + column(lng)]!) {
      const area = held[place]!;
      if (kind !== undefined && area.kind !== kind) continue;
      if (area.polygons.some((rings) => inPolygon(lng, lat, rings)))
        return area.code;
    }
    return null;
  }

  return {
    gridAt: (lng, lat) => areaAt(lng, lat),
    townAt: (lng, lat) => areaAt(lng, lat, "town"),

    pathOf(code) {
      const path: AreaName[] = [];
      for (let next: string | null = code; next !== null;) {
        const area = byCode.get(next);
        // A pack whose areas lie in each other is walked once round.
        if (!area || path.some((one) => one.code === next)) break;
        const { polygons: _, ...name } = area;
        path.push(name);
        next = area.parent;
      }
      return path;
    },
  };
}

type Box = [west: number, south: number, east: number, north: number];
const NOWHERE: Box = [Infinity, Infinity, -Infinity, -Infinity];

function boxOf(polygons: Area["polygons"]): Box {
  const box: Box = [...NOWHERE];
  for (const [lng, lat] of polygons.flat(2)) {
    box[0] = Math.min(box[0], lng);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lng);
    box[3] = Math.max(box[3], lat);
  }
  return box;
}

function cellOf(value: number, from: number, to: number): number {
  const cell = Math.floor(((value - from) / (to - from || 1)) * CELLS);
  return Math.min(CELLS - 1, Math.max(0, cell));
}
