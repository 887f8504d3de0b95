import type { Line, Point } from "./plane.ts";
import { distance, ramp } from "./plane.ts";
import { FRAME, ISLANDS } from "./landscape.ts";
import { createNoise } from "./random.ts";
import { createGrid, fill, valueAt } from "./grid.ts";
import { joinPieces, tracePolygons } from "./borders.ts";

/** The sea lies in the east; what noise leaves above it become capes and islands. */
export function traceSea(seed: number): Line[] {
  const shore = createNoise(seed, "shore", 8200, 5);
  const [, south, east, north] = FRAME;
  const grid = createGrid([20_000, south, east, north], 100);
  fill(grid, (x, y) => {
    const inlet = 2600 * Math.exp(-(((y + 7900) / 2600) ** 2));
    const bay = 4200 * Math.exp(-(((y - 6500) / 3400) ** 2));
    const cape = 2400 * Math.exp(-(((y - 13_000) / 3600) ** 2));
    for (const [ix, iy, reach] of ISLANDS) {
      const d = distance([x, y], [ix, iy]) / reach;
      if (d < 1.9 && d + 1.5 * shore(x * 5, y * 5) < 1) return 0;
    }
    const line = 31_500 - inlet - bay + cape + 0.05 * y;
    return x > line + 14_000 * shore(x, y) * ramp(x, 46_000, 34_000) ? 1 : 0;
  });
  const [largest] = tracePolygons(grid, 120_000);
  if (!largest) throw new Error("the city has no sea");
  return largest;
}

/** Inland the border wanders like one that follows ridges and old streams. */
export function createOutline(seed: number, isSea: (p: Point) => boolean) {
  const far = createNoise(seed, "outline", 10_000, 5);
  const grid = createGrid(FRAME, 150);
  fill(grid, (x, y) => {
    const reach =
      (Math.abs(x / (x > 0 ? 46_000 : 37_500)) ** 2.7 +
        Math.abs((y + 900) / 26_500) ** 2.7) **
      (1 / 2.7);
    if (reach < 0.6) return 1;
    if (reach > 1.5 || reach * (1 + 0.25 * far(x, y)) > 1) return 0;
    // Tidal flats belong to the city: the shore is drawn over them.
    const flat = 150;
    return isSea([x - flat, y]) && isSea([x, y + flat]) && isSea([x, y])
      ? 0
      : 1;
  });
  joinPieces(grid);
  return ([x, y]: Point) => valueAt(grid, x, y) === 1;
}
