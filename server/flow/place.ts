import type { AreaName } from "../../contract/area.ts";
import { say } from "../../contract/sentence.ts";

/** Where a point lies in the city. Made once from the pack's districts and areas. */
export interface Place {
  /** District code, or null outside every district. Degrees, CGCS2000. */
  districtAt(lng: number, lat: number): string | null;
  /** Code of the grid, else of the town, at a point; null where the pack has neither there. */
  gridAt(lng: number, lat: number): string | null;
  /** Code of the town at a point; null where the pack has none there. */
  townAt(lng: number, lat: number): string | null;
  /** That area and those it lies in, the smallest first. */
  pathOf(grid: string): AreaName[];
  inside(lng: number, lat: number): boolean;
}

/** Why a point is refused (F8), or null where it is in the city. */
export function outside(
  place: Place,
  point: { lng: number; lat: number },
): { path: string; message: string } | null {
  return place.inside(point.lng, point.lat) ? null : elsewhere(point);
}

/** The refusal of a point that lies in no district. */
export const elsewhere = ({ lng, lat }: { lng: number; lat: number }) => ({
  path: "/lng",
  message: say("pointOutside", { lng, lat }).message,
});
