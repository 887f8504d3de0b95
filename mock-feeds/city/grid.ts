import type { Point } from "./plane.ts";

/** A field of small whole numbers over the plane, square cells of `cell` metres. */
export interface Grid {
  x0: number;
  y0: number;
  cell: number;
  cols: number;
  rows: number;
  data: Int16Array;
}

export function createGrid(
  [x0, y0, x1, y1]: readonly [number, number, number, number],
  cell: number,
): Grid {
  const cols = Math.ceil((x1 - x0) / cell);
  const rows = Math.ceil((y1 - y0) / cell);
  return { x0, y0, cell, cols, rows, data: new Int16Array(cols * rows) };
}

export const cellCentre = (grid: Grid, index: number): Point => [
  grid.x0 + ((index % grid.cols) + 0.5) * grid.cell,
  grid.y0 + (Math.floor(index / grid.cols) + 0.5) * grid.cell,
];

/** Index of the cell that holds the point, −1 outside. */
export function cellAt(grid: Grid, x: number, y: number): number {
  const col = Math.floor((x - grid.x0) / grid.cell);
  const row = Math.floor((y - grid.y0) / grid.cell);
  return col < 0 || row < 0 || col >= grid.cols || row >= grid.rows
    ? -1
    : row * grid.cols + col;
}

/** Value at the point, 0 outside the grid. */
export const valueAt = (grid: Grid, x: number, y: number): number =>
  grid.data[cellAt(grid, x, y)] ?? 0;

/** Sets every cell by its centre. */
export function fill(grid: Grid, value: (x: number, y: number) => number) {
  for (let i = 0; i < grid.data.length; i++) {
    const [x, y] = cellCentre(grid, i);
    grid.data[i] = value(x, y);
  }
}

/** Writes `value` into the cells whose centre lies inside the rings (even–odd). */
export function fillRings(
  grid: Grid,
  rings: readonly (readonly Point[])[],
  value: number,
) {
  const crossings: number[][] = Array.from({ length: grid.rows }, () => []);
  const rowOf = (y: number) => Math.ceil((y - grid.y0) / grid.cell - 0.5);
  for (const ring of rings)
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i] as Point;
      const [xj, yj] = ring[j] as Point;
      const from = Math.max(0, rowOf(Math.min(yi, yj)));
      const to = Math.min(grid.rows, rowOf(Math.max(yi, yj)));
      for (let row = from; row < to; row++) {
        const y = grid.y0 + (row + 0.5) * grid.cell;
        crossings[row]?.push(((xj - xi) * (y - yi)) / (yj - yi) + xi);
      }
    }
  const columnOf = (x: number) => Math.ceil((x - grid.x0) / grid.cell - 0.5);
  crossings.forEach((xs, row) => {
    xs.sort((a, b) => a - b);
    for (let k = 0; k + 1 < xs.length; k += 2) {
      const from = Math.max(0, columnOf(xs[k] as number));
      const to = Math.min(grid.cols, columnOf(xs[k + 1] as number));
      if (from < to)
        grid.data.fill(value, row * grid.cols + from, row * grid.cols + to);
    }
  });
}
