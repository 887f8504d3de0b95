/** 单元网格, each around its community inside its town; and rivers with their chief (河长). */
import {
  featureCollection,
  intersect,
  point,
  polygon,
  voronoi,
} from "@turf/turf";
import { caller } from "../content/people.ts";
import { createRandom } from "./random.ts";
import type {
  Community,
  Grid,
  Position,
  River,
  Ring,
  Town,
  WaterBody,
} from "./types.ts";

/** Degrees that a town's box is widened by, so that every cell reaches over the border. */
const BEYOND = 0.05;
/** One grid to a community in this city. */
const SERIAL = "001";

/** A cell of the town for each of its communities: what lies nearest to it. */
export function createGrids(
  seed: number,
  towns: readonly Town[],
  communities: readonly Community[],
): Grid[] {
  const random = createRandom(seed, "grid workers");
  const byTown = grouped(communities, ({ town }) => town);
  return towns.flatMap(({ code, ring }) => {
    const own = byTown.get(code) ?? [];
    const shapes = cellsOf(ring, own);
    return own.flatMap((community, i): Grid[] => {
      const polygons = shapes[i]!;
      if (polygons.length === 0) return [];
      return [
        {
          code: community.code + SERIAL,
          town: code,
          nameZh: `${community.nameZh}网格`,
          nameEn: `${community.nameEn} grid`,
          worker: caller(random).name,
          polygons,
        },
      ];
    });
  });
}

function cellsOf(ring: Ring, communities: readonly Community[]): Ring[][][] {
  if (communities.length <= 1) return communities.map(() => [[ring]]);
  const lngs = ring.map(([lng]) => lng);
  const lats = ring.map(([, lat]) => lat);
  const cells = voronoi(
    featureCollection(communities.map(({ at }) => point(at))),
    {
      bbox: [
        Math.min(...lngs) - BEYOND,
        Math.min(...lats) - BEYOND,
        Math.max(...lngs) + BEYOND,
        Math.max(...lats) + BEYOND,
      ],
    },
  );
  const town = polygon([ring]);
  return cells.features.map((cell) => {
    const shape = intersect(featureCollection([town, cell]))?.geometry;
    if (!shape) return [];
    const found = (
      shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates
    ) as Ring[][];
    return found.map((rings) => rings.map((one) => one.map(rounded)));
  });
}

/** To a metre: a grid's border is nowhere known better. */
const rounded = ([lng, lat]: Position): Position => [
  Math.round(lng * 1e5) / 1e5,
  Math.round(lat * 1e5) / 1e5,
];

function grouped<T>(
  all: readonly T[],
  by: (one: T) => string,
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(by(one));
    if (group) group.push(one);
    else groups.set(by(one), [one]);
  }
  return groups;
}

/** What flows, and has a name. */
const FLOWING: ReadonlySet<WaterBody["kind"]> = new Set([
  "river",
  "stream",
  "canal",
]);

export function createRivers(
  seed: number,
  water: readonly WaterBody[],
): River[] {
  const random = createRandom(seed, "river chiefs");
  const byName = grouped(
    water.filter(({ kind, nameZh }) => FLOWING.has(kind) && nameZh !== ""),
    ({ nameZh }) => nameZh,
  );
  return [...byName.values()].map((parts, i) => ({
    code: `RIVER-${String(i + 1).padStart(3, "0")}`,
    nameZh: parts[0]!.nameZh,
    nameEn: parts[0]!.nameEn,
    chief: caller(random).name,
    polygons: parts.map(({ rings }) => rings),
  }));
}
