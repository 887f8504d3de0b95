import type { Land } from "./land.ts";
import type { Stream } from "./landscape.ts";
import { FRAME } from "./landscape.ts";
import type { Line, Point } from "./plane.ts";
import {
  along,
  lengthOf,
  ribbon,
  simplify,
  toPosition,
  toPositions,
} from "./plane.ts";
import { createGrid, fill } from "./grid.ts";
import { tracePolygons } from "./borders.ts";
import type {
  District,
  GreenArea,
  Label,
  Ring,
  Town,
  WaterBody,
} from "./types.ts";
import { english, spell } from "./words.ts";

/** Metres within which shores are drawn straight. */
const SHORE = 4;

/**
 * All waters. Where a smaller one flows into a larger they overlap, so that no
 * land shows between them; the larger stand later and cover the smaller's end.
 */
export function createWater(land: Land): WaterBody[] {
  const [river, ...streams] = land.streams as [Stream, ...Stream[]];
  return [
    ...streams.map((stream) => body("stream", stream.id, [ringOf(stream)])),
    ...land.lakes.map(({ id, kind, ring }) =>
      body(kind, id, [simplify(ring, SHORE)]),
    ),
    body("river", river.id, [ringOf(river), land.islet]),
    body(
      "sea",
      "东澜湾",
      land.sea.map((ring) => simplify(ring, SHORE)),
    ),
  ];
}

const ringOf = ({ line, width }: Stream): Line =>
  simplify(ribbon(line, width), SHORE);

function body(
  kind: WaterBody["kind"],
  nameZh: string,
  rings: Line[],
): WaterBody {
  return {
    kind,
    nameZh,
    nameEn: waterEnglish(nameZh),
    rings: rings.map(toPositions),
  };
}

function waterEnglish(nameZh: string): string {
  const WORDS: Record<string, string> = {
    江: "River",
    河: "River",
    溪: "Creek",
    水: "River",
    湖: "Lake",
    塘: "Pond",
    湾: "Bay",
  };
  if (nameZh.endsWith("水库")) return english(nameZh);
  return `${spell(nameZh)} ${WORDS[nameZh.slice(-1)] ?? ""}`.trim();
}

/** Woods on the hills, parks and wetlands in the plain. */
export function createGreen(land: Land): GreenArea[] {
  const woods = createGrid(FRAME, 170);
  fill(woods, (x, y) =>
    land.hill([x, y]) > 0.42 && land.isCity([x, y]) && !land.isWater([x, y])
      ? 1
      : 0,
  );
  const forests = tracePolygons(woods, 500_000).map((rings): GreenArea => ({
    kind: "forest",
    nameZh: "",
    nameEn: "",
    rings: rings.map((ring) => toPositions(simplify(ring, 16))),
  }));
  const parks = land.parks.map(({ id, kind, ring }): GreenArea => ({
    kind,
    nameZh: id,
    nameEn: id === "植物园" ? "Botanical Garden" : english(id),
    rings: [toPositions(simplify(ring, SHORE))],
  }));
  return [...forests, ...parks];
}

const HILLS: readonly [string, Point, number][] = [
  ["东岭", [21_500, 17_500], 4],
  ["青岭", [-17_500, 24_200], 5],
  ["西岭", [-30_500, -15_500], 5],
  ["云台山", [23_000, -21_500], 4],
  ["龙鼓山", [6500, 13_800], 6],
];

export function createLabels(
  land: Land,
  districts: readonly District[],
  towns: readonly Town[],
): Label[] {
  const label = (
    kind: Label["kind"],
    nameZh: string,
    nameEn: string,
    at: Label["at"],
    rank: number,
    angle = 0,
  ): Label => ({ kind, nameZh, nameEn, at, rank, angle });
  return [
    label("city", "江澜市", "Jianglan", toPosition([0, 0]), 1),
    ...districts.map(({ nameZh, nameEn, centre }) =>
      label("district", nameZh, nameEn, centre, 2),
    ),
    ...towns.map(({ nameZh, nameEn, centre, density }) =>
      label("town", nameZh, nameEn, centre, density > 0.3 ? 6 : 7),
    ),
    ...land.streams.flatMap(({ id, line }, i) =>
      (i === 0 ? [0.22, 0.47, 0.78] : [0.45]).map((share) => {
        const { at, angle } = along(line, lengthOf(line) * share);
        const turned = Math.round((-angle * 180) / Math.PI);
        const upright = turned > 90 ? turned - 180 : turned;
        return label(
          "river",
          id,
          waterEnglish(id),
          toPosition(at),
          i === 0 ? 3 : 5,
          upright < -90 ? upright + 180 : upright,
        );
      }),
    ),
    ...land.lakes.map(({ id, kind, ring }) =>
      label(
        "lake",
        id,
        waterEnglish(id),
        middle(toPositions(ring)),
        kind === "lake" ? 4 : 6,
      ),
    ),
    ...land.parks.map(({ id, ring }) =>
      label(
        "park",
        id,
        id === "植物园" ? "Botanical Garden" : english(id),
        middle(toPositions(ring)),
        6,
      ),
    ),
    ...HILLS.map(([id, at, rank]) =>
      label("hill", id, `${spell(id)} Hills`, toPosition(at), rank),
    ),
    label("sea", "东澜湾", "Donglan Bay", toPosition([40_500, -10_500]), 3),
  ];
}

/** Middle of the ring's extent. */
function middle(ring: Ring): Label["at"] {
  const lngs = ring.map(([lng]) => lng);
  const lats = ring.map(([, lat]) => lat);
  const half = (values: number[]) =>
    Math.round((Math.min(...values) + Math.max(...values)) * 5e5) / 1e6;
  return [half(lngs), half(lats)];
}
