import type { Line, Point } from "./plane.ts";
import { distance, distanceToSegment, spline } from "./plane.ts";
import type { Stream } from "./landscape.ts";
import { FRAME } from "./landscape.ts";
import { createNoise } from "./random.ts";
import { createGrid, fill, valueAt } from "./grid.ts";

/** An oval with an uneven rim. */
export function blob(
  seed: number,
  name: string,
  at: Point,
  size: Point,
  rough: number,
): Line {
  const shape = createNoise(seed, `blob ${name}`, 1, 4);
  const ring: Line = [];
  for (let k = 0; k < 96; k++) {
    const a = (k / 96) * 2 * Math.PI;
    const r = 1 + rough * shape(Math.cos(a) * 1.3, Math.sin(a) * 1.3);
    ring.push([
      at[0] + size[0] * r * Math.cos(a),
      at[1] + size[1] * r * Math.sin(a),
    ]);
  }
  return [...ring, ring[0] as Point];
}

/** A lens north of the river's middle, so that no border cuts it. */
export function createIslet(river: Stream): Line {
  const from = river.line.findIndex(([x]) => x > 19_200);
  const to = river.line.findIndex(([x]) => x > 23_600);
  const north: Line = [];
  const south: Line = [];
  for (let i = from; i <= to; i++) {
    const [ax, ay] = river.line[i - 1] as Point;
    const [bx, by] = river.line[i + 1] as Point;
    const [x, y] = river.line[i] as Point;
    const length = Math.hypot(bx - ax, by - ay);
    const swell = Math.sin((Math.PI * (i - from)) / (to - from)) ** 0.6;
    const place = (share: number): Point => [
      x - ((by - ay) / length) * share * river.width(i),
      y + ((bx - ax) / length) * share * river.width(i),
    ];
    north.push(place(0.16 + 0.15 * swell));
    south.push(place(0.16 - 0.1 * swell));
  }
  const ring = [...north, ...south.reverse()];
  return [...ring, ring[0] as Point];
}

/** Waters wander: moves every point of a line by smooth noise. */
export function createMeander(seed: number) {
  const east = createNoise(seed, "meander east", 3400, 3);
  const north = createNoise(seed, "meander north", 3400, 3);
  return (through: Line, by: number): Line =>
    spline(through, 120).map(([x, y]) => [
      x + by * east(x, y),
      y + by * north(x, y),
    ]);
}

export function createStream(
  id: string,
  line: Line,
  width: (p: Point) => number,
): Stream {
  return { id, line, width: (i) => width(line[i] as Point) };
}

/** Signed distance to the middle of the river, by the nearest of its legs. */
export function createBank(line: Line): (p: Point) => number {
  const starts = createGrid(FRAME, 1500);
  fill(starts, (x, y) => {
    let near = 0;
    let best = Infinity;
    line.forEach(([lx, ly], i) => {
      const d = (lx - x) ** 2 + (ly - y) ** 2;
      if (d < best) [best, near] = [d, i];
    });
    return near;
  });
  return (p) => {
    // Walk downhill from the cell's nearest point, then judge the legs around.
    let near = valueAt(starts, p[0], p[1]);
    for (let way = -1; way <= 1; way += 2) {
      let d = distance(p, line[near] as Point);
      for (let next = line[near + way]; next; next = line[near + way]) {
        const closer = distance(p, next);
        if (closer >= d) break;
        d = closer;
        near += way;
      }
    }
    let best = Infinity;
    let side = 1;
    const to = Math.min(line.length - 1, near + 2);
    for (let i = Math.max(1, near - 1); i <= to; i++) {
      const a = line[i - 1] as Point;
      const b = line[i] as Point;
      const d = distanceToSegment(p, a, b);
      if (d >= best) continue;
      best = d;
      const cross =
        (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);
      side = cross >= 0 ? 1 : -1;
    }
    return side * best;
  };
}
