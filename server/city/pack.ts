/** Reads a city pack folder (interfaces.md "City pack"). Errors name file, row and field. */
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { parse as parseCsv } from "csv-parse/sync";
import { z } from "zod";
import {
  City,
  Department,
  type Category,
  type District,
} from "../../contract/city.ts";
import { Feed } from "../../contract/feed.ts";
import type { Indicator } from "../../contract/indicator.ts";
import { readCatalogue } from "../hub/indicators/catalogue.ts";

export interface CityPack {
  dir: string;
  city: City;
  districts: District[];
  departments: Department[];
  categories: Category[];
  indicators: Indicator[];
  feeds: Feed[];
  /** Names of basemap/*.geojson without the ending. */
  basemap: string[];
}

const Position = z.tuple([z.number(), z.number()]).rest(z.number());
const Ring = z
  .array(Position)
  .transform((ring) => ring.map(([lng, lat]): [number, number] => [lng, lat]));
const DistrictFile = z.object({
  features: z.array(
    z.object({
      properties: z.object({
        code: z.string(),
        nameZh: z.string(),
        nameEn: z.string(),
        level: z.string().optional(),
      }),
      geometry: z.discriminatedUnion("type", [
        z.object({ type: z.literal("Polygon"), coordinates: z.array(Ring) }),
        z.object({
          type: z.literal("MultiPolygon"),
          coordinates: z.array(z.array(Ring)),
        }),
      ]),
    }),
  ),
});

const blankIsNull = (value: unknown) => (value === "" ? null : value);
const CategoryRow = z.object({
  code: z.string(),
  parent: z.preprocess(blankIsNull, z.string().nullable().default(null)),
  nameZh: z.string(),
  nameEn: z.string(),
});

/** @throws Error: a sentence naming the file and the path of what is wrong. */
export async function readCityPack(dir: string): Promise<CityPack> {
  if (!existsSync(join(dir, "city.json")))
    throw new Error(`CITY_DIR: there is no city.json in ${dir}`);
  const districts = await read(dir, "districts.geojson", json, DistrictFile);
  return {
    dir,
    city: await read(dir, "city.json", json, City),
    districts: districts.features
      .filter(
        ({ properties }) => (properties.level ?? "district") === "district",
      )
      .map(({ properties, geometry }) => ({
        code: properties.code,
        nameZh: properties.nameZh,
        nameEn: properties.nameEn,
        polygons:
          geometry.type === "Polygon"
            ? [geometry.coordinates]
            : geometry.coordinates,
      })),
    departments: await read(dir, "departments.csv", csv, z.array(Department)),
    categories: await read(dir, "categories.csv", csv, z.array(CategoryRow)),
    indicators: readCatalogue(
      csv(await readFile(join(dir, "indicators.csv"), "utf8")),
    ),
    feeds: await read(dir, "feeds.json", json, z.array(Feed)),
    basemap: await basemapOf(dir),
  };
}

const json = (text: string): unknown => JSON.parse(text);
const csv = (text: string): Record<string, string>[] =>
  parseCsv(text, { columns: true, bom: true, skip_empty_lines: true });

async function read<T extends z.ZodType>(
  dir: string,
  file: string,
  parse: (text: string) => unknown,
  shape: T,
): Promise<z.output<T>> {
  let parsed: unknown;
  try {
    parsed = parse(await readFile(join(dir, file), "utf8"));
  } catch (error) {
    throw new Error(`city pack, ${file}: ${(error as Error).message}`);
  }
  const checked = shape.safeParse(parsed);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0]!;
  throw new Error(
    `city pack, ${file}: at /${issue.path.join("/")}: ${issue.message}`,
  );
}

async function basemapOf(dir: string): Promise<string[]> {
  const folder = join(dir, "basemap");
  if (!existsSync(folder)) return [];
  return (await readdir(folder))
    .filter((name) => name.endsWith(".geojson"))
    .map((name) => basename(name, ".geojson"))
    .sort();
}
