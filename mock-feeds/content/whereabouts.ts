import { toPoint } from "../city/plane.ts";
import type { Random } from "../city/random.ts";
import type { City, Place, PlaceKind, Position } from "../city/types.ts";

/** A place as a citizen names it on the phone. */
export interface Whereabouts {
  at: Position;
  road: string;
  place: string;
  community: string;
  town: string;
  district: string;
  /** 区 + 街道 + 路 + place. */
  address: string;
}

export interface Gazetteer {
  /** At a place of one of these kinds, more often where the city is dense. */
  anywhere(random: Random, kinds: readonly PlaceKind[]): Whereabouts;
  /** What is around a point. */
  around(at: Position, random: Random): Whereabouts;
}

/** Metres of a cell; every place and road is found in its own or a next cell. */
const CELL = 900;
const TRIES = 6;
/** About 100 m, in degrees: nobody calls from exactly the door. */
const SCATTER = 0.0011;

export function createGazetteer(city: City): Gazetteer {
  const roads = new Map<string, { at: Position; name: string }[]>();
  for (const { line, nameZh, roadClass } of city.roads.edges) {
    // Nobody stands on an expressway to complain.
    if (nameZh === "" || roadClass === "快速路") continue;
    const at = line[Math.floor(line.length / 2)]!;
    push(roads, cellOf(at), { at, name: nameZh });
  }
  const spoken = city.places.filter(({ kind }) => kind !== "shelter");
  const places = new Map<string, Place[]>();
  for (const place of spoken) push(places, cellOf(place.at), place);
  const byKind = new Map<PlaceKind, Place[]>();
  for (const place of spoken) push(byKind, place.kind, place);
  const communities = new Map<string, string[]>();
  for (const { town, nameZh } of city.communities)
    push(communities, town, nameZh);
  const towns = new Map(city.towns.map((town) => [town.code, town]));
  const districts = new Map(
    city.districts.map((district) => [district.code, district.nameZh]),
  );

  function name(at: Position, place: Place, random: Random): Whereabouts {
    const town = towns.get(place.town);
    const road = nearest(roads, at)?.name ?? place.nameZh;
    const district = districts.get(place.district) ?? "";
    const own = communities.get(place.town);
    return {
      at: [round(at[0]), round(at[1])],
      road,
      place: place.nameZh,
      community: own ? random.pick(own) : place.nameZh,
      town: town?.nameZh ?? "",
      district: place.district,
      address: `${district}${town?.nameZh ?? ""}${road}(${place.nameZh}附近)`,
    };
  }

  return {
    anywhere(random, kinds) {
      const choice = () =>
        random.pick(byKind.get(random.pick(kinds)) ?? spoken);
      let place = choice();
      for (let i = 0; i < TRIES; i++) {
        const density = towns.get(place.town)?.density ?? 0;
        if (random.chance(0.15 + 0.85 * density)) break;
        place = choice();
      }
      const at: Position = [
        place.at[0] + SCATTER * random.bell(),
        place.at[1] + SCATTER * random.bell(),
      ];
      return name(at, place, random);
    },
    around(at, random) {
      return name(at, nearest(places, at) ?? random.pick(spoken), random);
    },
  };
}

const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6;

const cellOf = (at: Position, right = 0, up = 0): string => {
  const [x, y] = toPoint(at);
  return `${Math.floor(x / CELL) + right},${Math.floor(y / CELL) + up}`;
};

function push<K, T>(map: Map<K, T[]>, key: K, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function nearest<T extends { at: Position }>(
  cells: ReadonlyMap<string, readonly T[]>,
  to: Position,
): T | null {
  const [x, y] = toPoint(to);
  let best: T | null = null;
  let least = Infinity;
  for (let right = -1; right <= 1; right++)
    for (let up = -1; up <= 1; up++)
      for (const one of cells.get(cellOf(to, right, up)) ?? []) {
        const [ox, oy] = toPoint(one.at);
        const off = (ox - x) ** 2 + (oy - y) ** 2;
        if (off < least) [best, least] = [one, off];
      }
  return best;
}
