import type { Land } from "./land.ts";
import { FRAME } from "./land.ts";
import type { Line, Point } from "./plane.ts";
import { distance, insideRing, length } from "./plane.ts";
import type { Random } from "./random.ts";
import { createNoise, createRandom } from "./random.ts";
import type { Grid } from "./raster.ts";
import {
  cellAt,
  cellCentre,
  createGrid,
  joinPieces,
  joinRings,
  traceArcs,
} from "./raster.ts";

export interface DistrictPlan {
  nameZh: string;
  nameEn: string;
  kind: "district" | "county" | "countyCity";
  /** Last four digits of the region code. */
  code: string;
  seat: Point;
  /** Weighted middles: a larger weight reaches further. */
  anchors: readonly (readonly [x: number, y: number, weight: number])[];
  /** Bank of 澜江 it keeps to: 1 north, −1 south, 0 both. */
  bank: -1 | 0 | 1;
  towns: number;
}

/** 110 towns and streets in seven districts (architecture.md §1). */
export const DISTRICTS: readonly DistrictPlan[] = [
  {
    nameZh: "中心城区",
    nameEn: "Central District",
    kind: "district",
    code: "0102",
    seat: [1200, 700],
    anchors: [[700, 600, 1.06]],
    bank: 0,
    towns: 18,
  },
  {
    nameZh: "滨江区",
    nameEn: "Binjiang District",
    kind: "district",
    code: "0103",
    seat: [6700, -4500],
    anchors: [
      [9500, -6600, 0.95],
      [18_500, -8000, 1],
      [26_500, -10_500, 1.1],
    ],
    bank: -1,
    towns: 16,
  },
  {
    nameZh: "北湖区",
    nameEn: "Beihu District",
    kind: "district",
    code: "0104",
    seat: [-9300, 9300],
    anchors: [
      [-11_500, 11_500, 1.15],
      [-26_000, 14_500, 1.3],
      [-5000, 20_500, 1.05],
    ],
    bank: 1,
    towns: 16,
  },
  {
    nameZh: "东岭区",
    nameEn: "Dongling District",
    kind: "district",
    code: "0105",
    seat: [11_000, 8200],
    anchors: [
      [12_000, 9000, 1.12],
      [21_000, 3000, 1.1],
      [18_000, 18_000, 1.2],
    ],
    bank: 1,
    towns: 15,
  },
  {
    nameZh: "西畴区",
    nameEn: "Xichou District",
    kind: "district",
    code: "0106",
    seat: [-12_800, -1600],
    anchors: [
      [-13_500, -1500, 1.1],
      [-25_000, 1500, 1.25],
      [-27_500, -6500, 1.05],
    ],
    bank: -1,
    towns: 14,
  },
  {
    nameZh: "南塘县",
    nameEn: "Nantang County",
    kind: "county",
    code: "0121",
    seat: [-3000, -13_400],
    anchors: [
      [-4200, -15_500, 1.15],
      [-19_500, -17_500, 1.3],
    ],
    bank: -1,
    towns: 15,
  },
  {
    nameZh: "云台市",
    nameEn: "Yuntai City",
    kind: "countyCity",
    code: "0181",
    seat: [17_300, -14_200],
    anchors: [
      [14_800, -17_500, 1.15],
      [25_500, -19_000, 1.2],
    ],
    bank: -1,
    towns: 16,
  },
];

export interface Region {
  /** 1-based; 0 is outside the city. */
  label: number;
  ring: Line;
  /** Cells of `grid` that are its own. */
  cells: number[];
}

export interface Regions {
  grid: Grid;
  districts: Region[];
  /** Sorted by district, inside a district from north to south. */
  towns: (Region & { district: number; centre: Point })[];
  townOf: (p: Point) => number;
}

/**
 * Divides the city: districts by weighted nearness to their middles and by the
 * bank of the river, towns inside a district so that dense places get small
 * ones. Borders are traced once and shared by both sides.
 */
export function createRegions(seed: number, land: Land): Regions {
  const random = createRandom(seed, "regions");
  const grid = createGrid(FRAME, 150);
  const banks = new Int8Array(grid.data.length);
  const byDistrict = labelDistricts(seed, land, grid, banks);
  const towns: { district: number; at: Point }[] = [];
  const labels = new Int16Array(grid.data.length);
  const wobble = createWobble(seed, "towns", 1500, 520);
  for (const [index, plan] of DISTRICTS.entries()) {
    const cells = byDistrict.get(index + 1) ?? [];
    const seeds = spread(random, land, grid, cells, plan);
    seeds.sort((a, b) => b[1] - a[1]);
    const first = towns.length + 1;
    for (const at of seeds) towns.push({ district: index + 1, at });
    const sides = seeds.map((at) => Math.sign(land.bank(at)));
    for (const cell of cells) {
      const p = cellCentre(grid, cell);
      const warped = wobble(p);
      const side = banks[cell];
      let best = Infinity;
      let nearest = 0;
      for (let k = 0; k < seeds.length; k++) {
        const d =
          distance(warped, seeds[k] as Point) + (sides[k] === side ? 0 : 6000);
        if (d < best) {
          best = d;
          nearest = k;
        }
      }
      labels[cell] = first + nearest;
    }
  }
  grid.data.set(labels);
  joinPieces(grid);

  const arcs = traceArcs(grid);
  const districtOf = (town: number) => towns[town - 1]?.district ?? 0;
  const cellsBy = (pick: (town: number) => number) => {
    const cells = new Map<number, number[]>();
    grid.data.forEach((town, i) => {
      if (town === 0) return;
      const list = cells.get(pick(town));
      if (list) list.push(i);
      else cells.set(pick(town), [i]);
    });
    return cells;
  };
  const regionsBy = (pick: (town: number) => number): Region[] => {
    const cells = cellsBy(pick);
    return [...joinRings(arcs, pick)]
      .sort(([a], [b]) => a - b)
      .map(([label, rings]) => {
        const [ring, ...more] = rings;
        if (!ring || more.length > 0)
          throw new Error(`region ${label} is not one simple ring`);
        return { label, ring, cells: cells.get(label) ?? [] };
      });
  };
  return {
    grid,
    districts: regionsBy(districtOf),
    towns: regionsBy((town) => town).map((region) => {
      const town = towns[region.label - 1];
      if (!town) throw new Error(`no town ${region.label}`);
      return {
        ...region,
        district: town.district,
        centre: seatOf(land, grid, region, town.at),
      };
    }),
    townOf: ([x, y]) => grid.data[cellAt(grid, x, y)] ?? 0,
  };
}

function labelDistricts(
  seed: number,
  land: Land,
  grid: Grid,
  banks: Int8Array,
): Map<number, number[]> {
  const wobble = createWobble(seed, "districts", 5200, 1900);
  for (let i = 0; i < grid.data.length; i++) {
    const p = cellCentre(grid, i);
    if (!land.isCity(p)) continue;
    const [x, y] = wobble(p);
    const side = Math.sign(land.bank(p));
    banks[i] = side;
    let best = Infinity;
    for (let k = 0; k < DISTRICTS.length; k++) {
      const { anchors, bank } = DISTRICTS[k] as DistrictPlan;
      const wrong = bank !== 0 && bank !== side ? 60_000 : 0;
      for (let a = 0; a < anchors.length; a++) {
        const [ax, ay, weight] = anchors[a] as DistrictPlan["anchors"][number];
        const d = length(x - ax, y - ay) / weight + wrong;
        if (d >= best) continue;
        best = d;
        grid.data[i] = k + 1;
      }
    }
  }
  joinPieces(grid);
  const cells = new Map<number, number[]>();
  grid.data.forEach((label, i) => {
    if (label === 0) return;
    const list = cells.get(label);
    if (list) list.push(i);
    else cells.set(label, [i]);
  });
  return cells;
}

/** Moves points by smooth noise, so that straight borders come out natural. */
function createWobble(seed: number, name: string, scale: number, by: number) {
  const east = createNoise(seed, `${name} east`, scale, 4);
  const north = createNoise(seed, `${name} north`, scale, 4);
  return ([x, y]: Point): Point => [x + by * east(x, y), y + by * north(x, y)];
}

/** Seeds of a district's towns: drawn by density, then evened out (weighted Lloyd). */
function spread(
  random: Random,
  land: Land,
  grid: Grid,
  cells: readonly number[],
  plan: DistrictPlan,
): Point[] {
  const points: Point[] = [];
  const weights: number[] = [];
  for (let i = 0; i < cells.length; i += 5) {
    const p = cellCentre(grid, cells[i] as number);
    if (land.isWater(p)) continue;
    points.push(p);
    weights.push(0.014 + land.density(p) ** 1.25);
  }
  const total = weights.reduce((a, b) => a + b, 0);
  const draw = (): Point => {
    let left = random.next() * total;
    const at = weights.findIndex((w) => (left -= w) <= 0);
    return points[Math.max(0, at)] as Point;
  };
  let seeds = [plan.seat, ...Array.from({ length: plan.towns - 1 }, draw)];
  for (let round = 0; round < 6; round++) {
    const sums = seeds.map(() => [0, 0, 0] as [number, number, number]);
    points.forEach((p, i) => {
      let near = 0;
      let best = Infinity;
      for (let k = 0; k < seeds.length; k++) {
        const s = seeds[k] as Point;
        const d = (p[0] - s[0]) ** 2 + (p[1] - s[1]) ** 2;
        if (d < best) {
          best = d;
          near = k;
        }
      }
      const w = weights[i] as number;
      const sum = sums[near] as [number, number, number];
      sum[0] += p[0] * w;
      sum[1] += p[1] * w;
      sum[2] += w;
    });
    seeds = seeds.map((s, k): Point => {
      const [x, y, w] = sums[k] as [number, number, number];
      return w === 0 ? draw() : k === 0 ? s : [x / w, y / w];
    });
  }
  return seeds;
}

/** The town's cell on dry flat land nearest to its seed. */
function seatOf(
  land: Land,
  grid: Grid,
  { cells, ring }: Region,
  near: Point,
): Point {
  let best = Infinity;
  let seat: Point | undefined;
  for (const cell of cells) {
    const p = cellCentre(grid, cell);
    const d =
      distance(p, near) +
      (land.isWater(p) ? 1e6 : 0) +
      2000 * Math.max(0, land.hill(p) - 0.3);
    if (d < best && insideRing(p[0], p[1], ring)) [best, seat] = [d, p];
  }
  if (!seat) throw new Error("a town has no land");
  return seat;
}
