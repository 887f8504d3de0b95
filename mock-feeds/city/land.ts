import { createNoise, createRandom } from "./random.ts";
import {
  createGrid,
  fill,
  fillRings,
  joinPieces,
  tracePolygons,
  valueAt,
} from "./raster.ts";
import type { Line, Point } from "./plane.ts";
import {
  clamp,
  distance,
  distanceToSegment,
  ramp,
  ribbon,
  spline,
} from "./plane.ts";

/** West, south, east, north of everything drawn, metres. */
export const FRAME = [-45_000, -34_000, 51_000, 32_000] as const;

/** A running water; `id` is its name. */
export interface Stream {
  id: string;
  line: Line;
  /** Metres across at the i-th point of the line. */
  width: (i: number) => number;
}

export interface Lake {
  id: string;
  ring: Line;
  kind: "lake" | "reservoir";
}

export interface Park {
  id: string;
  kind: "park" | "wetland";
  ring: Line;
}

/** A built-up core: the city centre first, then the seats of the districts. */
export interface Core {
  id: string;
  at: Point;
  /** 0 … 1 */
  weight: number;
  reach: number;
  /** Direction of its streets, radians. */
  angle: number;
}

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

const km = (points: readonly (readonly [number, number])[]): Line =>
  points.map(([x, y]) => [x * 1000, y * 1000]);

/** 澜江 comes from the west, bends around the old town and opens into the sea. */
const RIVER = km([
  [-46, 12.5],
  [-39, 9.2],
  [-33, 10.4],
  [-27, 7.4],
  [-21, 8.2],
  [-15.5, 5.2],
  [-10.5, 5.6],
  [-6, 3.4],
  [-3.9, 0.2],
  [-2.6, -3.1],
  [0.6, -4.6],
  [3.9, -3.6],
  [6.2, -1.1],
  [9.4, -0.6],
  [13, -3.4],
  [17.6, -5.2],
  [22.4, -4.4],
  [27, -5.8],
  [32, -7.8],
  [36.5, -8.8],
]);

const STREAMS: readonly { id: string; through: Line; width: number }[] = [
  {
    id: "青溪",
    width: 90,
    through: km([
      [-5, 33],
      [-7.5, 26],
      [-5.2, 21],
      [-8.6, 16.5],
      [-8.2, 12],
      [-9.7, 8.6],
      [-8.2, 4.8],
    ]),
  },
  {
    id: "东溪",
    width: 110,
    through: km([
      [20, 22],
      [16.4, 17.5],
      [16, 13],
      [12.6, 9.4],
      [12.4, 5],
      [9.8, 2.4],
      [9.6, -0.6],
    ]),
  },
  {
    id: "南渠河",
    width: 130,
    through: km([
      [-31, -24],
      [-24, -18],
      [-18.4, -16.6],
      [-13, -11],
      [-8, -9.8],
      [-4.4, -6.6],
      [-1.6, -3.9],
    ]),
  },
  {
    id: "云水",
    width: 120,
    through: km([
      [10, -33],
      [12.4, -26],
      [10.6, -20.5],
      [14, -15],
      [13.2, -10],
      [16.6, -5],
    ]),
  },
  {
    id: "西畴河",
    width: 80,
    through: km([
      [-40, -6],
      [-31, -4.4],
      [-25, -1.2],
      [-19.5, 1],
      [-16.2, 5.4],
    ]),
  },
];

const LAKES: readonly {
  id: string;
  at: Point;
  size: Point;
  kind: Lake["kind"];
}[] = [
  { id: "北湖", at: [-12_600, 12_400], size: [3300, 1900], kind: "lake" },
  { id: "月湖", at: [2300, 2700], size: [620, 420], kind: "lake" },
  { id: "南塘", at: [-5200, -15_300], size: [1900, 1150], kind: "lake" },
  { id: "荷塘", at: [-9300, -18_600], size: [1100, 800], kind: "lake" },
  { id: "菱塘", at: [-1300, -19_200], size: [900, 620], kind: "lake" },
  { id: "镜湖", at: [10_900, -7700], size: [1150, 620], kind: "lake" },
  {
    id: "东岭水库",
    at: [19_600, 13_200],
    size: [900, 1700],
    kind: "reservoir",
  },
  {
    id: "青源水库",
    at: [-14_600, 22_200],
    size: [1500, 700],
    kind: "reservoir",
  },
  {
    id: "云台水库",
    at: [22_300, -18_800],
    size: [1500, 760],
    kind: "reservoir",
  },
  {
    id: "西岭水库",
    at: [-28_600, -12_800],
    size: [700, 1300],
    kind: "reservoir",
  },
];

/** Parks keep small streets out. */
const PARKS: readonly {
  id: string;
  at: Point;
  size: Point;
  kind: Park["kind"];
}[] = [
  { id: "月湖公园", at: [2300, 2700], size: [960, 700], kind: "park" },
  { id: "人民公园", at: [-350, -1100], size: [430, 330], kind: "park" },
  { id: "江湾公园", at: [-1300, -3000], size: [620, 330], kind: "park" },
  { id: "中央公园", at: [7900, -5300], size: [640, 380], kind: "park" },
  { id: "镜湖公园", at: [10_900, -7700], size: [1650, 1000], kind: "park" },
  { id: "体育公园", at: [-6700, -1500], size: [560, 430], kind: "park" },
  { id: "植物园", at: [3900, -9800], size: [1150, 800], kind: "park" },
  { id: "青溪公园", at: [-8500, 7300], size: [420, 780], kind: "park" },
  { id: "东溪公园", at: [12_300, 6900], size: [460, 820], kind: "park" },
  { id: "畴园公园", at: [-14_300, -3200], size: [600, 450], kind: "park" },
  { id: "云台公园", at: [18_700, -15_000], size: [640, 480], kind: "park" },
  {
    id: "北湖湿地",
    at: [-15_700, 11_600],
    size: [1700, 1500],
    kind: "wetland",
  },
  { id: "南塘湿地", at: [-5600, -15_700], size: [2700, 1700], kind: "wetland" },
  { id: "荷塘湿地", at: [-9300, -18_600], size: [1700, 1250], kind: "wetland" },
  { id: "江口湿地", at: [24_500, -3300], size: [1900, 560], kind: "wetland" },
  { id: "北岸湿地", at: [29_300, -1200], size: [900, 1700], kind: "wetland" },
];

const CORES: readonly Core[] = [
  { id: "中心", at: [1200, 400], weight: 1, reach: 4600, angle: 0.14 },
  { id: "北湖", at: [-9300, 9300], weight: 0.66, reach: 2300, angle: -0.16 },
  { id: "东岭", at: [11_000, 8200], weight: 0.66, reach: 2300, angle: 0.32 },
  { id: "西畴", at: [-12_800, -1600], weight: 0.68, reach: 2300, angle: -0.05 },
  { id: "滨江", at: [6700, -4400], weight: 0.92, reach: 2650, angle: 0.3 },
  { id: "南塘", at: [-3000, -13_400], weight: 0.62, reach: 1900, angle: 0.08 },
  { id: "云台", at: [17_300, -14_200], weight: 0.7, reach: 2200, angle: -0.22 },
  { id: "江口", at: [25_300, -9_300], weight: 0.52, reach: 1700, angle: -0.35 },
  { id: "西港", at: [-24_600, 4800], weight: 0.4, reach: 1300, angle: -0.3 },
  { id: "北岸", at: [21_500, 2400], weight: 0.42, reach: 1500, angle: 0.1 },
];

/** Mountains: middle, half axes, turn, height. */
const RANGES: readonly [Point, Point, number, number][] = [
  [[21_000, 17_500], [9500, 4600], 0.6, 1],
  [[25_500, 9000], [2600, 3800], -0.2, 0.75],
  [[-16_500, 24_000], [12_500, 3900], 0.08, 1],
  [[-31_000, 19_500], [6500, 5200], -0.5, 0.9],
  [[-30_000, -14_500], [5200, 8400], 0.35, 1],
  [[23_500, -20_500], [6800, 3900], -0.35, 1.05],
  [[6500, 13_800], [1900, 1200], 0.5, 0.62],
  [[-17_300, -7800], [1700, 1000], -0.4, 0.6],
  [[3900, -9800], [1150, 760], 0.3, 0.58],
  [[-4300, 6700], [800, 520], -0.3, 0.6],
];

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
  const density = (p: Point) => {
    if (isWater(p)) return 0;
    let built = 0;
    for (const core of CORES) {
      const t = distance(p, core.at) / core.reach;
      built = Math.max(built, core.weight * Math.exp(-t * t * 0.42));
    }
    const urban = built * (1 + 0.34 * patchy(p[0], p[1]));
    return clamp(urban) * (1 - ramp(hill(p), 0.34, 0.5));
  };
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

/** An oval with an uneven rim. */
function blob(
  seed: number,
  name: string,
  at: Point,
  size: Point,
  rough: number,
): Line {
  const shape = createNoise(seed, `blob ${name}`, 1, 4);
  const ring: Line = [];
  for (let k = 0; k < 96; k++) {
    const a = (k / 96) * 2 * Math.PI;
    const r = 1 + rough * shape(Math.cos(a) * 1.3, Math.sin(a) * 1.3);
    ring.push([
      at[0] + size[0] * r * Math.cos(a),
      at[1] + size[1] * r * Math.sin(a),
    ]);
  }
  return [...ring, ring[0] as Point];
}

/** A lens north of the river's middle, so that no border cuts it. */
function createIslet(river: Stream): Line {
  const from = river.line.findIndex(([x]) => x > 19_200);
  const to = river.line.findIndex(([x]) => x > 23_600);
  const north: Line = [];
  const south: Line = [];
  for (let i = from; i <= to; i++) {
    const [ax, ay] = river.line[i - 1] as Point;
    const [bx, by] = river.line[i + 1] as Point;
    const [x, y] = river.line[i] as Point;
    const length = Math.hypot(bx - ax, by - ay);
    const swell = Math.sin((Math.PI * (i - from)) / (to - from)) ** 0.6;
    const place = (share: number): Point => [
      x - ((by - ay) / length) * share * river.width(i),
      y + ((bx - ax) / length) * share * river.width(i),
    ];
    north.push(place(0.16 + 0.15 * swell));
    south.push(place(0.16 - 0.1 * swell));
  }
  const ring = [...north, ...south.reverse()];
  return [...ring, ring[0] as Point];
}

/** Waters wander: moves every point of a line by smooth noise. */
function createMeander(seed: number) {
  const east = createNoise(seed, "meander east", 3400, 3);
  const north = createNoise(seed, "meander north", 3400, 3);
  return (through: Line, by: number): Line =>
    spline(through, 120).map(([x, y]) => [
      x + by * east(x, y),
      y + by * north(x, y),
    ]);
}

function createStream(
  id: string,
  line: Line,
  width: (p: Point) => number,
): Stream {
  return { id, line, width: (i) => width(line[i] as Point) };
}

/** Islands off the river's mouth: middle and half width. */
const ISLANDS: readonly (readonly [number, number, number])[] = [
  [35_600, -3600, 1500],
  [38_200, -1200, 800],
  [36_400, -14_200, 900],
  [40_300, -7000, 620],
  [36_900, 9800, 700],
];

/** The sea lies in the east; what noise leaves above it become capes and islands. */
function traceSea(seed: number): Line[] {
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
function createOutline(seed: number, isSea: (p: Point) => boolean) {
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

/** Signed distance to the middle of the river, by the nearest of its legs. */
function createBank(line: Line): (p: Point) => number {
  const starts = createGrid(FRAME, 1500);
  fill(starts, (x, y) => {
    let near = 0;
    let best = Infinity;
    line.forEach(([lx, ly], i) => {
      const d = (lx - x) ** 2 + (ly - y) ** 2;
      if (d < best) [best, near] = [d, i];
    });
    return near;
  });
  return (p) => {
    // Walk downhill from the cell's nearest point, then judge the legs around.
    let near = valueAt(starts, p[0], p[1]);
    for (let way = -1; way <= 1; way += 2) {
      let d = distance(p, line[near] as Point);
      for (let next = line[near + way]; next; next = line[near + way]) {
        const closer = distance(p, next);
        if (closer >= d) break;
        d = closer;
        near += way;
      }
    }
    let best = Infinity;
    let side = 1;
    const to = Math.min(line.length - 1, near + 2);
    for (let i = Math.max(1, near - 1); i <= to; i++) {
      const a = line[i - 1] as Point;
      const b = line[i] as Point;
      const d = distanceToSegment(p, a, b);
      if (d >= best) continue;
      best = d;
      const cross =
        (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);
      side = cross >= 0 ? 1 : -1;
    }
    return side * best;
  };
}
