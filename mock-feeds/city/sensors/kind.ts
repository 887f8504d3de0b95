import type { Random } from "../random.ts";
import type { Spot, SpotFinder } from "../spots.ts";
import type {
  Bridge,
  MetroLine,
  Metric,
  Place,
  PlaceKind,
  Underpass,
} from "../types.ts";

/** What the sensors are set up in: the city as far as it is built. */
export interface Ground {
  spots: SpotFinder;
  places: readonly Place[];
  bridges: readonly Bridge[];
  underpasses: readonly Underpass[];
  metro: readonly MetroLine[];
}

export interface SensorKind {
  kind: string;
  system: string;
  /** Feed that its readings come by. */
  feed: string;
  /** Begins the sensor's id: `AQ-0001`. */
  prefix: string;
  metrics: Metric[];
  sites: (ground: Ground, random: Random) => Site[];
}

/** Where one sensor stands, what it is called and what a simulation needs. */
export interface Site {
  spot: Spot;
  name: string;
  attributes?: Record<string, string | number>;
}

const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** `metric("level", "m", 0, 8, MINUTE)`: possible range and period. */
export const metric = (
  name: string,
  unit: string,
  min: number,
  max: number,
  period: number,
): Metric => ({ metric: name, unit, min, max, period });

export const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

export const round = (value: number, digits = 0) =>
  Math.round(value * 10 ** digits) / 10 ** digits;

const COMPASS = [
  "北",
  "东北",
  "东",
  "东南",
  "南",
  "西南",
  "西",
  "西北",
] as const;

/** 东, 东南 … of degrees clockwise from north. */
export const directionName = (degrees: number): string =>
  COMPASS[Math.round((((degrees % 360) + 360) % 360) / 45) % 8] ?? "北";

/** Spots at the city's places of one kind, in their order, again from the start when they run out. */
export function atPlaces(
  { places, spots }: Ground,
  kind: PlaceKind,
): { place: Place; spot: Spot }[] {
  return places
    .filter((place) => place.kind === kind)
    .flatMap((place) => {
      const spot = spots.at(place.at, place.nameZh);
      return spot ? [{ place, spot }] : [];
    });
}

/** `安福路18号` for things that stand in rows along a road. */
export function numbered(used: Map<string, number>, by: string): string {
  const nth = (used.get(by) ?? 0) + 1;
  used.set(by, nth);
  return `${by}${nth}号`;
}
