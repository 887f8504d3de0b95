import type { Feature, Polygon, Position } from "geojson";

/** Each hides as much of what was there at first as every other: the last hides what is left. */
export const VEILS = 12;
/** What a veil covers of what the ones before it left. */
export const veilOpacity = (n: number): number => 1 / (VEILS - n);

/** Degrees beside a coast that its glow may reach. */
const GLOW = 0.05;

/** Where a map ends: degrees along the axis, 0 = longitude, and outwards. */
export interface End {
  axis: 0 | 1;
  sign: 1 | -1;
  at: number;
  /** Degrees beyond it over which something is still drawn. */
  reach: number;
}

/** Where a fade that begins and ends gently has come to `share`: 0–1 of its way. */
const wayTo = (share: number) => 0.5 - Math.sin(Math.asin(1 - 2 * share) / 3);

/**
 * Veils of the ground's colour over what lies beyond the end of a map: each
 * begins further out, so that together they thicken until nothing is seen.
 * Surfaces, because MapLibre knows no gradient for them. Pure.
 * @param covered places of what is covered
 */
export function createVeils(
  { axis, sign, at, reach }: End,
  covered: readonly Position[],
): Feature<Polygon>[] {
  const along = covered.map((place) => place[axis]! * sign);
  const across = covered.map((place) => place[1 - axis]!);
  const end = (Math.max(...along) + GLOW) * sign;
  const [low, high] = [Math.min(...across) - GLOW, Math.max(...across) + GLOW];
  const place = (along: number, across: number): Position =>
    axis === 0 ? [along, across] : [across, along];
  return Array.from({ length: VEILS }, (_, n) => {
    const from = at + sign * reach * wayTo((n + 0.5) / VEILS);
    const ring = [
      ...[place(from, low), place(end, low), place(end, high)],
      ...[place(from, high), place(from, low)],
    ];
    return {
      type: "Feature",
      properties: { kind: "veil", n },
      geometry: { type: "Polygon", coordinates: [ring] },
    };
  });
}
