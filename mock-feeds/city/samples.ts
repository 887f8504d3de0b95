import { FRAME } from "./landscape.ts";
import type { Line, Point } from "./plane.ts";
import { distance } from "./plane.ts";

/** Two lines run the same way when their directions differ by less. */
const PARALLEL = Math.cos(0.62);

export interface Samples {
  add: (line: Line) => void;
  /** Does a line that runs the same way pass within `gap`? */
  crowded: (p: Point, cos: number, sin: number, gap: number) => boolean;
}

/** Points of all lines with their directions, hashed by place. */
export function createSamples(): Samples {
  const SIZE = 500;
  const cols = Math.ceil((FRAME[2] - FRAME[0]) / SIZE);
  const cells = new Map<number, number[]>();
  const cellOf = (x: number, y: number) =>
    Math.floor((y - FRAME[1]) / SIZE) * cols +
    Math.floor((x - FRAME[0]) / SIZE);
  return {
    add(line) {
      for (let i = 0; i < line.length; i++) {
        const p = line[i] as Point;
        const a = line[Math.max(0, i - 1)] as Point;
        const b = line[Math.min(line.length - 1, i + 1)] as Point;
        const length = distance(a, b) || 1;
        const key = cellOf(p[0], p[1]);
        const cell = cells.get(key) ?? [];
        if (cell.length === 0) cells.set(key, cell);
        cell.push(p[0], p[1], (b[0] - a[0]) / length, (b[1] - a[1]) / length);
      }
    },
    crowded([x, y], cos, sin, gap) {
      const reach = Math.ceil(gap / SIZE);
      const gap2 = gap * gap;
      const middle = cellOf(x, y);
      for (let dy = -reach; dy <= reach; dy++)
        for (let dx = -reach; dx <= reach; dx++) {
          const cell = cells.get(middle + dy * cols + dx);
          if (!cell) continue;
          for (let i = 0; i < cell.length; i += 4) {
            const ex = (cell[i] as number) - x;
            const ey = (cell[i + 1] as number) - y;
            if (ex * ex + ey * ey > gap2) continue;
            const dot =
              cos * (cell[i + 2] as number) + sin * (cell[i + 3] as number);
            if (dot > PARALLEL || dot < -PARALLEL) return true;
          }
        }
      return false;
    },
  };
}
