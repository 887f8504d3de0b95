import type { Land } from "./land.ts";
import type { Locator } from "./locate.ts";
import type { Line, Point } from "./plane.ts";
import { distance, resample, simplify, toPosition } from "./plane.ts";
import type { Fairway } from "./types.ts";

/**
 * Courses of vessels on 澜江, one for each way and one for ferries and lighters
 * nearer to the bank. They end where the city does: what lies beyond is sea.
 * Ships keep beside the line, so the city is wider than it by their berth.
 */
export function createFairways(land: Land, locate: Locator): Fairway[] {
  return [
    { nameZh: "澜江下行航道", nameEn: "Lan River, down", share: -0.2 },
    { nameZh: "澜江上行航道", nameEn: "Lan River, up", share: 0.06 },
    { nameZh: "澜江推荐航路", nameEn: "Lan River, small craft", share: -0.34 },
  ].map(({ nameZh, nameEn, share }) => ({
    nameZh,
    nameEn,
    line: longest(beside(land, share), (p) => {
      const inCity = (to: Point) => locate(toPosition(to)) !== undefined;
      return land.isWater(p) && berth(p).every(inCity);
    }).map(toPosition),
  }));
}

/** Metres beside the line that a ship may be, with a little to spare. */
const BERTH = 120;

const berth = ([x, y]: Point): Point[] => [
  [x, y],
  [x + BERTH, y],
  [x - BERTH, y],
  [x, y + BERTH],
  [x, y - BERTH],
];

/** The river's middle moved aside by a share of its width. */
function beside({ river }: Land, share: number): Line {
  return river.line.map((p, i): Point => {
    const a = river.line[Math.max(0, i - 1)] as Point;
    const b = river.line[Math.min(river.line.length - 1, i + 1)] as Point;
    const length = distance(a, b) || 1;
    const off = (share * river.width(i)) / length;
    return [p[0] - (b[1] - a[1]) * off, p[1] + (b[0] - a[0]) * off];
  });
}

/** The longest piece of which every point will do. */
function longest(line: Line, fits: (p: Point) => boolean): Line {
  let best: Line = [];
  let piece: Line = [];
  for (const p of resample(line, 80)) {
    piece = fits(p) ? [...piece, p] : [];
    if (piece.length > best.length) best = piece;
  }
  return simplify(best, 5);
}
