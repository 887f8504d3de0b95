import type { Position } from "./types.ts";

/**
 * The city is drawn on a plane in metres, x east and y north of its centre,
 * and laid on the globe at the end. The centre lies in the open sea, where the
 * maps of this world show no place that the city could be taken for.
 */
export type Point = readonly [x: number, y: number];
export type Line = Point[];

export const CENTRE: Position = [123.4, 31.7];

/** Metres of one degree on the GRS80 ellipsoid (CGCS2000) at the city's latitude. */
const [METRES_PER_LNG, METRES_PER_LAT] = (() => {
  const a = 6378137;
  const e2 = 0.0066943800229;
  const lat = (CENTRE[1] * Math.PI) / 180;
  const w2 = 1 - e2 * Math.sin(lat) ** 2;
  return [
    ((a * Math.cos(lat)) / Math.sqrt(w2)) * (Math.PI / 180),
    ((a * (1 - e2)) / w2 ** 1.5) * (Math.PI / 180),
  ];
})();

const round6 = (value: number) => Math.round(value * 1e6) / 1e6;

export function toPosition([x, y]: Point): Position {
  return [
    round6(CENTRE[0] + x / METRES_PER_LNG),
    round6(CENTRE[1] + y / METRES_PER_LAT),
  ];
}

export function toPoint([lng, lat]: Position): Point {
  return [
    (lng - CENTRE[0]) * METRES_PER_LNG,
    (lat - CENTRE[1]) * METRES_PER_LAT,
  ];
}

export const toPositions = (line: readonly Point[]): Position[] =>
  line.map(toPosition);

/** Not `Math.hypot`, which takes ten times as long for care we do not need. */
export const length = (x: number, y: number) => Math.sqrt(x * x + y * y);

export const distance = (a: Point, b: Point) =>
  length(a[0] - b[0], a[1] - b[1]);

export const mix = (a: Point, b: Point, t: number): Point => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
];

export const clamp = (value: number, low = 0, high = 1) =>
  Math.max(low, Math.min(high, value));

/** 0 below `from`, 1 above `to`, smooth between; `from` may be the larger. */
export function ramp(value: number, from: number, to: number): number {
  const t = clamp((value - from) / (to - from));
  return t * t * (3 - 2 * t);
}

export function lengthOf(line: readonly Point[]): number {
  let sum = 0;
  for (let i = 1; i < line.length; i++)
    sum += distance(line[i - 1] as Point, line[i] as Point);
  return sum;
}

/** Point at `metres` from the start, and the direction there in radians (east = 0). */
export function along(
  line: readonly Point[],
  metres: number,
): { at: Point; angle: number } {
  let left = Math.max(0, metres);
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1] as Point;
    const b = line[i] as Point;
    const step = distance(a, b);
    if (left <= step || i === line.length - 1)
      return {
        at: mix(a, b, step === 0 ? 0 : Math.min(1, left / step)),
        angle: Math.atan2(b[1] - a[1], b[0] - a[0]),
      };
    left -= step;
  }
  throw new Error("a line needs two points");
}

/** The same line with a point every `step` metres or a little less. */
export function resample(line: readonly Point[], step: number): Line {
  const total = lengthOf(line);
  const count = Math.max(1, Math.ceil(total / step));
  const points: Line = [line[0] as Point];
  let i = 1;
  let passed = 0;
  for (let k = 1; k < count; k++) {
    const target = (total * k) / count;
    let a = line[i - 1] as Point;
    let b = line[i] as Point;
    let leg = distance(a, b);
    while (passed + leg < target) {
      passed += leg;
      i++;
      a = line[i - 1] as Point;
      b = line[i] as Point;
      leg = distance(a, b);
    }
    points.push(mix(a, b, (target - passed) / leg));
  }
  points.push(line.at(-1) as Point);
  return points;
}

/** A smooth line through the given points (centripetal enough for our spacing). */
export function spline(through: readonly Point[], step: number): Line {
  const points: Line = [];
  const at = (i: number) => through[clamp(i, 0, through.length - 1)] as Point;
  for (let i = 0; i < through.length - 1; i++) {
    const [p0, p1, p2, p3] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    const parts = Math.max(2, Math.ceil(distance(p1, p2) / step));
    for (let k = 0; k < parts; k++) {
      const t = k / parts;
      const axis = (j: 0 | 1) =>
        0.5 *
        (2 * p1[j] +
          (p2[j] - p0[j]) * t +
          (2 * p0[j] - 5 * p1[j] + 4 * p2[j] - p3[j]) * t * t +
          (3 * p1[j] - p0[j] - 3 * p2[j] + p3[j]) * t * t * t);
      points.push([axis(0), axis(1)]);
    }
  }
  points.push(through.at(-1) as Point);
  return points;
}

/** Cuts the corners of a line; its ends stay. A closed ring repeats its first point. */
export function roundCorners(line: readonly Point[], times: number): Line {
  let points = [...line];
  const closed = distance(points[0] as Point, points.at(-1) as Point) < 1e-6;
  for (let n = 0; n < times && points.length > 2; n++) {
    const next: Line = closed ? [] : [points[0] as Point];
    for (let i = 1; i < points.length; i++) {
      const a = points[i - 1] as Point;
      const b = points[i] as Point;
      if (closed || i > 1) next.push(mix(a, b, 0.25));
      if (closed || i < points.length - 1) next.push(mix(a, b, 0.75));
    }
    next.push(closed ? (next[0] as Point) : (points.at(-1) as Point));
    points = next;
  }
  return points;
}

/** Drops points that lie within `tolerance` of the line without them (Douglas–Peucker). */
export function simplify(line: readonly Point[], tolerance: number): Line {
  const last = line.length - 1;
  if (last < 2) return [...line];
  const keep = new Uint8Array(line.length);
  keep[0] = keep[last] = 1;
  const stack: [number, number][] = [[0, last]];
  // A ring has no chord: start it from its farthest point.
  if (distance(line[0] as Point, line[last] as Point) < 1e-6) {
    let far = 1;
    for (let i = 2; i < last; i++)
      if (
        distance(line[i] as Point, line[0] as Point) >
        distance(line[far] as Point, line[0] as Point)
      )
        far = i;
    keep[far] = 1;
    stack.splice(0, 1, [0, far], [far, last]);
  }
  for (let span = stack.pop(); span; span = stack.pop()) {
    const [from, to] = span;
    let worst = 0;
    let at = -1;
    for (let i = from + 1; i < to; i++) {
      const off = distanceToSegment(
        line[i] as Point,
        line[from] as Point,
        line[to] as Point,
      );
      if (off > worst) [worst, at] = [off, i];
    }
    if (worst <= tolerance) continue;
    keep[at] = 1;
    stack.push([from, at], [at, to]);
  }
  return line.filter((_, i) => keep[i]);
}

export function distanceToSegment(p: Point, a: Point, b: Point): number {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const length2 = dx * dx + dy * dy;
  const t =
    length2 === 0
      ? 0
      : clamp(((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2);
  return length(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy);
}

/** Is the point inside the ring (closed or not)? Works on degrees as well. */
export function insideRing(
  x: number,
  y: number,
  ring: readonly (readonly [number, number])[],
): boolean {
  let inside = false;
  let before = ring.at(-1);
  for (const point of ring) {
    if (before && point[1] > y !== before[1] > y) {
      const rise = (y - point[1]) / (before[1] - point[1]);
      if (x < (before[0] - point[0]) * rise + point[0]) inside = !inside;
    }
    before = point;
  }
  return inside;
}

/** Square metres; positive where the ring runs counter-clockwise. */
export function areaOf(ring: readonly Point[]): number {
  let sum = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i] as Point;
    const [xj, yj] = ring[j] as Point;
    sum += xj * yi - xi * yj;
  }
  return sum / 2;
}

/** A ribbon around a line: a polygon ring `width(i)` metres wide at its i-th point. */
export function ribbon(
  line: readonly Point[],
  width: (i: number) => number,
): Line {
  const left: Line = [];
  const right: Line = [];
  line.forEach((p, i) => {
    const a = line[Math.max(0, i - 1)] as Point;
    const b = line[Math.min(line.length - 1, i + 1)] as Point;
    const length = distance(a, b) || 1;
    const nx = -(b[1] - a[1]) / length;
    const ny = (b[0] - a[0]) / length;
    const half = width(i) / 2;
    left.push([p[0] + nx * half, p[1] + ny * half]);
    right.push([p[0] - nx * half, p[1] - ny * half]);
  });
  const ring = [...left, ...right.reverse()];
  return [...ring, ring[0] as Point];
}
