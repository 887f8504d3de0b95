import { createNoise, createRandom } from "./random.ts";
import { createGrid, fill, fillRings, valueAt } from "./grid.ts";
import type { Core, Lake, Park, Stream } from "./landscape.ts";
import {
  CORES,
  FRAME,
  LAKES,
  PARKS,
  RANGES,
  RIVER,
  STREAMS,
} from "./landscape.ts";
import type { Line, Point } from "./plane.ts";
import { clamp, distance, ramp, ribbon } from "./plane.ts";
import { createOutline, traceSea } from "./shore.ts";
import {
  blob,
  createBank,
  createIslet,
  createMeander,
  createStream,
} from "./waters.ts";

export interface Land {
  /** 澜江, from the west to the sea; `streams` are all running waters, it first. */
  river: Stream;
  streams: Stream[];
  lakes: Lake[];
  parks: Park[];
  isPark: (p: Point) => boolean;
  /** 鹭洲, the long island in 澜江. */
  islet: Line;
  /** Outer ring and islands. */
  sea: Line[];
  cores: Core[];
  isWater: (p: Point) => boolean;
  isSea: (p: Point) => boolean;
  /** Sea or standing water: no road crosses it. */
  isStill: (p: Point) => boolean;
  /** 0 plain … 1 mountain. */
  hill: (p: Point) => number;
  /** 0 open country … 1 city centre; 0 on water. */
  density: (p: Point) => number;
  /** Is the point on land that belongs to the city (tidal flats included)? */
  isCity: (p: Point) => boolean;
  /** Metres to the middle of 澜江, positive on the north bank. */
  bank: (p: Point) => number;
}

export function createLand(seed: number): Land {
  const random = createRandom(seed, "land");
  const shake = (line: Line, by: number): Line =>
    line.map(([x, y], i) =>
      i < 2 || i > line.length - 2
        ? [x, y]
        : [x + random.bell() * by, y + random.bell() * by],
    );
  const wide = createNoise(seed, "river width", 3000, 2);
  const meander = createMeander(seed);
  const river: Stream = createStream(
    "澜江",
    meander(shake(RIVER, 140), 300),
    ([x, y]) => {
      const mouth = ramp(x, 13_000, 33_000);
      return (
        (560 + 330 * ramp(x, -20_000, 4000) + 3600 * mouth * mouth) *
        (1 + 0.24 * wide(x, y))
      );
    },
  );
  const streams = [
    river,
    ...STREAMS.map(({ id, through, width }) =>
      createStream(
        id,
        meander(shake(through, 250), 620),
        ([x, y]) => width * (1 + 0.35 * wide(y, x)),
      ),
    ),
  ];
  const lakes = LAKES.map(({ id, at, size, kind }): Lake => ({
    id,
    kind,
    ring: blob(seed, id, at, size, kind === "reservoir" ? 0.75 : 0.42),
  }));
  const parks = PARKS.map(({ id, at, size, kind }): Park => ({
    id,
    kind,
    ring: blob(seed, id, at, size, kind === "wetland" ? 0.5 : 0.2),
  }));
  const sea = traceSea(seed);
  const waters = createGrid(FRAME, 40);
  for (const stream of streams)
    fillRings(waters, [ribbon(stream.line, stream.width)], 1);
  for (const lake of lakes) fillRings(waters, [lake.ring], 3);
  const islet = createIslet(river);
  fillRings(waters, [islet], 0);
  fillRings(waters, sea, 2);

  const green = createGrid(FRAME, 60);
  for (const park of parks) fillRings(green, [park.ring], 1);

  const rough = createNoise(seed, "hills", 2600, 4);
  const ranges = createGrid(FRAME, 200);
  fill(ranges, (x, y) => {
    let height = 0;
    for (const [[cx, cy], [a, b], turn, peak] of RANGES) {
      const dx = x - cx;
      const dy = y - cy;
      const u = (dx * Math.cos(turn) + dy * Math.sin(turn)) / a;
      const v = (dy * Math.cos(turn) - dx * Math.sin(turn)) / b;
      height = Math.max(height, peak * Math.exp(-(u * u + v * v) * 0.8));
    }
    return Math.round(1000 * clamp(height + 0.24 * rough(x, y) - 0.06));
  });
  const hill = ([x, y]: Point) => valueAt(ranges, x, y) / 1000;
  const isWater = ([x, y]: Point) => valueAt(waters, x, y) > 0;
  const isSea = ([x, y]: Point) => valueAt(waters, x, y) === 2;

  const patchy = createNoise(seed, "density", 2400, 3);
  const built = createGrid(FRAME, 150);
  fill(built, (x, y) => {
    let most = 0;
    for (const { at, reach, weight } of CORES) {
      const t = distance([x, y], at) / reach;
      if (t < 3.5) most = Math.max(most, weight * Math.exp(-t * t * 0.42));
    }
    if (most === 0) return 0;
    const urban = clamp(most * (1 + 0.34 * patchy(x, y)));
    return Math.round(1000 * urban * (1 - ramp(hill([x, y]), 0.34, 0.5)));
  });
  const density = (p: Point) =>
    isWater(p) ? 0 : valueAt(built, p[0], p[1]) / 1000;
  return {
    river,
    streams,
    lakes,
    parks,
    isPark: ([x, y]) => valueAt(green, x, y) === 1,
    islet,
    sea,
    cores: [...CORES],
    isWater,
    isSea,
    isStill: ([x, y]) => valueAt(waters, x, y) > 1,
    hill,
    density,
    isCity: createOutline(seed, isSea),
    bank: createBank(river.line),
  };
}
