import type { Land } from "./land.ts";
import type { Locator } from "./locate.ts";
import type { Point } from "./plane.ts";
import { areaOf, distance, toPosition, toPositions } from "./plane.ts";
import { createRandom } from "./random.ts";
import { cellCentre } from "./grid.ts";
import type { Regions } from "./regions.ts";
import { DISTRICTS } from "./district-plan.ts";
import type { Community, District, Town } from "./types.ts";
import { communityName, createNaming, english } from "./words.ts";

/** GB/T 2260 gives no province the number 99 (decisions C4). */
export const REGION_PREFIX = "99";
export const CITY_CODE = `${REGION_PREFIX}0100`;

const PEOPLE = 5_260_000;
const COMMUNITIES = 1860;

export interface Areas {
  districts: District[];
  towns: Town[];
}

/** Old names of the centre's streets; the seat's own street comes first. */
const CENTRAL_TOWNS = [
  "府前",
  "鼓楼",
  "文昌",
  "月湖",
  "江湾",
  "学府",
  "朝阳",
  "南门",
  "北关",
  "东门",
  "西关",
  "古渡",
  "中华路",
  "解放路",
  "望江",
  "会展",
  "柳堤",
  "春华",
];

const SEATS: Record<string, string> = {
  滨江区: "江澜新城",
  北湖区: "湖滨",
  东岭区: "岭前",
  西畴区: "畴阳",
  南塘县: "塘城",
  云台市: "云台",
};

export function createAreas(seed: number, land: Land, regions: Regions): Areas {
  const random = createRandom(seed, "areas");
  const naming = createNaming(random, CENTRAL_TOWNS);
  const built = regions.towns.map(({ cells }) => {
    let sum = 0;
    let dry = 0;
    for (const cell of cells) {
      const p = cellCentre(regions.grid, cell);
      if (land.isWater(p)) continue;
      sum += land.density(p);
      dry++;
    }
    return { density: sum / Math.max(1, dry), dry };
  });
  const weights = built.map(
    ({ density, dry }) => dry * (0.006 + density ** 1.4),
  );
  const share = PEOPLE / weights.reduce((a, b) => a + b, 0);
  const numbers = new Map<string, number>();
  const towns = regions.towns.map((region, i): Town => {
    const plan = DISTRICTS[region.district - 1] as (typeof DISTRICTS)[number];
    const district = REGION_PREFIX + plan.code;
    const density = built[i]?.density ?? 0;
    const seat = distance(region.centre, plan.seat) < 400;
    const kind =
      density > 0.16 || seat
        ? "街道"
        : land.hill(region.centre) > 0.22
          ? "乡"
          : "镇";
    const first = { 街道: 1, 镇: 100, 乡: 200 }[kind];
    const nth = numbers.get(district + kind) ?? 0;
    numbers.set(district + kind, nth + 1);
    const own = seat ? SEATS[plan.nameZh] : undefined;
    const central =
      plan.nameZh === "中心城区"
        ? CENTRAL_TOWNS[numbers.get(plan.nameZh) ?? 0]
        : undefined;
    if (central) numbers.set(plan.nameZh, (numbers.get(plan.nameZh) ?? 0) + 1);
    const nameZh = `${own ?? central ?? naming.place()}${kind}`;
    return {
      code: district + String(first + nth).padStart(3, "0"),
      kind,
      nameZh,
      nameEn: english(nameZh),
      district,
      centre: toPosition(region.centre),
      ring: toPositions(region.ring),
      areaKm2: Math.round(Math.abs(areaOf(region.ring)) / 1e4) / 100,
      population: Math.round(((weights[i] ?? 0) * share) / 100) * 100,
      density: Math.round(density * 1000) / 1000,
    };
  });
  const districts = regions.districts.map((region): District => {
    const plan = DISTRICTS[region.label - 1] as (typeof DISTRICTS)[number];
    const code = REGION_PREFIX + plan.code;
    const far = ({ centre }: { centre: Point }) => distance(centre, plan.seat);
    const seat = regions.towns
      .filter(({ district }) => district === region.label)
      .reduce((a, b) => (far(a) <= far(b) ? a : b));
    return {
      code,
      kind: plan.kind,
      nameZh: plan.nameZh,
      nameEn: plan.nameEn,
      centre: toPosition(seat.centre),
      ring: toPositions(region.ring),
      areaKm2: Math.round(Math.abs(areaOf(region.ring)) / 1e4) / 100,
      population: towns
        .filter(({ district }) => district === code)
        .reduce((sum, { population }) => sum + population, 0),
    };
  });
  return { districts, towns };
}

/** 1,860 communities: shared out by people, set apart inside their town. */
export function createCommunities(
  seed: number,
  land: Land,
  regions: Regions,
  towns: readonly Town[],
  locate: Locator,
): Community[] {
  const random = createRandom(seed, "communities");
  const counts = apportion(
    towns.map(({ population, areaKm2 }) => 3 + population / 3200 + areaKm2 / 6),
    COMMUNITIES,
  );
  return towns.flatMap((town, i) => {
    const region = regions.towns[i];
    const dry = (region?.cells ?? [])
      .map((cell) => cellCentre(regions.grid, cell))
      .filter((p) => !land.isWater(p) && land.hill(p) < 0.5);
    const inside = (p: Point) => locate(toPosition(p))?.town === town;
    const count = counts[i] ?? 0;
    const urban = town.kind === "街道";
    const names = new Set<string>();
    const points: (readonly [number, number])[] = [];
    return Array.from({ length: count }, (_, k): Community => {
      // Of a few places the one farthest from the communities there are.
      let at: Point | undefined;
      let room = -1;
      for (let trial = 0; trial < 7 || !at; trial++) {
        const p = random.pick(dry);
        const gap =
          Math.min(40_000, ...points.map((q) => distance(p, q))) *
          (0.35 + land.density(p));
        if (gap > room && inside(p)) [at, room] = [p, gap];
      }
      points.push(at);
      let name = communityName(random);
      while (names.has(name)) name = communityName(random);
      names.add(name);
      const isUrban = urban || k < count * 0.15;
      const nameZh = `${name}${isUrban ? "社区" : "村"}`;
      return {
        code: town.code + String(isUrban ? k + 1 : 200 + k).padStart(3, "0"),
        nameZh,
        nameEn: english(nameZh),
        town: town.code,
        district: town.district,
        at: toPosition(at),
        population: Math.round(
          (town.population / count) * random.between(0.7, 1.3),
        ),
      };
    });
  });
}

/** Whole shares that add up to `total` exactly (largest remainder). */
export function apportion(weights: readonly number[], total: number): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((weight) => (weight / sum) * total);
  const shares = exact.map(Math.floor);
  const missing = total - shares.reduce((a, b) => a + b, 0);
  const order = exact
    .map((value, i) => ({ i, rest: value % 1 }))
    .sort((a, b) => b.rest - a.rest);
  for (const { i } of order.slice(0, missing))
    shares[i] = (shares[i] as number) + 1;
  return shares;
}
