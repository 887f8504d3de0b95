/** Where a point lies in the city. Made once from the pack's districts. */
export interface Place {
  /** District code, or null outside every district. Degrees, CGCS2000. */
  districtAt(lng: number, lat: number): string | null;
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
  message: `${lng}, ${lat} lies outside the city`,
});
