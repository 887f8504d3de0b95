import { toPoint } from "./city/plane.ts";
import type { Random } from "./city/random.ts";
import type { City, Place, Position, Town } from "./city/types.ts";

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
  /** Somewhere in the city, more often where more people live. */
  anywhere(random: Random): Whereabouts;
  /** What is around a point. */
  around(at: Position, random: Random): Whereabouts;
}

/** Metres of a cell; every place and road is found in its own or a next cell. */
const CELL = 900;
/** About 100 m, in degrees: nobody calls from exactly the door. */
const SCATTER = 0.0011;

export function createGazetteer(city: City): Gazetteer {
  const roads = new Map<string, { at: Position; name: string }[]>();
  for (const { line, nameZh } of city.roads.edges) {
    if (nameZh === "") continue;
    const at = line[Math.floor(line.length / 2)]!;
    push(roads, cellOf(at), { at, name: nameZh });
  }
  const spoken = city.places.filter(({ kind }) => kind !== "shelter");
  const places = new Map<string, Place[]>();
  for (const place of spoken) push(places, cellOf(place.at), place);
  const byTown = new Map<string, Place[]>();
  for (const place of spoken) push(byTown, place.town, place);
  const communities = new Map<string, string[]>();
  for (const { town, nameZh } of city.communities)
    push(communities, town, nameZh);
  const towns = new Map(city.towns.map((town) => [town.code, town]));
  const districts = new Map(
    city.districts.map((district) => [district.code, district.nameZh]),
  );
  const peopled = city.towns.filter(({ code }) => byTown.has(code));
  const people = peopled.reduce((sum, { population }) => sum + population, 0);

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
    anywhere(random) {
      let ticket = random.next() * people;
      let town: Town | undefined;
      for (town of peopled) if ((ticket -= town.population) < 0) break;
      const place = random.pick(byTown.get(town?.code ?? "") ?? spoken);
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

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
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
