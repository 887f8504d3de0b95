import type { Use } from "./camera-uses.ts";
import {
  AT_PLACES,
  CHECKPOINT,
  COMMUNITY,
  JUNCTION,
  PONDING,
  STREET,
  WATERSIDE,
} from "./camera-uses.ts";
import type { Point } from "./plane.ts";
import { toPoint } from "./plane.ts";
import type { Random } from "./random.ts";
import { createRandom } from "./random.ts";
import type { Spot, SpotFinder } from "./spots.ts";
import { compass } from "./spots.ts";
import type { Camera, Place, RoadNetwork, RoadNode } from "./types.ts";

const TOTAL = 12_000;

/** Names of the eight directions by `directionType`: 1 E 2 W 3 S 4 N 5 SE 6 NE 7 SW 8 NW. */
const DIRECTIONS: readonly (readonly [
  degrees: number,
  type: number,
  zh: string,
])[] = [
  [0, 4, "北"],
  [45, 6, "东北"],
  [90, 1, "东"],
  [135, 5, "东南"],
  [180, 3, "南"],
  [225, 7, "西南"],
  [270, 2, "西"],
  [315, 8, "西北"],
];

const directionOf = (heading: number) =>
  DIRECTIONS[
    Math.round((((heading % 360) + 360) % 360) / 45) % 8
  ] as (typeof DIRECTIONS)[number];

/** Makers and types that no shop sells. */
const MAKERS = [
  ["澜视科技", "LS-2D40", "2560×1440"],
  ["云眸电子", "YM-8C30", "1920×1080"],
  ["江衡光电", "JH-4K12", "3840×2160"],
] as const;

export function createCameras(
  seed: number,
  roads: RoadNetwork,
  places: readonly Place[],
  spots: SpotFinder,
): Camera[] {
  const random = createRandom(seed, "cameras");
  const cameras: Camera[] = [];
  const serials = new Map<string, number>();
  const add = (use: Use, spot: Spot, by: string, heading: number) => {
    if (cameras.length < TOTAL)
      cameras.push(createCamera(random, serials, use, spot, by, heading));
  };
  for (const [kind, each, use] of AT_PLACES)
    for (const place of places) {
      if (place.kind !== kind) continue;
      const spot = spots.at(place.at, place.nameZh);
      for (let k = 0; spot && k < each; k++)
        add(use, spot, place.nameZh, random.integer(0, 7) * 45);
    }
  for (const dip of roads.underpasses) {
    const spot = spots.at(dip.at, dip.name);
    for (const heading of [0, 180])
      if (spot)
        add(PONDING, spot, dip.name, heading + random.integer(0, 3) * 45);
  }
  for (let i = 0; i < 240; i++) {
    const spot = spots.waterside(i % 6, (i + 3) / 246);
    if (spot)
      add(WATERSIDE, spot, `${spot.by}${spot.townName}段`, spot.heading ?? 0);
  }
  for (let i = 0; i < 900; i++) {
    const spot = spots.roadside(random, ["快速路", "主干路"], 6);
    add(CHECKPOINT, spot, `${spot.by}卡口`, spot.heading ?? 0);
  }
  for (let i = 0; i < 1300; i++) {
    const spot = spots.roadside(random, ["次干路", "支路"], 6);
    add(STREET, spot, `${spot.by}街面`, spot.heading ?? 0);
  }
  for (const node of busiest(roads))
    if (cameras.length < TOTAL - 2000)
      for (const heading of approaches(roads, node)) {
        const spot = spots.at(node.at, node.name);
        if (spot && cameras.length < TOTAL - 2000)
          add(JUNCTION, spot, node.name, heading);
      }
  while (cameras.length < TOTAL) {
    const spot = spots.homely(random);
    add(COMMUNITY, spot, `${spot.by}出入口`, random.integer(0, 7) * 45);
  }
  return cameras;
}

const RANK = { 快速路: 3, 主干路: 4, 次干路: 2, 支路: 1 } as const;

/** Junctions of three arms and more, the great ones first. */
function busiest(roads: RoadNetwork): RoadNode[] {
  return roads.nodes
    .filter(({ edges }) => edges.length >= 3)
    .map((node) => ({
      node,
      rank: node.edges.reduce(
        (sum, id) => sum + RANK[roads.edges[id]?.roadClass ?? "支路"],
        0,
      ),
    }))
    .sort((a, b) => b.rank - a.rank || a.node.id - b.node.id)
    .map(({ node }) => node);
}

/** Directions of the arms, degrees clockwise from north. */
function approaches(roads: RoadNetwork, node: RoadNode): number[] {
  const here = toPoint(node.at);
  return node.edges.slice(0, 4).map((id) => {
    const edge = roads.edges[id];
    const line = edge?.line ?? [];
    const next = edge?.from === node.id ? line[1] : line.at(-2);
    const [x, y]: Point = next ? toPoint(next) : here;
    return compass(Math.atan2(y - here[1], x - here[0]));
  });
}

function createCamera(
  random: Random,
  serials: Map<string, number>,
  use: Use,
  spot: Spot,
  by: string,
  heading: number,
): Camera {
  // Centre 8 (district + unit 01), industry 2, type 132 network camera, network 1, number 6.
  const prefix = `${spot.district}01${use.industryCode}132${use.network}`;
  const serial = (serials.get(prefix) ?? 0) + 1;
  serials.set(prefix, serial);
  const [, directionType, direction] = directionOf(heading);
  const [manufacturer, model, resolution] = random.pick(MAKERS);
  const movable = random.chance(0.28);
  const secret = use.share === "部门共享" && random.chance(0.08);
  return {
    gbCode: prefix + String(serial).padStart(6, "0"),
    name: `${by} ${direction}向`,
    at: spot.at,
    district: spot.district,
    town: spot.town,
    address: `${spot.townName}${by}`,
    department: use.department,
    heading: ((Math.round(heading) % 360) + 360) % 360,
    directionType,
    ptzType: movable ? 1 : 3,
    positionType: use.positionType,
    roomType: 1,
    useType: use.useType,
    supplyLight: random.pick([2, 2, 3]),
    resolution,
    scene: use.scene,
    industry: use.industry,
    shareScope: secret ? "不共享" : use.share,
    manufacturer,
    model: movable ? `${model}P` : model,
    secrecy: secret ? 1 : 0,
    poleId: `G${spot.town.slice(2)}${String(random.integer(1, 9999)).padStart(4, "0")}`,
    buildDate: `20${random.integer(17, 26)}-${String(random.integer(1, 12)).padStart(2, "0")}-${String(random.integer(1, 28)).padStart(2, "0")}`,
  };
}
