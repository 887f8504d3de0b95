import { z } from "zod";
import { Shape } from "./city.ts";
import { defineDoor } from "./door.ts";

/** 街道/镇, 单元网格, and rivers with their chief (河长制). */
export const AreaKind = z.enum(["town", "grid", "river"]);
export type AreaKind = z.infer<typeof AreaKind>;

/** A part of the city below its districts that somebody answers for. */
export const Area = z.object({
  /** Of a town 9 digits, of a grid 14, 15 or 20 (domain: GB/T 30428, CJ/T 213, CJ/T 349); of a river the city's own. */
  code: z.string(),
  kind: AreaKind,
  /** Code of the town or district that it lies in; null where it is in several. */
  parent: z.string().nullable(),
  nameZh: z.string(),
  nameEn: z.string(),
  /** Who answers for it, and as what; null where the pack does not say, and on a wall. */
  responsible: z
    .object({ name: z.string(), titleZh: z.string(), titleEn: z.string() })
    .nullable(),
  polygons: Shape,
});
export type Area = z.infer<typeof Area>;

/** An area without its borders. */
export const AreaName = Area.omit({ polygons: true });
export type AreaName = z.infer<typeof AreaName>;

export const areaDoors = {
  listAreas: defineDoor({
    method: "GET",
    path: "/api/areas",
    summary: "Towns, grids and rivers of the city, with their borders",
    permission: "watch",
    reply: z.object({ items: z.array(Area) }),
  }),
  /** Who picks a place is told at once where it lies. */
  findPlace: defineDoor({
    method: "GET",
    path: "/api/place",
    summary: "In which district and areas a place lies",
    permission: "working",
    query: z.object({
      lng: z.coerce.number().min(-180).max(180),
      lat: z.coerce.number().min(-90).max(90),
    }),
    reply: z.object({
      /** Code; null outside the city. */
      district: z.string().nullable(),
      /** The smallest first. */
      areas: z.array(AreaName),
    }),
  }),
};
