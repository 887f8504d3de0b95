import type { Land } from "./land.ts";
import { FRAME } from "./landscape.ts";
import type { Line, Point } from "./plane.ts";
import { distance } from "./plane.ts";
import { createNoise } from "./random.ts";

const CELL = 400;
const COLS = Math.ceil((FRAME[2] - FRAME[0]) / CELL);
const ROWS = Math.ceil((FRAME[3] - FRAME[1]) / CELL);

export function createCost(seed: number, land: Land): Float32Array {
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
export function findRoute(cost: Float32Array, from: Point, to: Point): Line {
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
        // Most cells cost more than one, so looking ahead a little boldly is safe.
        open.push(pay + (1.5 * distance(placeOf(next), end)) / CELL, next);
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
