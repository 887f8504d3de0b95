import { z } from "zod";
import { text } from "./text.ts";

/** Longitude and latitude in degrees. Inside the hub always CGCS2000 (drawn as WGS-84: they differ by centimetres). */
export const LngLat = z.object({
  lng: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
});
export type LngLat = z.infer<typeof LngLat>;

/**
 * Where a step was taken, as the phone that took it found itself (WGS 84).
 * Given only by who wishes to; metres of accuracy are meant at 95 %.
 */
export const Fix = LngLat.extend({
  accuracy: z.number().min(0).max(1_000_000),
});
export type Fix = z.infer<typeof Fix>;

/** Metres of the earth's mean radius. */
const RADIUS = 6_371_008.8;
const radians = (degrees: number) => (degrees * Math.PI) / 180;
type Placed = Record<keyof LngLat, number | null>;

/** Metres by the haversine formula, exact enough for two places of one city; null where one has none. */
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

/** Metres from which on a step was taken somewhere else than at its incident: wider than a crossing. */
const ELSEWHERE = 200;

/** Was it taken away from the place even if the phone was wrong by all its accuracy? */
export function isAway(fix: Fix, place: Placed): boolean {
  const metres = metresBetween(fix, place);
  return metres !== null && metres - fix.accuracy > ELSEWHERE;
}

/** Coordinate systems a feed may declare; converted on ingest (F8). */
export const Crs = z.enum(["WGS84", "CGCS2000", "GCJ02", "BD09"]);
export type Crs = z.infer<typeof Crs>;

/** District code of the city pack, or `city` for the whole city. */
export const Scope = text(40).min(1);
export const CITY_SCOPE = "city";
