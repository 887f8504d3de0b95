import type { Land } from "./land.ts";
import type { Line, Point } from "./plane.ts";
import { clamp, distance, toPosition } from "./plane.ts";
import type { Random } from "./random.ts";
import { createRandom } from "./random.ts";
import type { Grid } from "./grid.ts";
import { cellAt, createGrid } from "./grid.ts";
import type { Roads } from "./roads.ts";
import type { Building, RoadClass } from "./types.ts";

/** Half the width of the carriageway and its pavements, metres. */
const VERGE: Record<RoadClass, number> = {
  快速路: 27,
  主干路: 19,
  次干路: 14,
  支路: 10,
};

/** Office towers stand here: place, reach, tallest in metres. */
const TOWERS: readonly [Point, number, number][] = [
  [[1300, -1500], 1100, 260],
  [[6300, -3400], 1250, 380],
  [[-800, 700], 800, 150],
  [[-9300, 9300], 500, 120],
  [[11_000, 8200], 500, 120],
  [[-12_800, -1600], 500, 110],
  [[17_300, -14_200], 450, 100],
  [[-3000, -13_400], 350, 80],
];

const LIMIT = 13_000;
const CELL = 6;
const EXTENT = [-17_000, -18_000, 21_000, 13_500] as const;

/**
 * Fills the blocks of the cores: towers where offices stand, elsewhere estates
 * of long houses in rows that face south, as Chinese towns build them.
 */
export function createBuildings(
  seed: number,
  land: Land,
  roads: Roads,
): Building[] {
  const random = createRandom(seed, "buildings");
  const taken = createGrid(EXTENT, CELL);
  for (const [i, line] of roads.lines.entries())
    pave(taken, line, VERGE[roads.network.edges[i]?.roadClass ?? "支路"]);
  const free = (p: Point) =>
    taken.data[cellAt(taken, p[0], p[1])] === 0 &&
    !land.isWater(p) &&
    !land.isPark(p) &&
    land.hill(p) < 0.3;
  const built: Building[] = [];
  const put = (at: Point, turn: number, size: Point, height: number) => {
    const spots = spotsOf(at, turn, size);
    if (!spots.every(free)) return;
    for (const spot of spots) taken.data[cellAt(taken, spot[0], spot[1])] = 1;
    built.push({
      ring: corners(at, turn, size).map(toPosition),
      height: Math.round(height),
    });
  };
  for (const { at, urge } of sites(random, land)) {
    if (built.length >= LIMIT) break;
    const turn = facingSouth(roads.field(at));
    const tall = towerHeight(at);
    if (tall > 45 && random.chance(0.75))
      plantTowers(random, at, turn, tall, put);
    else if (random.chance(0.2)) plantHalls(random, at, turn, put);
    else plantRows(random, at, turn, urge, put);
  }
  return built;
}

type Put = (at: Point, turn: number, size: Point, height: number) => void;

/** Middles of blocks to fill, from the middle of every core outwards. */
function sites(random: Random, land: Land): { at: Point; urge: number }[] {
  const found: { at: Point; urge: number; rank: number }[] = [];
  for (let x = EXTENT[0]; x < EXTENT[2]; x += 150)
    for (let y = EXTENT[1]; y < EXTENT[3]; y += 150) {
      const at: Point = [
        x + random.between(-40, 40),
        y + random.between(-40, 40),
      ];
      const urge = land.density(at);
      if (urge < 0.26) continue;
      const far = Math.min(
        ...land.cores.map(
          (core) => distance(at, core.at) / (core.reach * core.weight),
        ),
      );
      found.push({ at, urge, rank: far + random.between(0, 0.12) });
    }
  return found.sort((a, b) => a.rank - b.rank);
}

function towerHeight(p: Point): number {
  let height = 0;
  for (const [at, reach, tallest] of TOWERS) {
    const t = distance(p, at) / reach;
    height = Math.max(height, tallest * Math.exp(-t * t));
  }
  return height;
}

function plantTowers(
  random: Random,
  at: Point,
  turn: number,
  tall: number,
  put: Put,
) {
  for (let u = -70; u <= 70; u += 56)
    for (let v = -70; v <= 70; v += 62) {
      const side = random.between(24, 42);
      const height = Math.max(28, tall * random.between(0.35, 1.05) ** 1.5);
      const size: Point = [side, side * random.between(0.8, 1.15)];
      put(place(at, turn, u + random.between(-5, 5), v), turn, size, height);
    }
}

function plantHalls(random: Random, at: Point, turn: number, put: Put) {
  for (let u = -60; u <= 60; u += 74)
    for (let v = -60; v <= 60; v += 66) {
      const size: Point = [random.between(34, 62), random.between(26, 46)];
      put(place(at, turn, u, v), turn, size, random.between(9, 32));
    }
}

/** An estate: rows of slabs of one height, the rows further apart the taller they are. */
function plantRows(
  random: Random,
  at: Point,
  turn: number,
  urge: number,
  put: Put,
) {
  const floors = random.pick(
    urge > 0.62 ? [6, 6, 11, 18, 26, 33] : [5, 6, 6, 6, 11, 17],
  );
  const height = floors * 3;
  const rows = clamp(15 + height * 0.5, 26, 50);
  const long = floors > 11 ? random.between(28, 40) : random.between(44, 58);
  const deep = floors > 11 ? 16 : 12.5;
  for (let v = -90; v <= 90; v += rows)
    for (let u = -90; u <= 90; u += long + random.between(8, 14))
      put(place(at, turn, u, v), turn, [long, deep], height);
}

/** `u` metres along the front and `v` across it. */
function place(at: Point, turn: number, u: number, v: number): Point {
  return [
    at[0] + u * Math.cos(turn) - v * Math.sin(turn),
    at[1] + u * Math.sin(turn) + v * Math.cos(turn),
  ];
}

/** Of the street directions the one nearest to east, so that fronts look south. */
function facingSouth(cross: number): number {
  const quarter = Math.PI / 2;
  return cross - quarter * Math.round(cross / quarter);
}

function corners(at: Point, turn: number, [long, deep]: Point): Line {
  const ring = [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
    [-1, -1],
  ] as const;
  return ring.map(([u, v]) => place(at, turn, (u * long) / 2, (v * deep) / 2));
}

/** Points a cell apart all over the footprint, edges included. */
function spotsOf(at: Point, turn: number, [long, deep]: Point): Point[] {
  const spots: Point[] = [];
  const us = Math.ceil(long / CELL);
  const vs = Math.ceil(deep / CELL);
  for (let i = 0; i <= us; i++)
    for (let j = 0; j <= vs; j++)
      spots.push(place(at, turn, long * (i / us - 0.5), deep * (j / vs - 0.5)));
  return spots;
}

/** Marks the strip along a road as taken. */
function pave(taken: Grid, line: Line, verge: number) {
  const reach = Math.ceil(verge / CELL);
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1] as Point;
    const b = line[i] as Point;
    const leg = distance(a, b);
    for (let d = 0; d <= leg; d += verge / 2) {
      const x = a[0] + ((b[0] - a[0]) * d) / (leg || 1);
      const y = a[1] + ((b[1] - a[1]) * d) / (leg || 1);
      const middle = cellAt(taken, x, y);
      if (middle < 0) continue;
      for (let dy = -reach; dy <= reach; dy++)
        for (let dx = -reach; dx <= reach; dx++)
          if (dx * dx + dy * dy <= (verge / CELL) ** 2) {
            const cell = cellAt(taken, x + dx * CELL, y + dy * CELL);
            if (cell >= 0) taken.data[cell] = 1;
          }
    }
  }
}
