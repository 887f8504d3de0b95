import type { Land } from "./land.ts";
import type { Line, Point } from "./plane.ts";
import { distance, insideRing, resample, simplify, spline } from "./plane.ts";
import { ringRoad } from "./ring-road.ts";
import { createCost, findRoute } from "./route.ts";
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
      [-44_500, 1600],
    ],
  },
  {
    name: "江北大道",
    through: [
      [-2500, 2300],
      [-10_500, 7600],
      [-22_000, 9800],
      [-44_500, 13_800],
    ],
  },
  {
    name: "北湖大道",
    through: [
      [-500, 4300],
      [-4600, 12_000],
      [-3900, 20_500],
      [-4300, 31_500],
    ],
  },
  {
    name: "东岭大道",
    through: [
      [3800, 3700],
      [9500, 9900],
      [11_500, 17_000],
      [10_600, 31_500],
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
      [-3200, -33_500],
    ],
  },
  {
    name: "迎宾大道",
    through: [
      [-1900, -2500],
      [-7400, -12_600],
      [-14_000, -20_000],
      [-31_000, -27_000],
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
