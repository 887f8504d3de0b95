import type { Grid } from "./grid.ts";
import type { Line, Point } from "./plane.ts";
import { areaOf, insideRing, roundCorners, simplify } from "./plane.ts";

/**
 * Leaves every label one connected piece: smaller pieces go to the neighbour
 * that holds most of their border.
 */
export function joinPieces(grid: Grid) {
  const { data } = grid;
  const seen = new Int32Array(data.length).fill(-1);
  const pieces: { label: number; cells: number[] }[] = [];
  for (let start = 0; start < data.length; start++) {
    if (seen[start] !== -1) continue;
    const label = data[start] as number;
    const cells = [start];
    seen[start] = pieces.length;
    for (let k = 0; k < cells.length; k++)
      for (let way = 0; way < 4; way++) {
        const next = neighbour(grid, cells[k] as number, way);
        if (seen[next] === -1 && data[next] === label) {
          seen[next] = pieces.length;
          cells.push(next);
        }
      }
    pieces.push({ label, cells });
  }
  pieces.sort((a, b) => b.cells.length - a.cells.length);
  const kept = new Set<number>();
  for (const { label, cells } of pieces) {
    if (!kept.has(label)) {
      kept.add(label);
      continue;
    }
    const votes = new Map<number, number>();
    for (const cell of cells)
      for (let way = 0; way < 4; way++) {
        const other = data[neighbour(grid, cell, way)] ?? label;
        if (other !== label) votes.set(other, (votes.get(other) ?? 0) + 1);
      }
    const [winner] = [...votes].sort((a, b) => b[1] - a[1])[0] ?? [label];
    for (const cell of cells) data[cell] = winner;
  }
  partCorners(grid);
}

/** No two cells of a label touch only by a corner afterwards. */
function partCorners({ cols, data }: Grid) {
  let touching = true;
  for (let round = 0; touching && round < 20; round++) {
    touching = false;
    for (let i = 0; i + cols + 1 < data.length; i++) {
      if (i % cols === cols - 1) continue;
      const a = data[i];
      const b = data[i + 1];
      const c = data[i + cols];
      const d = data[i + cols + 1];
      if ((a === d && a !== b && a !== c) || (b === c && b !== a && b !== d)) {
        if (a === d) data[i + 1] = a as number;
        else data[i] = b as number;
        touching = true;
      }
    }
  }
}

/** The cell west, east, south or north of a cell; −1 outside the grid. */
function neighbour({ cols, rows }: Grid, i: number, way: number): number {
  if (way === 0) return i % cols > 0 ? i - 1 : -1;
  if (way === 1) return i % cols < cols - 1 ? i + 1 : -1;
  if (way === 2) return i - cols;
  return i + cols < cols * rows ? i + cols : -1;
}

/** A border line between two labels, from node to node (or closed). */
export interface Arc {
  left: number;
  right: number;
  line: Line;
}

/**
 * The borders between labels as lines that both sides share, which is what
 * keeps neighbours free of gaps and overlaps. The staircase of cells is first
 * led through the middles of its steps, then rounded: the line never leaves
 * the quarter cells around its own corners, so lines cannot cross.
 */
export function traceArcs(grid: Grid, smooth = 2, tolerance = 0.06): Arc[] {
  const { cols, rows, data, cell } = grid;
  const width = cols + 1;
  const label = (col: number, row: number) =>
    col < 0 || row < 0 || col >= cols || row >= rows
      ? 0
      : (data[row * cols + col] as number);
  /** Steps from a corner: east, north, west, south; `left`, `right` of a step. */
  const STEPS = [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
  ] as const;
  const sides = (col: number, row: number, way: number): [number, number] => {
    const sw = label(col - 1, row - 1);
    const se = label(col, row - 1);
    const nw = label(col - 1, row);
    const ne = label(col, row);
    if (way === 0) return [ne, se];
    if (way === 1) return [nw, ne];
    return way === 2 ? [sw, nw] : [se, sw];
  };
  const waysAt = (col: number, row: number) =>
    [0, 1, 2, 3].filter((way) => {
      const [left, right] = sides(col, row, way);
      return left !== right;
    });
  const used = new Uint8Array(width * (rows + 1) * 4);
  const arcs: Arc[] = [];
  const walk = (startCol: number, startRow: number, startWay: number) => {
    const corners: [number, number][] = [[startCol, startRow]];
    const [left, right] = sides(startCol, startRow, startWay);
    let [col, row, way] = [startCol, startRow, startWay];
    for (;;) {
      used[(row * width + col) * 4 + way] = 1;
      const step = STEPS[way] as readonly [number, number];
      col += step[0];
      row += step[1];
      used[(row * width + col) * 4 + ((way + 2) % 4)] = 1;
      corners.push([col, row]);
      const ways = waysAt(col, row);
      if (ways.length !== 2 || (col === startCol && row === startRow)) break;
      way = ways.find((w) => w !== (way + 2) % 4) as number;
    }
    const closed = col === startCol && row === startRow;
    const line = corners.map(([c, r]): Point => [
      grid.x0 + c * cell,
      grid.y0 + r * cell,
    ]);
    arcs.push({
      left,
      right,
      line: simplify(
        roundCorners(relax(throughMiddles(line, closed), closed), smooth),
        tolerance * cell,
      ),
    });
  };
  const sweep = (nodesOnly: boolean) => {
    for (let row = 0; row <= rows; row++)
      for (let col = 0; col <= cols; col++) {
        // Nearly all corners lie inside one region.
        const i = row * cols + col;
        if (
          row > 0 &&
          row < rows &&
          col > 0 &&
          col < cols &&
          data[i] === data[i - 1] &&
          data[i] === data[i - cols] &&
          data[i] === data[i - cols - 1]
        )
          continue;
        const ways = waysAt(col, row);
        if (ways.length === 0 || (nodesOnly && ways.length === 2)) continue;
        for (const way of ways)
          if (!used[(row * width + col) * 4 + way]) walk(col, row, way);
      }
  };
  sweep(true);
  sweep(false);
  return arcs;
}

function throughMiddles(line: Line, closed: boolean): Line {
  const middles: Line = [];
  for (let i = 1; i < line.length; i++) {
    const [ax, ay] = line[i - 1] as Point;
    const [bx, by] = line[i] as Point;
    middles.push([(ax + bx) / 2, (ay + by) / 2]);
  }
  return closed
    ? [...middles, middles[0] as Point]
    : [line[0] as Point, ...middles, line.at(-1) as Point];
}

/** Pulls every point a little towards its neighbours, which flattens the stairs. */
function relax(line: Line, closed: boolean): Line {
  let points = line;
  for (let round = 0; round < 4; round++)
    points = points.map((p, i) => {
      const end = i === 0 || i === points.length - 1;
      if (end && !closed) return p;
      const a = points[i === 0 ? points.length - 2 : i - 1] as Point;
      const b = points[i === points.length - 1 ? 1 : i + 1] as Point;
      return [(a[0] + 2 * p[0] + b[0]) / 4, (a[1] + 2 * p[1] + b[1]) / 4];
    });
  return points;
}

/**
 * Joins arcs into the closed rings of every group of labels, outer rings
 * counter-clockwise. `groupOf` 0 is outside.
 */
export function joinRings(
  arcs: readonly Arc[],
  groupOf: (label: number) => number,
): Map<number, Line[]> {
  const starts = new Map<number, Map<string, Line[]>>();
  const add = (group: number, line: Line) => {
    if (group === 0) return;
    const lines = starts.get(group) ?? new Map<string, Line[]>();
    starts.set(group, lines);
    const from = String(line[0]);
    lines.set(from, [...(lines.get(from) ?? []), line]);
  };
  for (const { left, right, line } of arcs) {
    if (groupOf(left) === groupOf(right)) continue;
    add(groupOf(left), line);
    add(groupOf(right), [...line].reverse());
  }
  const rings = new Map<number, Line[]>();
  for (const [group, lines] of starts) {
    const found: Line[] = [];
    for (const [from, waiting] of lines)
      for (let line = waiting.pop(); line; line = waiting.pop()) {
        const ring: Line = [...line];
        while (String(ring.at(-1)) !== from) {
          const next = lines.get(String(ring.at(-1)))?.pop();
          if (!next) throw new Error(`border of region ${group} is not closed`);
          ring.push(...next.slice(1));
        }
        found.push(ring);
      }
    found.sort((a, b) => areaOf(b) - areaOf(a));
    rings.set(group, found);
  }
  return rings;
}

/** Polygons (outer ring and its holes) of the cells that hold a positive value. */
export function tracePolygons(grid: Grid, smallest: number): Line[][] {
  const binary: Grid = { ...grid, data: grid.data.map((v) => (v > 0 ? 1 : 0)) };
  partCorners(binary);
  const rings = joinRings(traceArcs(binary, 2, 0.12), (label) => label).get(1);
  const big = (rings ?? []).filter((ring) => Math.abs(areaOf(ring)) > smallest);
  const outer = big.filter((ring) => areaOf(ring) > 0);
  const holes = big.filter((ring) => areaOf(ring) < 0);
  return outer.map((ring) => [
    ring,
    ...holes.filter((hole) => holds(ring, hole, outer)),
  ]);
}

/** Is `ring` the smallest outer ring around the hole? `outer` is sorted by size. */
function holds(ring: Line, hole: Line, outer: Line[]): boolean {
  const [x, y] = hole[0] as Point;
  const around = outer.filter((candidate) => insideRing(x, y, candidate));
  return around.at(-1) === ring;
}
