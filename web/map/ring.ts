/**
 * The ring around a cluster that tells its mix of priorities. A ring is named
 * by whole slices, so that a city's day needs only a bounded set of pictures.
 */
import type { ExpressionSpecification } from "maplibre-gl";

/** Slices of a full ring. */
export const SLICES = 16;

/** Slices of priority 1, 2, 3, 4 and of the unjudged. */
export type Mix = readonly [number, number, number, number, number];

/** Where a cluster keeps its counts, in the order of a mix. */
export const MIX_FIELDS = ["p1", "p2", "p3", "p4", "p0"] as const;

/** Diameters of a ring by how many it holds, px. */
const DIAMETER: ExpressionSpecification = [
  "step",
  ["get", "point_count"],
  34,
  10,
  40,
  50,
  48,
];

/** One incident in a thousand still gets its slice: the worst is what the ring is looked at for. */
const slices = (field: string): ExpressionSpecification => [
  "case",
  ["==", ["get", field], 0],
  0,
  [
    "max",
    1,
    ["round", ["*", SLICES, ["/", ["get", field], ["get", "point_count"]]]],
  ],
];

/** Names the ring of a cluster: `ring:40:0-1-2-13-0`. */
export const ringName: ExpressionSpecification = [
  "concat",
  "ring:",
  DIAMETER,
  ":",
  ...MIX_FIELDS.flatMap((field, i) =>
    i === 0 ? [slices(field)] : ["-", slices(field)],
  ),
];

/** The ring that a name asks for, or null where it is no ring's name. */
export function readRing(name: string): { diameter: number; mix: Mix } | null {
  const found = /^ring:(\d{1,3}):(\d{1,3}(?:-\d{1,3}){4})$/.exec(name);
  if (!found) return null;
  return {
    diameter: Number(found[1]),
    mix: found[2]!.split("-").map(Number) as unknown as Mix,
  };
}

export interface Arc {
  /** Index into the mix. */
  part: number;
  /** Radians, clockwise from twelve o'clock. */
  from: number;
  to: number;
}

/** Arcs of a whole ring, worst first; rounded slices are settled here. */
export function arcsOf(mix: Mix): Arc[] {
  const total = mix.reduce((sum, n) => sum + n, 0);
  const arcs: Arc[] = [];
  let from = 0;
  for (const [part, n] of mix.entries()) {
    if (n === 0) continue;
    const to = from + (n / total) * Math.PI * 2;
    arcs.push({ part, from, to });
    from = to;
  }
  return arcs;
}
