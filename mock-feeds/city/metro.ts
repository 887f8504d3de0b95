import type { Land } from "./land.ts";
import type { Line, Point } from "./plane.ts";
import {
  along,
  lengthOf,
  simplify,
  spline,
  toPosition,
  toPositions,
} from "./plane.ts";
import { createRandom } from "./random.ts";
import type { MetroLine } from "./types.ts";
import { createNaming, english } from "./words.ts";

const LINES: readonly {
  id: string;
  colour: string;
  through: Line;
  names: readonly string[];
}[] = [
  {
    id: "1",
    colour: "#e0526b",
    through: [
      [-12_000, 9600],
      [-9300, 8800],
      [-5400, 6900],
      [-1600, 3600],
      [900, 900],
      [1300, -2400],
      [-400, -6200],
      [-2600, -12_600],
      [-2900, -14_600],
    ],
    names: ["北湖", "府前街", "人民广场", "塘城"],
  },
  {
    id: "2",
    colour: "#3f9be8",
    through: [
      [-15_200, -2300],
      [-11_800, -1400],
      [-6600, -300],
      [-2200, 500],
      [1200, 300],
      [4300, -700],
      [6400, -4100],
      [9300, -6000],
      [15_000, -7400],
      [22_900, -9200],
    ],
    names: ["畴阳", "鼓楼", "会展中心", "江口"],
  },
  {
    id: "3",
    colour: "#f0a03c",
    through: [
      [13_000, 9800],
      [10_800, 8000],
      [6000, 4500],
      [2600, 1700],
      [-900, -1500],
      [-4300, -3700],
      [-7800, -6600],
    ],
    names: ["岭前", "月湖", "江湾"],
  },
  {
    id: "4",
    colour: "#54b98a",
    through: [
      [-4600, 1700],
      [-2500, 4600],
      [1500, 5400],
      [5200, 3700],
      [6600, 300],
      [6300, -3300],
      [3600, -6200],
      [-600, -6700],
      [-4100, -4300],
      [-5300, -1200],
      [-4600, 1700],
    ],
    names: ["学府", "北关", "朝阳", "望江"],
  },
  {
    id: "5",
    colour: "#9a78d6",
    through: [
      [9000, 300],
      [8200, -4000],
      [9800, -7900],
      [13_300, -11_300],
      [17_000, -13_900],
      [18_100, -15_700],
    ],
    names: ["东港", "中央公园", "云台"],
  },
];

/** Five lines; stations stand closer in the city than outside. */
export function createMetro(seed: number, land: Land): MetroLine[] {
  const random = createRandom(seed, "metro");
  const naming = createNaming(random, []);
  return LINES.map(({ id, colour, through, names }) => {
    const line = spline(through, 120);
    const total = lengthOf(line);
    const loop = through[0]?.join() === through.at(-1)?.join();
    const stops: Point[] = [];
    for (let d = 0; d < total - (loop ? 700 : 0);) {
      const { at } = along(line, d);
      // A station in the river is a station on its bank.
      const shift = land.isWater(at) ? 500 : 0;
      stops.push(along(line, d + shift).at);
      d += shift + 1150 + 1300 * (1 - land.density(at));
    }
    const given = new Set<string>();
    return {
      id,
      colour,
      nameZh: `轨道交通${id}号线`,
      nameEn: `Metro Line ${id}`,
      line: toPositions(simplify(line, 6)),
      stations: stops.map((at, i) => {
        // Well-known names stand about evenly along the line.
        const known = names[Math.floor((i * names.length) / stops.length)];
        const name = known && !given.has(known) ? known : naming.road();
        given.add(name);
        return {
          nameZh: `${name}站`,
          nameEn: english(`${name}站`),
          at: toPosition(at),
        };
      }),
    };
  });
}
