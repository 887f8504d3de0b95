import { z } from "zod";
import { text } from "./text.ts";

/** Longitude and latitude in degrees. Inside the hub always CGCS2000 (drawn as WGS-84: they differ by centimetres). */
export const LngLat = z.object({
  lng: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
});
export type LngLat = z.infer<typeof LngLat>;

/** Coordinate systems a feed may declare; converted on ingest (F8). */
export const Crs = z.enum(["WGS84", "CGCS2000", "GCJ02", "BD09"]);
export type Crs = z.infer<typeof Crs>;

/** District code of the city pack, or `city` for the whole city. */
export const Scope = text(40).min(1);
export const CITY_SCOPE = "city";
