import type { Land } from "./land.ts";
import type { Line, Point } from "./plane.ts";
import { distance, lengthOf, mix, simplify } from "./plane.ts";
import type { Street } from "./streets.ts";
import type { RoadClass } from "./types.ts";

/** A stretch of street between two crossings. */
export interface Stretch {
  street: number;
  from: number;
  to: number;
  line: Line;
}

export interface Network {
  nodes: Point[];
  stretches: Stretch[];
  /** Where an expressway passes above a road that it does not meet. */
  overpasses: { at: Point; street: number }[];
}

/** Crossings nearer to each other than this are one. */
const MERGE = 18;

/**
 * Turns loose lines into a graph: loose ends grow to the next road, lines are
 * cut where they cross, stubs go, and what is not connected goes too.
 */
export function createNetwork(land: Land, streets: readonly Street[]): Network {
  const lines = streets.map(({ line }) => simplify(line, 2.5));
  joinEnds(land, streets, lines);
  const cuts = lines.map((): Cut[] => []);
  const nodes = createNodes();
  const overpasses: Network["overpasses"] = [];
  for (const [a, i, b, j] of crossings(lines)) {
    const meet = crossing(lines, a, i, b, j);
    if (!meet) continue;
    const above = streets[a]?.roadClass === "快速路";
    const other = streets[b]?.roadClass === "快速路";
    const [low, high] = above ? [b, a] : [a, b];
    const lowClass = streets[low]?.roadClass;
    if (
      above !== other &&
      lowClass !== "主干路" &&
      !endsAt(lines[low] as Line, meet.at) &&
      !endsAt(lines[high] as Line, meet.at)
    ) {
      overpasses.push({ at: meet.at, street: low });
      continue;
    }
    const node = nodes.at(meet.at);
    cuts[a]?.push({ leg: i, t: meet.t, node });
    cuts[b]?.push({ leg: j, t: meet.u, node });
  }
  const stretches: Stretch[] = [];
  lines.forEach((line, street) => {
    const last = line.length - 2;
    const own = [
      ...(cuts[street] ?? []),
      { leg: 0, t: 0, node: nodes.at(line[0] as Point) },
      { leg: last, t: 1, node: nodes.at(line.at(-1) as Point) },
    ].sort((p, q) => p.leg - q.leg || p.t - q.t);
    for (let k = 1; k < own.length; k++) {
      const a = own[k - 1] as Cut;
      const b = own[k] as Cut;
      if (a.node === b.node) continue;
      const part = [
        nodes.points[a.node] as Point,
        ...line.slice(a.leg + 1, b.leg + 1),
        nodes.points[b.node] as Point,
      ].filter((p, n, all) => n === 0 || distance(p, all[n - 1] as Point) > 3);
      if (part.length < 2 || lengthOf(part) < 8) continue;
      part[part.length - 1] = nodes.points[b.node] as Point;
      stretches.push({ street, from: a.node, to: b.node, line: part });
    }
  });
  return prune({ nodes: nodes.points, stretches, overpasses }, streets);
}

interface Cut {
  leg: number;
  t: number;
  node: number;
}

const endsAt = (line: Line, p: Point) =>
  distance(line[0] as Point, p) < 40 || distance(line.at(-1) as Point, p) < 40;

/** Carries loose ends on to the first road ahead, where one is near enough. */
function joinEnds(land: Land, streets: readonly Street[], lines: Line[]) {
  const REACH = { 快速路: 60, 主干路: 1500, 次干路: 1100, 支路: 260 };
  const index = createLegIndex(lines);
  lines.forEach((line, street) => {
    const roadClass = streets[street]?.roadClass ?? "支路";
    const reach = REACH[roadClass];
    for (const end of [0, 1]) {
      const ordered = end === 1 ? line : [...line].reverse();
      const tip = ordered.at(-1) as Point;
      const before = ordered.at(-2) as Point;
      const d = distance(before, tip) || 1;
      const to: Point = [
        tip[0] + ((tip[0] - before[0]) / d) * reach,
        tip[1] + ((tip[1] - before[1]) / d) * reach,
      ];
      let best: Point | undefined;
      let nearest = 1;
      index.near(tip, to, (other, leg) => {
        const target = lines[other] as Line;
        if (other === street) return;
        const hit = cross(
          tip,
          to,
          target[leg] as Point,
          target[leg + 1] as Point,
        );
        if (hit && hit.t < nearest) {
          nearest = hit.t;
          // A metre beyond, so that the crossing is found again.
          const over = hit.t + 1 / reach;
          best = [
            tip[0] + (to[0] - tip[0]) * over,
            tip[1] + (to[1] - tip[1]) * over,
          ];
        }
      });
      if (!best || wet(land, tip, best, roadClass)) continue;
      if (end === 1) line.push(best);
      else line.unshift(best);
      index.add(street, line, end === 1 ? line.length - 2 : -1);
    }
  });
}

/** Would the new piece lead through too much water, or through a park? */
function wet(land: Land, a: Point, b: Point, roadClass: RoadClass): boolean {
  const parts = Math.ceil(distance(a, b) / 40);
  let water = 0;
  let green = 0;
  for (let k = 1; k < parts; k++) {
    const p = mix(a, b, k / parts);
    if (land.isWater(p)) water += 40;
    if (land.isPark(p)) green += 40;
  }
  return water > (roadClass === "支路" ? 60 : 260) || green > 60;
}

const SIZE = 240;
const keyOf = (x: number, y: number) =>
  Math.floor(x / SIZE) * 4096 + Math.floor(y / SIZE);

/** Legs of all lines by the squares they pass through. */
function createLegIndex(lines: readonly Line[]) {
  const squares = new Map<number, number[]>();
  const sweep = (a: Point, b: Point, visit: (key: number) => void) => {
    const x0 = Math.floor(Math.min(a[0], b[0]) / SIZE);
    const x1 = Math.floor(Math.max(a[0], b[0]) / SIZE);
    const y0 = Math.floor(Math.min(a[1], b[1]) / SIZE);
    const y1 = Math.floor(Math.max(a[1], b[1]) / SIZE);
    for (let x = x0; x <= x1; x++)
      for (let y = y0; y <= y1; y++) visit(keyOf(x * SIZE, y * SIZE));
  };
  const put = (line: number, leg: number, a: Point, b: Point) =>
    sweep(a, b, (key) => {
      const square = squares.get(key);
      if (square) square.push(line, leg);
      else squares.set(key, [line, leg]);
    });
  lines.forEach((line, n) => {
    for (let i = 0; i + 1 < line.length; i++)
      put(n, i, line[i] as Point, line[i + 1] as Point);
  });
  return {
    squares,
    /** A leg was added at the end (`leg`) or in front (−1: all legs moved on by one). */
    add(n: number, line: Line, leg: number) {
      const fresh = leg === -1 ? line.slice(0, -1).map((_, i) => i) : [leg];
      for (const i of fresh) put(n, i, line[i] as Point, line[i + 1] as Point);
    },
    near(a: Point, b: Point, visit: (line: number, leg: number) => void) {
      sweep(a, b, (key) => {
        const square = squares.get(key) ?? [];
        for (let k = 0; k < square.length; k += 2)
          visit(square[k] as number, square[k + 1] as number);
      });
    },
  };
}

/** Pairs of legs that share a square, each once. */
function crossings(lines: readonly Line[]): [number, number, number, number][] {
  const pairs: [number, number, number, number][] = [];
  const seen = new Set<number>();
  const numbers = lines.map(() => 0);
  let total = 0;
  lines.forEach((line, n) => {
    numbers[n] = total;
    total += line.length;
  });
  for (const square of createLegIndex(lines).squares.values())
    for (let k = 0; k < square.length; k += 2)
      for (let m = k + 2; m < square.length; m += 2) {
        const a = square[k] as number;
        const b = square[m] as number;
        if (a === b) continue;
        const i = square[k + 1] as number;
        const j = square[m + 1] as number;
        const p = lines[a]?.[i] as Point;
        const q = lines[a]?.[i + 1] as Point;
        const r = lines[b]?.[j] as Point;
        const s = lines[b]?.[j + 1] as Point;
        if (!cross(p, q, r, s)) continue;
        const key = ((numbers[a] ?? 0) + i) * total + (numbers[b] ?? 0) + j;
        if (seen.has(key)) continue;
        seen.add(key);
        pairs.push([a, i, b, j]);
      }
  return pairs;
}

function crossing(
  lines: readonly Line[],
  a: number,
  i: number,
  b: number,
  j: number,
) {
  return cross(
    lines[a]?.[i] as Point,
    lines[a]?.[i + 1] as Point,
    lines[b]?.[j] as Point,
    lines[b]?.[j + 1] as Point,
  );
}

function cross(p: Point, q: Point, r: Point, s: Point) {
  const dx = q[0] - p[0];
  const dy = q[1] - p[1];
  const ex = s[0] - r[0];
  const ey = s[1] - r[1];
  const area = dx * ey - dy * ex;
  if (Math.abs(area) < 1e-9) return undefined;
  const t = ((r[0] - p[0]) * ey - (r[1] - p[1]) * ex) / area;
  const u = ((r[0] - p[0]) * dy - (r[1] - p[1]) * dx) / area;
  if (t < 0 || t > 1 || u < 0 || u > 1) return undefined;
  return { t, u, at: [p[0] + t * dx, p[1] + t * dy] as Point };
}

/** Nodes by place: a point near an earlier node is that node. */
function createNodes() {
  const points: Point[] = [];
  const squares = new Map<number, number[]>();
  const key = (x: number, y: number) => x * 16_384 + y;
  return {
    points,
    at(p: Point): number {
      const x = Math.floor(p[0] / MERGE);
      const y = Math.floor(p[1] / MERGE);
      for (let dx = -1; dx <= 1; dx++)
        for (let dy = -1; dy <= 1; dy++)
          for (const node of squares.get(key(x + dx, y + dy)) ?? [])
            if (distance(points[node] as Point, p) < MERGE) return node;
      const node = points.push(p) - 1;
      squares.set(key(x, y), [...(squares.get(key(x, y)) ?? []), node]);
      return node;
    },
  };
}

/** Drops loose stubs and all but the largest connected part, and renumbers. */
function prune(network: Network, streets: readonly Street[]): Network {
  let stretches = network.stretches;
  for (let round = 0; round < 3; round++) {
    const degree = new Int32Array(network.nodes.length);
    for (const { from, to } of stretches) {
      degree[from] = (degree[from] ?? 0) + 1;
      degree[to] = (degree[to] ?? 0) + 1;
    }
    stretches = stretches.filter(({ from, to, line, street }) => {
      const loose = degree[from] === 1 || degree[to] === 1;
      const short = streets[street]?.roadClass === "支路" ? 130 : 420;
      return !loose || lengthOf(line) > short;
    });
  }
  const root = Int32Array.from(network.nodes, (_, i) => i);
  const find = (i: number): number => {
    let top = i;
    while (root[top] !== top) top = root[top] as number;
    root[i] = top;
    return top;
  };
  for (const { from, to } of stretches) root[find(from)] = find(to);
  const sizes = new Map<number, number>();
  for (const { from } of stretches)
    sizes.set(find(from), (sizes.get(find(from)) ?? 0) + 1);
  const [largest] = [...sizes].sort((a, b) => b[1] - a[1])[0] ?? [0];
  const kept = stretches.filter(({ from }) => find(from) === largest);
  const number = new Map<number, number>();
  const nodes: Point[] = [];
  const renumber = (node: number) => {
    const known = number.get(node);
    if (known !== undefined) return known;
    number.set(node, nodes.length);
    return nodes.push(network.nodes[node] as Point) - 1;
  };
  return {
    nodes: nodes,
    stretches: kept.map((stretch) => ({
      ...stretch,
      from: renumber(stretch.from),
      to: renumber(stretch.to),
    })),
    overpasses: network.overpasses,
  };
}
