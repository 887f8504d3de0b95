import type { Land } from "./land.ts";
import { FRAME } from "./landscape.ts";
import type { Line, Point } from "./plane.ts";
import { distance, insideRing, length } from "./plane.ts";
import type { Random } from "./random.ts";
import { createNoise, createRandom } from "./random.ts";
import type { Grid } from "./grid.ts";
import { cellAt, cellCentre, createGrid } from "./grid.ts";
import { joinPieces, joinRings, traceArcs } from "./borders.ts";

import type { DistrictPlan } from "./district-plan.ts";
import { DISTRICTS } from "./district-plan.ts";

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
