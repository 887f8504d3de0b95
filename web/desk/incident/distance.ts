/** Metres between two places, or null where one has none. Pure. */
interface Placed {
  lng: number | null;
  lat: number | null;
}

/** Metres of the earth's mean radius. */
const RADIUS = 6_371_008.8;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** By the haversine formula: exact enough for two places of one city. */
export function metresBetween(a: Placed, b: Placed): number | null {
  if (a.lng === null || a.lat === null || b.lng === null || b.lat === null)
    return null;
  const half = (from: number, to: number) =>
    Math.sin(radians(to - from) / 2) ** 2;
  const h =
    half(a.lat, b.lat) +
    Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * half(a.lng, b.lng);
  return 2 * RADIUS * Math.asin(Math.min(1, Math.sqrt(h)));
}
