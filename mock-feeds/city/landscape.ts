import type { Line, Point } from "./plane.ts";

/** Where the waters, hills and towns of the invented city lie, before chance has its way. Metres. */

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

const km = (points: readonly (readonly [number, number])[]): Line =>
  points.map(([x, y]) => [x * 1000, y * 1000]);

/** 澜江 comes from the west, bends around the old town and opens into the sea. */
export const RIVER = km([
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

export const STREAMS: readonly { id: string; through: Line; width: number }[] =
  [
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

export const LAKES: readonly {
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
export const PARKS: readonly {
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

export const CORES: readonly Core[] = [
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
export const RANGES: readonly [Point, Point, number, number][] = [
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

/** Islands off the river's mouth: middle and half width. */
export const ISLANDS: readonly (readonly [number, number, number])[] = [
  [35_600, -3600, 1500],
  [38_200, -1200, 800],
  [36_400, -14_200, 900],
  [40_300, -7000, 620],
  [36_900, 9800, 700],
];
