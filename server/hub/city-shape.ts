/**
 * Does a warning's area meet the city? Made once from the districts: their
 * borders lie in a grid of cells, so that what a message costs grows with its
 * own corners and hardly with the city's.
 */
import type { District } from "../../contract/city.ts";
import type { WarningArea } from "../../contract/warning.ts";
import { inRing, type Point, type Ring } from "./geometry.ts";

export interface CityShape {
  /**
   * An area without any shape is judged by its geocodes' region prefix. What
   * touches the border meets it. Gives way now and then, for `inTurns`.
   */
  meets(areas: readonly WarningArea[]): Generator<void, boolean>;
}

const CELLS = 128;
/** Corners compared before others get their turn: a few milliseconds at the worst. */
const A_TURN = 200;
/** Of a cell: what lies on the line between two cells belongs to both. */
const SLACK = 1e-6;
/** Entries of `lines` per edge. */
const LINE = 5;
const METRES_PER_DEGREE = 111_320;

export function createCityShape(
  districts: readonly District[],
  regionCode: string,
): CityShape {
  const shapes = districts
    .flatMap(({ polygons }) => polygons.map((rings) => rings[0] ?? []))
    .filter((ring) => ring.length > 0);
  const borders = createBorders(shapes);
  const codes = [regionCode, ...districts.map(({ code }) => code)];

  /** Corners compared since others had their turn. */
  let since = 0;
  function* ringMeets(ring: Ring): Generator<void, boolean> {
    if (ring.length === 0 || !borders.boxMeets(ring)) return false;
    if (borders.inside(ring[0]!)) return true;
    for (let i = 1; i < ring.length; i++) {
      if (borders.crossedBy(ring[i - 1]!, ring[i]!)) return true;
      if (++since < A_TURN) continue;
      since = 0;
      yield;
    }
    // Nothing crosses: a district lies wholly within, or they are apart.
    return shapes.some(([first]) => inRing(first![0], first![1], ring));
  }
  const named = (area: WarningArea) =>
    area.geocodes.some(({ value }) =>
      codes.some((code) => value.startsWith(code)),
    );

  return {
    *meets(areas) {
      since = 0;
      for (const area of areas) {
        const { polygons, circles } = area;
        if (polygons.length + circles.length === 0 && named(area)) return true;
        for (const ring of polygons) if (yield* ringMeets(ring)) return true;
        for (const round of circles)
          if (yield* ringMeets(circle(round))) return true;
      }
      return false;
    },
  };
}

function createBorders(shapes: readonly Ring[]) {
  const [west, south, east, north] = boxOf(shapes.flat());
  const wide = (east - west) / CELLS || 1;
  const high = (north - south) / CELLS || 1;
  const columnOf = (lng: number) => (lng - west) / wide;
  const rowOf = (lat: number) => (lat - south) / high;
  const clamp = (cell: number) => Math.min(CELLS - 1, Math.max(0, cell));

  /** Calls `look` with every cell that the edge passes, until it says true. */
  function passes(
    [x1, y1]: Point,
    [x2, y2]: Point,
    look: (cell: number) => boolean,
  ): boolean {
    const [c1, r1, c2, r2] = [columnOf(x1), rowOf(y1), columnOf(x2), rowOf(y2)];
    const low = Math.min(r1, r2) - SLACK;
    const high = Math.max(r1, r2) + SLACK;
    const left = Math.min(c1, c2);
    const right = Math.max(c1, c2);
    // The far side of the grid belongs to its last cells.
    if (high < 0 || low > CELLS || right < -SLACK || left > CELLS + SLACK)
      return false;
    const slope = r1 === r2 ? null : (c2 - c1) / (r2 - r1);
    for (let r = clamp(Math.floor(low)); r <= clamp(Math.floor(high)); r++) {
      let [from, to] = [left, right];
      if (slope !== null) {
        const a = c1 + slope * (r - SLACK - r1);
        const b = c1 + slope * (r + 1 + SLACK - r1);
        from = Math.max(left, Math.min(a, b));
        to = Math.min(right, Math.max(a, b));
      }
      if (to < -SLACK || from > CELLS + SLACK) continue;
      const last = clamp(Math.floor(to + SLACK));
      for (let c = clamp(Math.floor(from - SLACK)); c <= last; c++)
        if (look(r * CELLS + c)) return true;
    }
    return false;
  }

  /** Per cell: places in `lines` of the edges that pass it. */
  const cells = new Array<number[] | null>(CELLS * CELLS).fill(null);
  /** x, y of both ends and the shape's number, side by side: the loops below are hot. */
  const lines: number[] = [];
  shapes.forEach((ring, shape) => {
    for (let i = 1; i < ring.length; i++) {
      const [a, b] = [ring[i - 1]!, ring[i]!];
      const edge = lines.push(...a, ...b, shape) - LINE;
      passes(a, b, (cell) => {
        (cells[cell] ??= []).push(edge);
        return false;
      });
    }
  });

  return {
    boxMeets(ring: Ring): boolean {
      const [w, s, e, n] = boxOf(ring);
      return w <= east && e >= west && s <= north && n >= south;
    },

    crossedBy([x1, y1]: Point, [x2, y2]: Point): boolean {
      const [w, e] = x1 < x2 ? [x1, x2] : [x2, x1];
      const [s, n] = y1 < y2 ? [y1, y2] : [y2, y1];
      return passes([x1, y1], [x2, y2], (cell) => {
        const here = cells[cell]!;
        if (here === null) return false;
        for (let i = 0; i < here.length; i++) {
          const edge = here[i]!;
          const x3 = lines[edge]!;
          const y3 = lines[edge + 1]!;
          const x4 = lines[edge + 2]!;
          const y4 = lines[edge + 3]!;
          // Most lie beside it.
          if ((x3 < w && x4 < w) || (x3 > e && x4 > e)) continue;
          if ((y3 < s && y4 < s) || (y3 > n && y4 > n)) continue;
          if (
            side(x1, y1, x2, y2, x3, y3) * side(x1, y1, x2, y2, x4, y4) <= 0 &&
            side(x3, y3, x4, y4, x1, y1) * side(x3, y3, x4, y4, x2, y2) <= 0
          )
            return true;
        }
        return false;
      });
    },

    /** Even–odd rule, for each shape alone: looks at the borders east of the point. */
    inside([lng, lat]: Point): boolean {
      const [c, r] = [columnOf(lng), rowOf(lat)];
      if (!(c >= 0 && c <= CELLS && r >= 0 && r <= CELLS)) return false;
      const row = clamp(Math.floor(r)) * CELLS;
      const odd = new Set<number>();
      for (let cell = clamp(Math.floor(c)); cell < CELLS; cell++) {
        const here = cells[row + cell]!;
        if (here === null) continue;
        for (let i = 0; i < here.length; i++) {
          const edge = here[i]!;
          const y1 = lines[edge + 1]!;
          const y2 = lines[edge + 3]!;
          if (y1 > lat === y2 > lat) continue;
          const x1 = lines[edge]!;
          const x = ((lines[edge + 2]! - x1) * (lat - y1)) / (y2 - y1) + x1;
          // An edge lies in many cells, and is met in one of them.
          if (x <= lng || clamp(Math.floor(columnOf(x))) !== cell) continue;
          const shape = lines[edge + 4]!;
          if (!odd.delete(shape)) odd.add(shape);
        }
      }
      return odd.size > 0;
    },
  };
}

/** West, south, east, north. */
function boxOf(points: readonly Point[]): [number, number, number, number] {
  let [w, s, e, n] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lng, lat] of points) {
    w = Math.min(w, lng);
    s = Math.min(s, lat);
    e = Math.max(e, lng);
    n = Math.max(n, lat);
  }
  return [w, s, e, n];
}

/** On which side of the line from 1 to 2 lies 3? */
function side(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  x3: number,
  y3: number,
): number {
  return Math.sign((x2 - x1) * (y3 - y1) - (y2 - y1) * (x3 - x1));
}

/** Twenty-four corners around a centre; `radius` in metres. */
function circle(round: WarningArea["circles"][number]): Ring {
  const { lng, lat, radius } = round;
  const high = Math.max(radius, 1) / METRES_PER_DEGREE;
  const wide = high / Math.max(0.01, Math.cos((lat * Math.PI) / 180));
  return Array.from({ length: 25 }, (_, i): Point => {
    const turn = (i / 24) * 2 * Math.PI;
    return [lng + wide * Math.cos(turn), lat + high * Math.sin(turn)];
  });
}
