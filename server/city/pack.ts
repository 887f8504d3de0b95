/**
 * Reads a city pack folder (interfaces.md "City pack"). Errors name file, row
 * and field. What a pack of before clocks does not have (`limits.csv`,
 * `calendar.csv`, `workingHours`, `shifts.csv`) has defaults (docs/clocks.md,
 * docs/operate.md); one without `algorithms.csv` takes nothing that an
 * algorithm saw, and of one without `object-alarms.csv` no vehicle's alarm
 * opens an incident.
 */
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { parse as parseCsv } from "csv-parse/sync";
import { z } from "zod";
import type { Algorithm } from "../../contract/algorithm.ts";
import type { Area } from "../../contract/area.ts";
import { WorkingHours, type WorkCalendar } from "../../contract/calendar.ts";
import {
  City,
  Department,
  type Category,
  type District,
} from "../../contract/city.ts";
import type { Shift } from "../../contract/duty.ts";
import { Feed } from "../../contract/feed.ts";
import type { Indicator } from "../../contract/indicator.ts";
import type { LimitRow } from "../../contract/limit.ts";
import type { ObjectAlarm } from "../../contract/object-alarm.ts";
import type { DistrictCentre } from "../../contract/city.ts";
import { readCatalogue } from "../hub/indicators/catalogue.ts";
import { readAccounts, type PackAccount } from "./accounts.ts";
import { readAreas } from "./areas.ts";
import { Geometry, polygonsOf } from "./geometry.ts";
import { readAlgorithms } from "./algorithms.ts";
import { ORDINARY_HOURS, readCalendar } from "./calendar.ts";
import { DEFAULT_LIMITS, readLimits } from "./limits.ts";
import { readObjectAlarms } from "./object-alarms.ts";
import { readRoster, type CentreRow } from "./roster.ts";
import { ORDINARY_SHIFTS, readShifts } from "./shifts.ts";
import { TableError } from "./table.ts";

export interface CityPack {
  dir: string;
  city: City;
  districts: District[];
  /** Towns, grids and rivers, where the pack has them. */
  areas: Area[];
  departments: Department[];
  /** Code of the department that runs the centre itself. */
  centre: string;
  /** The departments that are a district's centre. */
  centres: DistrictCentre[];
  /** Sources whose reports need no confirmation to be registered. */
  trusted: string[];
  /** Other sources that are systems or ways in, and nobody's name. */
  sources: string[];
  /** Sources that are the hotline's, which the hotline's own rates are of. */
  hotline: string[];
  categories: Category[];
  algorithms: Algorithm[];
  /** Which alarms of moving objects open incidents. */
  objectAlarms: ObjectAlarm[];
  /** For every step of an incident one row at least that speaks of every category. */
  limits: LimitRow[];
  calendar: WorkCalendar;
  shifts: Shift[];
  /** Who is on them, as far as the pack knows; the store's is the one that holds. */
  roster: CentreRow[];
  /** Who works in a demo beside the one account of each role; others make none of it. */
  accounts: PackAccount[];
  indicators: Indicator[];
  feeds: Feed[];
  /** Names of basemap/*.geojson without the ending. */
  basemap: string[];
}

const CityFile = City.extend({
  trustedSources: z.array(z.string()).default([]),
  sources: z.array(z.string()).default([]),
  hotlineSources: z.array(z.string()).default(["hotline", "hotline12345"]),
  workingHours: WorkingHours.default(ORDINARY_HOURS),
});
const DistrictFile = z.object({
  features: z.array(
    z.object({
      properties: z.object({
        code: z.string(),
        nameZh: z.string(),
        nameEn: z.string(),
        level: z.string().optional(),
      }),
      geometry: Geometry,
    }),
  ),
});

const blankIsNull = (value: unknown) => (value === "" ? null : value);
const CategoryRow = z.object({
  code: z.string(),
  parent: z.preprocess(blankIsNull, z.string().nullable().default(null)),
  department: z.preprocess(blankIsNull, z.string().nullable().default(null)),
  domain: z.preprocess(blankIsNull, z.string().nullable().default(null)),
  nameZh: z.string(),
  nameEn: z.string(),
});

/** Roles of departments: the city's own centre, and the centre of a district. */
const CENTRE = "centre";
const OF_DISTRICT = "district";
const DepartmentRow = Department.extend({
  role: z.string().default(""),
  district: z.preprocess(blankIsNull, z.string().nullable().default(null)),
});

/** @throws Error: a sentence naming the file and the path of what is wrong. */
export async function readCityPack(dir: string): Promise<CityPack> {
  if (!existsSync(join(dir, "city.json")))
    throw new Error(`CITY_DIR: there is no city.json in ${dir}`);
  const { workingHours, trustedSources, hotlineSources, sources, ...city } =
    await read(dir, "city.json", json, CityFile);
  const districts = await read(dir, "districts.geojson", json, DistrictFile);
  const departments = await read(
    dir,
    "departments.csv",
    csv,
    z.array(DepartmentRow),
  );
  const rows = await read(dir, "categories.csv", csv, z.array(CategoryRow));
  const byCode = new Map(rows.map((row) => [row.code, row]));
  /** A minor is of its major's, where it says nothing else. */
  const categories = rows.map((row): Category => ({
    ...row,
    domain: row.domain ?? byCode.get(row.parent ?? "")?.domain ?? null,
  }));
  const shifts = await readOptional(dir, "shifts.csv", readShifts, [
    ...ORDINARY_SHIFTS,
  ]);
  return {
    dir,
    city,
    districts: districts.features
      .filter(
        ({ properties }) => (properties.level ?? "district") === "district",
      )
      .map(({ properties, geometry }) => ({
        code: properties.code,
        nameZh: properties.nameZh,
        nameEn: properties.nameEn,
        polygons: polygonsOf(geometry),
      })),
    areas: await readAreas((file) => readJson(dir, file)),
    departments,
    centre:
      (departments.find(({ role }) => role === CENTRE) ?? departments[0])
        ?.code ?? "",
    centres: departments
      .filter(({ role }) => role === OF_DISTRICT)
      .map(({ code, district }) => ({ code, district })),
    trusted: trustedSources,
    sources,
    hotline: hotlineSources,
    categories,
    algorithms: await readOptional(dir, "algorithms.csv", readAlgorithms, []),
    objectAlarms: await readOptional(
      dir,
      "object-alarms.csv",
      (text) => readObjectAlarms(text, categories),
      [],
    ),
    limits: await readOptional(
      dir,
      "limits.csv",
      (text) => readLimits(text, categories),
      [...DEFAULT_LIMITS],
    ),
    calendar: {
      hours: workingHours,
      days: await readOptional(dir, "calendar.csv", readCalendar, []),
    },
    shifts,
    roster: await readOptional(
      dir,
      "roster.csv",
      (text) =>
        readRoster(text, shifts, {
          centres: departments
            .filter(({ role }) => role === OF_DISTRICT)
            .map(({ code }) => code),
        }),
      [],
    ),
    accounts: await readOptional(
      dir,
      "accounts.csv",
      (text) =>
        readAccounts(text, {
          departments,
          districts: districts.features.map(({ properties }) => properties),
        }),
      [],
    ),
    indicators: readCatalogue(
      csv(await readFile(join(dir, "indicators.csv"), "utf8")),
    ),
    feeds: await read(dir, "feeds.json", json, z.array(Feed)),
    basemap: await basemapOf(dir),
  };
}

/** Null where the pack does not have it. */
const readJson = async (dir: string, file: string): Promise<unknown> =>
  existsSync(join(dir, file)) ? read(dir, file, json, z.unknown()) : null;

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

/** A table that a pack need not have. */
async function readOptional<Row>(
  dir: string,
  file: string,
  parse: (text: string) => Row[],
  otherwise: Row[],
): Promise<Row[]> {
  const path = join(dir, file);
  if (!existsSync(path)) return otherwise;
  try {
    return parse(await readFile(path, "utf8"));
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    throw new Error(
      error.problems.map((problem) => `city pack, ${problem}`).join("\n"),
      { cause: error },
    );
  }
}

async function basemapOf(dir: string): Promise<string[]> {
  const folder = join(dir, "basemap");
  if (!existsSync(folder)) return [];
  return (await readdir(folder))
    .filter((name) => name.endsWith(".geojson"))
    .map((name) => basename(name, ".geojson"))
    .sort();
}
