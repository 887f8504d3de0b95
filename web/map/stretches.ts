/**
 * Which stretch of road a traffic loop speaks for. A city's base map knows
 * roads as lines; a loop is a point beside one of them.
 */
import type { GeoJSON, Position } from "geojson";
import type { LngLat } from "./places.ts";

export interface Loop {
  id: string;
  lng: number;
  lat: number;
}

/** A loop farther than this from every road says nothing about one, metres. */
const BESIDE = 60;
/** A loop speaks for no more road than this to either side, metres. */
const REACH = 900;
/** Side of a cell of the search grid, degrees. */
const CELL = 0.004;

const METRES = 111_195;

export interface Stretch {
  /** Class of the road, as the base map says it. */
  roadClass: string;
  line: LngLat[];
}

interface Line {
  roadClass: string;
  places: Position[];
  /** Metres from the line's start to each place. */
  at: number[];
}

interface Spot {
  loop: Loop;
  line: Line;
  /** Metres along the line. */
  along: number;
}

/**
 * Stretches by loop: half-way to its neighbours on the same line. Only roads
 * of the given classes are looked at. Pure.
 */
export function stretchesOf(
  roads: GeoJSON,
  classes: ReadonlySet<string>,
  loops: Iterable<Loop>,
): Map<string, Stretch> {
  const find = finder(linesOf(roads, classes));
  const onLine = new Map<Line, Spot[]>();
  for (const loop of loops) {
    const spot = find(loop);
    if (spot) onLine.set(spot.line, [...(onLine.get(spot.line) ?? []), spot]);
  }
  const stretches = new Map<string, Stretch>();
  for (const [line, spots] of onLine) {
    spots.sort((a, b) => a.along - b.along);
    for (const [i, { loop, along }] of spots.entries()) {
      const before = spots[i - 1]?.along ?? -Infinity;
      const after = spots[i + 1]?.along ?? Infinity;
      const from = Math.max(along - REACH, (along + before) / 2, 0);
      const to = Math.min(along + REACH, (along + after) / 2, line.at.at(-1)!);
      if (to <= from) continue;
      stretches.set(loop.id, {
        roadClass: line.roadClass,
        line: cut(line, from, to),
      });
    }
  }
  return stretches;
}

function linesOf(roads: GeoJSON, classes: ReadonlySet<string>): Line[] {
  if (roads.type !== "FeatureCollection") return [];
  return roads.features.flatMap(({ geometry, properties }) => {
    const roadClass = String(properties?.["class"]);
    if (!classes.has(roadClass)) return [];
    if (geometry.type !== "LineString") return [];
    const places = geometry.coordinates;
    const at = [0];
    for (let i = 1; i < places.length; i++)
      at.push(at[i - 1]! + metres(places[i - 1]!, places[i]!));
    return places.length > 1 ? [{ roadClass, places, at }] : [];
  });
}

/** Metres on a plane that is true around `a`: enough along one road. */
function metres(a: Position, b: Position): number {
  const narrow = Math.cos((a[1]! * Math.PI) / 180);
  return Math.hypot((b[0]! - a[0]!) * narrow, b[1]! - a[1]!) * METRES;
}

/** Nearest line to a loop, by a grid of the lines' sides. */
function finder(lines: readonly Line[]): (loop: Loop) => Spot | null {
  const cells = new Map<string, [Line, number][]>();
  const key = (x: number, y: number) => `${x} ${y}`;
  const cellOf = (degrees: number) => Math.floor(degrees / CELL);
  for (const line of lines)
    for (let i = 1; i < line.places.length; i++) {
      const [a, b] = [line.places[i - 1]!, line.places[i]!];
      for (
        let x = cellOf(Math.min(a[0]!, b[0]!));
        x <= cellOf(Math.max(a[0]!, b[0]!));
        x++
      )
        for (
          let y = cellOf(Math.min(a[1]!, b[1]!));
          y <= cellOf(Math.max(a[1]!, b[1]!));
          y++
        ) {
          const cell = cells.get(key(x, y));
          if (cell) cell.push([line, i]);
          else cells.set(key(x, y), [[line, i]]);
        }
    }
  return (loop) => {
    let best: Spot | null = null;
    let least = BESIDE;
    const [x, y] = [cellOf(loop.lng), cellOf(loop.lat)];
    for (let dx = -1; dx <= 1; dx++)
      for (let dy = -1; dy <= 1; dy++)
        for (const [line, i] of cells.get(key(x + dx, y + dy)) ?? []) {
          const { away, share } = foot(
            loop,
            line.places[i - 1]!,
            line.places[i]!,
          );
          if (away >= least) continue;
          least = away;
          const along = line.at[i - 1]! * (1 - share) + line.at[i]! * share;
          best = { loop, line, along };
        }
    return best;
  };
}

/** Distance from a loop to a side, metres, and the share of the side at its foot. */
function foot({ lng, lat }: Loop, a: Position, b: Position) {
  const narrow = Math.cos((lat * Math.PI) / 180);
  const [ax, ay] = [(a[0]! - lng) * narrow, a[1]! - lat];
  const [dx, dy] = [(b[0]! - a[0]!) * narrow, b[1]! - a[1]!];
  const length = dx * dx + dy * dy;
  const share =
    length === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / length));
  return {
    away: Math.hypot(ax + dx * share, ay + dy * share) * METRES,
    share,
  };
}

/** The part of a line between two lengths along it, metres. */
function cut({ places, at }: Line, from: number, to: number): LngLat[] {
  const between = (metre: number): LngLat => {
    const i = Math.max(
      1,
      at.findIndex((m) => m >= metre),
    );
    const [a, b] = [places[i - 1]!, places[i]!];
    const span = at[i]! - at[i - 1]!;
    const share = span === 0 ? 0 : (metre - at[i - 1]!) / span;
    return [a[0]! + (b[0]! - a[0]!) * share, a[1]! + (b[1]! - a[1]!) * share];
  };
  const inner = places.flatMap((p, i): LngLat[] =>
    at[i]! > from && at[i]! < to ? [[p[0]!, p[1]!]] : [],
  );
  return [between(from), ...inner, between(to)];
}
