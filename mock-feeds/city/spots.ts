import type { Land } from "./land.ts";
import type { Locator } from "./locate.ts";
import type { Line, Point } from "./plane.ts";
import { along, distance, lengthOf, toPoint, toPosition } from "./plane.ts";
import type { Random } from "./random.ts";
import type { Roads } from "./roads.ts";
import type {
  Community,
  Position,
  RoadClass,
  RoadEdge,
  Town,
} from "./types.ts";

/** A place where something of the city can stand; always inside a district. */
export interface Spot {
  at: Position;
  district: string;
  town: string;
  townName: string;
  /** Name of the road, water or place it belongs to. */
  by: string;
  edge?: RoadEdge;
  /** Direction of the road or water here, degrees clockwise from north. */
  heading?: number;
}

export interface SpotFinder {
  /** Beside roads of these classes, more where the city is denser. */
  roadside: (
    random: Random,
    classes: readonly RoadClass[],
    aside?: number,
    even?: boolean,
  ) => Spot;
  /** On the bank of a running water; `nth` of `of` along it. */
  waterside: (stream: number, share: number) => Spot | undefined;
  /** Near a community's station. */
  homely: (random: Random) => Spot;
  /** In the hills. */
  hilly: (random: Random) => Spot;
  /** At a given place; undefined outside the city. */
  at: (at: Position, by: string) => Spot | undefined;
  community: (town: string, at: Position) => Community;
}

export function createSpotFinder(
  land: Land,
  roads: Roads,
  towns: readonly Town[],
  communities: readonly Community[],
  locate: Locator,
): SpotFinder {
  const edges = roads.network.edges;
  const middles = roads.lines.map((line) => line[line.length >> 1] as Point);
  const weights = edges.map(
    (edge, i) => edge.length * (0.04 + land.density(middles[i] as Point)),
  );
  const draws = new Map<string, (random: Random) => number>();
  const edgeDraw = (classes: readonly RoadClass[], even: boolean) => {
    const key = `${classes.join()}/${even}`;
    const known = draws.get(key);
    if (known) return known;
    const draw = createDraw(
      edges.map((edge, i) =>
        classes.includes(edge.roadClass)
          ? even
            ? edge.length
            : (weights[i] as number)
          : 0,
      ),
    );
    draws.set(key, draw);
    return draw;
  };
  const byTown = new Map<string, Community[]>();
  for (const community of communities) {
    const list = byTown.get(community.town);
    if (list) list.push(community);
    else byTown.set(community.town, [community]);
  }
  const spot = (p: Point, by: string): Spot | undefined =>
    spotAt(toPosition(p), by);
  const spotAt = (at: Position, by: string): Spot | undefined => {
    const place = locate(at);
    return (
      place && {
        at,
        by,
        district: place.district.code,
        town: place.town.code,
        townName: place.town.nameZh,
      }
    );
  };
  const until = (find: () => Spot | undefined): Spot => {
    for (let trial = 0; trial < 500; trial++) {
      const found = find();
      if (found) return found;
    }
    throw new Error("found no spot for something of the city");
  };
  return {
    roadside: (random, classes, aside = 0, even = false) =>
      until(() => {
        const id = edgeDraw(classes, even)(random);
        const line = roads.lines[id] as Line;
        const edge = edges[id] as RoadEdge;
        const { at, angle } = along(
          line,
          random.between(0.1, 0.9) * edge.length,
        );
        const side = random.chance(0.5) ? aside : -aside;
        const p: Point = [
          at[0] - side * Math.sin(angle),
          at[1] + side * Math.cos(angle),
        ];
        if (land.isWater(p)) return undefined;
        const found = spot(p, edge.nameZh);
        return found && { ...found, edge, heading: compass(angle) };
      }),
    waterside(stream, share) {
      const water = land.streams[stream];
      if (!water) return undefined;
      const { at, angle } = along(water.line, share * lengthOf(water.line));
      const nearest = water.line.reduce(
        (best, p, i) =>
          distance(p, at) < distance(water.line[best] as Point, at) ? i : best,
        0,
      );
      const side = water.width(nearest) / 2 + 12;
      for (const way of [1, -1]) {
        const found = spot(
          [
            at[0] - way * side * Math.sin(angle),
            at[1] + way * side * Math.cos(angle),
          ],
          water.id,
        );
        if (found) return { ...found, heading: compass(angle) };
      }
      return undefined;
    },
    homely: (random) =>
      until(() => {
        const { at, nameZh } = random.pick(communities);
        const [x, y] = toPoint(at);
        const p: Point = [x + 130 * random.bell(), y + 130 * random.bell()];
        return land.isWater(p) ? undefined : spot(p, nameZh);
      }),
    hilly: (random) =>
      until(() => {
        const town = random.pick(towns);
        const [x, y] = toPoint(town.centre);
        const p: Point = [
          x + random.between(-6000, 6000),
          y + random.between(-6000, 6000),
        ];
        return land.hill(p) > 0.4 && !land.isWater(p)
          ? spot(p, town.nameZh)
          : undefined;
      }),
    at: spotAt,
    community(town, at) {
      const [x, y] = toPoint(at);
      const near = (byTown.get(town) ?? communities).map((community) => {
        const [cx, cy] = toPoint(community.at);
        return { community, far: distance([cx, cy], [x, y]) };
      });
      return near.reduce((a, b) => (a.far <= b.far ? a : b)).community;
    },
  };
}

/** Degrees clockwise from north of a direction counted from east. */
export const compass = (angle: number) =>
  Math.round((((90 - (angle * 180) / Math.PI) % 360) + 360) % 360);

/** Draws indices by weight. */
function createDraw(weights: readonly number[]): (random: Random) => number {
  const sums = new Float64Array(weights.length);
  let total = 0;
  weights.forEach((weight, i) => {
    total += weight;
    sums[i] = total;
  });
  return (random) => {
    const target = random.next() * total;
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] as number) > target) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
