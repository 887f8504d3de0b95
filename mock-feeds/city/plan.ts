import type { Land } from "./land.ts";
import { FRAME } from "./land.ts";
import type { Line, Point } from "./plane.ts";
import { distance, insideRing, resample, simplify, spline } from "./plane.ts";
import { createNoise } from "./random.ts";
import type { Street } from "./streets.ts";

const RINGS: readonly { name: string; radius: number; squash: number }[] = [
  { name: "内环快速路", radius: 4300, squash: 0.92 },
  { name: "中环快速路", radius: 8400, squash: 0.88 },
  { name: "绕城高速", radius: 15_200, squash: 0.84 },
];

/** Roads out of the city: names and the places they lead past. */
const RADIALS: readonly { name: string; through: Line }[] = [
  {
    name: "西畴大道",
    through: [
      [-3200, 600],
      [-11_400, -2900],
      [-22_000, -400],
      [-36_500, 1600],
    ],
  },
  {
    name: "江北大道",
    through: [
      [-2500, 2300],
      [-10_500, 7600],
      [-22_000, 9800],
      [-36_000, 12_800],
    ],
  },
  {
    name: "北湖大道",
    through: [
      [-500, 4300],
      [-4600, 12_000],
      [-3900, 20_500],
      [-4300, 25_500],
    ],
  },
  {
    name: "东岭大道",
    through: [
      [3800, 3700],
      [9500, 9900],
      [11_500, 17_000],
      [10_600, 24_500],
    ],
  },
  {
    name: "滨海大道",
    through: [
      [5600, 800],
      [14_800, 1600],
      [20_500, 3700],
      [26_200, 6000],
      [25_800, 11_000],
      [30_500, 14_500],
      [34_500, 15_000],
    ],
  },
  {
    name: "江口大道",
    through: [
      [5400, -1900],
      [9400, -4600],
      [17_500, -8200],
      [23_800, -7800],
      [28_600, -10_800],
    ],
  },
  {
    name: "云台大道",
    through: [
      [3700, -3600],
      [10_200, -10_400],
      [15_200, -13_000],
      [18_600, -16_800],
      [18_000, -23_500],
      [16_500, -32_000],
    ],
  },
  {
    name: "南塘大道",
    through: [
      [900, -4200],
      [-1500, -11_800],
      [-800, -17_000],
      [-3200, -27_000],
    ],
  },
  {
    name: "迎宾大道",
    through: [
      [-1900, -2500],
      [-7400, -12_600],
      [-14_000, -20_000],
      [-25_500, -19_800],
    ],
  },
];

/** Expressways: three rings and the roads that lead out of the city. */
export function planExpressways(seed: number, land: Land): Street[] {
  const centre = land.cores[0]?.at ?? [0, 0];
  const rings = RINGS.map(({ name, radius, squash }): Street => ({
    name,
    roadClass: "快速路",
    line: ringRoad(seed, land, centre, radius, squash),
  }));
  const cost = createCost(seed, land);
  const inner = rings[0]?.line ?? [];
  const radials = RADIALS.map(({ name, through }): Street => {
    const route: Line = [];
    for (let i = 1; i < through.length; i++) {
      const leg = findRoute(cost, through[i - 1] as Point, through[i] as Point);
      route.push(...leg.slice(i === 1 ? 0 : 1));
    }
    const line = fromRing(inner, even(route, 60));
    return {
      name,
      roadClass: "快速路",
      line: insideCity(land, spline(simplify(line, 12), 60)),
    };
  });
  return [...rings, ...radials];
}

/**
 * A closed road at about `radius`: for each direction the distance that keeps
 * off waters and hills, while staying smooth (shortest path around the clock).
 */
function ringRoad(
  seed: number,
  land: Land,
  centre: Point,
  radius: number,
  squash: number,
): Line {
  const WAYS = 60;
  const CHOICES = 31;
  const rough = createNoise(seed, `ring ${radius}`, 1, 2);
  const at = (way: number, choice: number): Point => {
    const angle = (way / WAYS) * 2 * Math.PI;
    const bent = 1 + 0.07 * rough(2 * Math.cos(angle), 2 * Math.sin(angle));
    const r = radius * bent * (0.76 + (0.48 * choice) / (CHOICES - 1));
    return [
      centre[0] + r * Math.cos(angle),
      centre[1] + r * squash * Math.sin(angle),
    ];
  };
  const tolls = Array.from({ length: WAYS * CHOICES }, (_, i) => {
    const choice = i % CHOICES;
    const p = at(Math.floor(i / CHOICES), choice);
    return (
      (land.isWater(p) ? 3 : 0) +
      (land.isStill(p) || land.isPark(p) ? 6 : 0) +
      8 * Math.max(0, land.hill(p) - 0.25) +
      (land.isCity(p) ? 0 : 30) +
      2 * Math.abs(choice / (CHOICES - 1) - 0.5)
    );
  });
  const toll = (way: number, choice: number) =>
    tolls[way * CHOICES + choice] as number;
  let best: number[] = [];
  let bestToll = Infinity;
  for (let first = 4; first < CHOICES - 4; first += 3) {
    let reach = Array.from({ length: CHOICES }, (_, c) =>
      c === first ? toll(0, c) : Infinity,
    );
    const from: number[][] = [];
    for (let way = 1; way <= WAYS; way++) {
      const parents: number[] = [];
      reach = reach.map((_, c) => {
        let least = Infinity;
        let parent = c;
        for (let d = -3; d <= 3; d++) {
          const before = (reach[c + d] ?? Infinity) + 0.35 * d * d;
          if (before < least) [least, parent] = [before, c + d];
        }
        parents.push(parent);
        return least + toll(way % WAYS, c);
      });
      from.push(parents);
    }
    const end = reach[first] as number;
    if (end >= bestToll) continue;
    bestToll = end;
    best = [first];
    for (let way = WAYS; way > 0; way--)
      best.push(from[way - 1]?.[best.at(-1) as number] ?? first);
    best.reverse();
  }
  const knots = best.map((choice, way) => at(way % WAYS, choice));
  // One turn too many lets the spline close without a kink.
  const loop = spline(
    [...knots.slice(-4, -1), ...knots, ...knots.slice(1, 4)],
    60,
  );
  const start = loop.findIndex((p) => distance(p, knots[0] as Point) < 1);
  const end = loop.findLastIndex((p) => distance(p, knots[0] as Point) < 1);
  return loop.slice(start, end + 1);
}

const CELL = 300;
const COLS = Math.ceil((FRAME[2] - FRAME[0]) / CELL);
const ROWS = Math.ceil((FRAME[3] - FRAME[1]) / CELL);

function createCost(seed: number, land: Land): Float32Array {
  const whim = createNoise(seed, "radials", 3000, 2);
  const cost = new Float32Array(COLS * ROWS);
  for (let i = 0; i < cost.length; i++) {
    const p = placeOf(i);
    cost[i] =
      1 +
      0.7 * (1 + whim(p[0], p[1])) +
      (land.isWater(p) ? 5 : 0) +
      (land.isPark(p) ? 4 : 0) +
      (land.isSea(p) ? 60 : 0) +
      14 * Math.max(0, land.hill(p) - 0.25);
  }
  return cost;
}

const placeOf = (i: number): Point => [
  FRAME[0] + ((i % COLS) + 0.5) * CELL,
  FRAME[1] + (Math.floor(i / COLS) + 0.5) * CELL,
];

const cellOf = ([x, y]: Point) =>
  Math.floor((y - FRAME[1]) / CELL) * COLS + Math.floor((x - FRAME[0]) / CELL);

/** Cheapest way over the cells (A*), as the cells' middles. */
function findRoute(cost: Float32Array, from: Point, to: Point): Line {
  const start = cellOf(from);
  const goal = cellOf(to);
  const spent = new Float32Array(cost.length).fill(Infinity);
  const parent = new Int32Array(cost.length).fill(-1);
  const open = createHeap();
  open.push(0, start);
  spent[start] = 0;
  const end = placeOf(goal);
  for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
    if (cell === goal) break;
    for (let dy = -1; dy <= 1; dy++)
      for (let dx = -1; dx <= 1; dx++) {
        const next: number = cell + dy * COLS + dx;
        if (next === cell || cost[next] === undefined) continue;
        const pay = (spent[cell] ?? 0) + Math.hypot(dx, dy) * (cost[next] ?? 0);
        if (pay >= (spent[next] ?? 0)) continue;
        spent[next] = pay;
        parent[next] = cell;
        open.push(pay + distance(placeOf(next), end) / CELL, next);
      }
  }
  const route: Line = [];
  for (let cell = goal; cell !== -1; cell = parent[cell] ?? -1)
    route.unshift(placeOf(cell));
  return [from, ...route.slice(1, -1), to];
}

/** Least cost first. */
function createHeap() {
  const costs: number[] = [];
  const cells: number[] = [];
  const swap = (a: number, b: number) => {
    [costs[a], costs[b]] = [costs[b] as number, costs[a] as number];
    [cells[a], cells[b]] = [cells[b] as number, cells[a] as number];
  };
  const cost = (i: number) => costs[i] ?? Infinity;
  return {
    push(value: number, cell: number) {
      let i = costs.push(value) - 1;
      cells.push(cell);
      for (; i > 0; i = (i - 1) >> 1) {
        const up = (i - 1) >> 1;
        if (cost(up) <= cost(i)) break;
        swap(i, up);
      }
    },
    pop(): number | undefined {
      if (cells.length === 0) return undefined;
      swap(0, cells.length - 1);
      const cell = cells.pop();
      costs.pop();
      for (let i = 0; ;) {
        const low = cost(2 * i + 1) <= cost(2 * i + 2) ? 2 * i + 1 : 2 * i + 2;
        if (cost(low) >= cost(i)) break;
        swap(i, low);
        i = low;
      }
      return cell;
    },
  };
}

/** Takes the corners out of a route over cells; its ends stay. */
function even(route: Line, rounds: number): Line {
  let points = resample(route, 250);
  for (let round = 0; round < rounds; round++)
    points = points.map((p, i) => {
      const a = points[i - 1];
      const b = points[i + 1];
      return a && b
        ? [(a[0] + 2 * p[0] + b[0]) / 4, (a[1] + 2 * p[1] + b[1]) / 4]
        : p;
    });
  return points;
}

/** The line from the ring outwards, beginning on the ring. */
function fromRing(ring: Line, line: Line): Line {
  const points = resample(line, 40);
  const out = points.findLastIndex(([x, y]) => insideRing(x, y, ring)) + 1;
  const first = points[out] as Point;
  const gate = ring.reduce((a, b) =>
    distance(a, first) <= distance(b, first) ? a : b,
  );
  return [gate, ...points.slice(out + 2)];
}

/** The line up to where it leaves the city. */
function insideCity(land: Land, line: Line): Line {
  const points = resample(line, 60);
  const out = points.findIndex((p) => !land.isCity(p));
  return out === -1 ? points : points.slice(0, Math.max(2, out));
}
