import { z } from "zod";
import { WorkCalendar } from "./calendar.ts";
import { defineDoor } from "./door.ts";
import { text } from "./text.ts";

/** A net of matters that is governed as one (城市管理网, 社会治理网, 农村治理网, …). */
export const Domain = z.object({
  code: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
});
export type Domain = z.infer<typeof Domain>;

/** `city.json` of the city pack. Bounds are [west, south, east, north] in degrees. */
export const City = z.object({
  nameZh: z.string(),
  nameEn: z.string(),
  regionCode: z.string(),
  center: z.tuple([z.number(), z.number()]),
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  timeZone: z.string(),
  /** In the order in which they are told; a city without them shows none. */
  domains: z.array(Domain).default([]),
});
export type City = z.infer<typeof City>;

export const Department = z.object({
  code: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
});
export type Department = z.infer<typeof Department>;

const Ring = z.array(z.tuple([z.number(), z.number()]));

/** GeoJSON MultiPolygon coordinates in CGCS2000. */
export const Shape = z.array(z.array(Ring));
export type Shape = z.infer<typeof Shape>;

export const District = z.object({
  code: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  polygons: Shape,
});
export type District = z.infer<typeof District>;

export const Category = z.object({
  code: z.string(),
  parent: z.string().nullable(),
  nameZh: z.string(),
  nameEn: z.string(),
  /** Who usually leads; null where the city's pack does not say. */
  department: z.string().nullable(),
  /** Code of its domain; null where the pack does not say, nor of its major. */
  domain: z.string().nullable(),
});
export type Category = z.infer<typeof Category>;

/** A department that is the centre of a district. */
export const DistrictCentre = z.object({
  code: z.string(),
  /** Null where the pack does not say which. */
  district: z.string().nullable(),
});
export type DistrictCentre = z.infer<typeof DistrictCentre>;

export const cityDoors = {
  getCity: defineDoor({
    method: "GET",
    path: "/api/city",
    summary: "The city: name, districts, departments, categories",
    permission: "inside",
    reply: z.object({
      city: City,
      districts: z.array(District),
      departments: z.array(Department),
      /** Those of them that a matter can be passed down to. */
      centres: z.array(DistrictCentre),
      categories: z.array(Category),
      /** By it a page knows how much of a limit is left as the hub does. */
      calendar: WorkCalendar,
      basemap: z.array(z.string()).describe("layers of the basemap door"),
      /** True in the demo and in a replay: the wall says so. */
      demo: z.boolean(),
    }),
  }),
  /** GeoJSON of one base-map layer; the reply is the file itself. */
  getBasemap: defineDoor({
    method: "GET",
    path: "/api/basemap/{layer}",
    summary: "One layer of the city's own base map, GeoJSON",
    permission: "watch",
    reply: z.unknown(),
  }),
  putDepartment: defineDoor({
    method: "PUT",
    path: "/api/departments/{code}",
    summary: "Add a department, or change its names",
    permission: "manageAccounts",
    body: z.object({
      nameZh: text(80).min(1),
      nameEn: text(120).min(1),
    }),
    reply: Department,
  }),
};
