import type { Feature, GeoJSON, Polygon, Position } from "geojson";
import { createVeils, type End } from "./veil.ts";

/** How far the sea goes on beyond the city's own map, degrees. */
const FURTHER = 4;
/** A straight side shorter than this share of the sea is a quay, not the map's frame. */
const FRAME_SHARE = 0.15;
/** A side may waver by this share of the sea's size where it was traced from cells. */
const NEAR = 0.008;
/** Share of the sea's size over which a coast goes on beyond the frame. */
const BEYOND = 0.5;
/** Share of that over which the sea is lost to sight: sooner than its coast ends. */
const SEEN = 0.7;

type Ring = Position[];

/** A straight side of the sea, which is the map's frame; over its reach the coast goes on. */
interface Side extends End {
  outside(place: Position): boolean;
}

/**
 * A city's base map ends somewhere; its sea does not. Sides of a sea that run
 * straight along the sea's own box are the map's frame: they are moved out of
 * sight. Where a coast meets the frame it goes on for a while as it came, and
 * veils (features of kind `veil`) lie over the sea there, so that it is lost
 * to sight before the coast is. Pure; everything else is passed on untouched.
 */
export function openSea(water: GeoJSON): GeoJSON {
  if (water.type !== "FeatureCollection") return water;
  return { ...water, features: water.features.flatMap(openFeature) };
}

function openFeature(feature: Feature): Feature[] {
  const { geometry, properties } = feature;
  if (properties?.["kind"] !== "sea" || geometry.type !== "Polygon")
    return [feature];
  const [shore, ...islands] = geometry.coordinates;
  if (!shore) return [feature];
  const { ring, left } = openRing(shore);
  const coordinates = [ring, ...islands];
  const opened: Feature<Polygon> = {
    ...feature,
    geometry: { ...geometry, coordinates },
  };
  const ends = left.map((side) => ({ ...side, reach: side.reach * SEEN }));
  return [opened, ...ends.flatMap((end) => createVeils(end, ring))];
}

/** @returns the ring, and the sides over which a coast leaves the map */
function openRing(shore: Ring): { ring: Ring; left: Side[] } {
  const sides = sidesOf(shore);
  const sideOf = (place: Position | undefined) =>
    place && sides.find(({ outside }) => outside(place));
  const places = shore.slice(0, -1);
  const first = places.findIndex((place) => !sideOf(place));
  // It begins on the coast, so that no stretch of frame is cut in two.
  const round = first < 0 ? places : turned(places, first);
  const left = new Set<Side>();
  const ring = round.flatMap((place, i) => {
    const side = sideOf(place);
    if (!side) return [place];
    const [before, after] = [round[i - 1], round[(i + 1) % round.length]];
    const leaves = before !== undefined && !sideOf(before);
    const comes = !sideOf(after);
    const further = moved(place, sides);
    if (!leaves && !comes) return [further];
    left.add(side);
    const coast = turned(round, leaves ? i + 1 : i);
    const on = goingOn(place, leaves ? coast.reverse() : coast, side);
    const out = moved(on.at(-1)!, [side], true);
    return leaves ? [...on, out] : [out, ...on.reverse()];
  });
  return { ring: [...ring, ring[0]!], left: [...left] };
}

const turned = <T>(list: readonly T[], by: number): T[] => [
  ...list.slice(by),
  ...list.slice(0, by),
];

function moved(place: Position, sides: readonly Side[], always = false) {
  const to = [...place];
  for (const { axis, sign, outside } of sides)
    if (always || outside(place)) to[axis]! += sign * FURTHER;
  return to;
}

/**
 * A coast beyond the frame: the one before it, turned half about the place
 * where it leaves. Nobody knows how it goes on; this has its bends and no kink.
 * @param coast from the place inwards, the place itself first
 */
function goingOn(place: Position, coast: readonly Position[], side: Side) {
  const [x, y] = place as [number, number];
  const on: Ring = [];
  for (const [cx, cy] of coast as [number, number][]) {
    const to = [2 * x - cx, 2 * y - cy];
    if ((to[side.axis]! - side.at) * side.sign > side.reach) break;
    on.push(to);
  }
  return on;
}

function sidesOf(ring: Ring): Side[] {
  return ([0, 1] as const).flatMap((axis) => {
    const along = ring.map((place) => place[axis]!);
    const [least, most] = [Math.min(...along), Math.max(...along)];
    const [near, reach] = [(most - least) * NEAR, (most - least) * BEYOND];
    const both: Side[] = [
      {
        ...{ axis, sign: -1, at: least, reach },
        outside: (place) => place[axis]! <= least + near,
      },
      {
        ...{ axis, sign: 1, at: most, reach },
        outside: (place) => place[axis]! >= most - near,
      },
    ];
    return both.filter(({ outside }) => isFrame(ring, axis, outside));
  });
}

/** Do places of this side follow one another for long? */
function isFrame(
  ring: Ring,
  axis: 0 | 1,
  outside: (place: Position) => boolean,
): boolean {
  const across = ring.map((place) => place[axis === 0 ? 1 : 0]!);
  const size = Math.max(...across) - Math.min(...across);
  let length = 0;
  for (let i = 1; i < ring.length; i++)
    if (outside(ring[i]!) && outside(ring[i - 1]!))
      length += Math.abs(across[i]! - across[i - 1]!);
  return length > size * FRAME_SHARE;
}
