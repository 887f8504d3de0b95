/** Areas of a city pack: GeoJSON polygons, heights left out. */
import { z } from "zod";
import type { Shape } from "../../contract/city.ts";

const Position = z.tuple([z.number(), z.number()]).rest(z.number());
const Ring = z
  .array(Position)
  .transform((ring) => ring.map(([lng, lat]): [number, number] => [lng, lat]));

export const Geometry = z.discriminatedUnion("type", [
  z.object({ type: z.literal("Polygon"), coordinates: z.array(Ring) }),
  z.object({
    type: z.literal("MultiPolygon"),
    coordinates: z.array(z.array(Ring)),
  }),
]);
export type Geometry = z.infer<typeof Geometry>;

export const polygonsOf = (geometry: Geometry): Shape =>
  geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
