import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createAccounts } from "./accounts.ts";
import { DOMAINS } from "./domains.ts";
import { createGrids } from "./grids.ts";
import { createObjectAlarms } from "./object-alarms.ts";
import { createRoster } from "./roster.ts";
import { SHIFTS } from "./shifts.ts";
import type { City, Position, Ring, RoadEdge } from "./types.ts";

/**
 * Writes the city pack: a folder with everything a hub must know of a city
 * before the first message comes. Cameras and sensors are not in it; their
 * departments tell them through their feeds.
 * @param at when it is, epoch ms: what is planned for weeks is planned around it
 * @throws where the folder cannot be written
 */
export async function writeCityPack(
  city: City,
  dir: string,
  at: number,
): Promise<void> {
  await mkdir(join(dir, "basemap"), { recursive: true });
  const files = packFiles(city, at);
  await Promise.all(
    Object.entries(files).map(([name, text]) =>
      writeFile(join(dir, name), text),
    ),
  );
}

/** Writes what of a pack is planned around an instant (epoch ms), as days go by. */
export const writePlans = (
  city: Pick<City, "seed" | "departments" | "districts">,
  dir: string,
  at: number,
): Promise<void> =>
  writeFile(
    join(dir, "roster.csv"),
    csv(createRoster(city, createAccounts(city), at)),
  );

/** Code of the algorithm that sees matters of a category. */
export const algorithmOf = ({ code }: { code: string }): string => `AI-${code}`;

/** Name inside the pack → text; around `at` (epoch ms) districts have a roster. */
export function packFiles(city: City, at: number): Record<string, string> {
  const accounts = createAccounts(city);
  return {
    "city.json": json(cityOf(city)),
    "departments.csv": csv(
      city.departments.map(({ aliases, ...department }) => ({
        ...department,
        aliases: aliases.join(";"),
      })),
    ),
    "districts.geojson": districtsOf(city),
    "towns.geojson": townsOf(city),
    "grids.geojson": features(gridsOf(city)),
    "rivers.geojson": features(riversOf(city)),
    "communities.csv": csv(
      city.communities.map(({ at, ...community }) => ({
        ...community,
        lng: at[0],
        lat: at[1],
      })),
    ),
    "categories.csv": csv(
      city.categories.map(({ aiLabels, ...category }) => ({
        ...category,
        aiLabels: aiLabels.join(";"),
      })),
    ),
    "algorithms.csv": csv(
      city.categories
        .filter(({ aiLabels }) => aiLabels.length > 0)
        .map((category) => ({
          code: algorithmOf(category),
          nameZh: `${category.nameZh}识别`,
          nameEn: `${category.nameEn} detection`,
          ...{ version: "1.0", threshold: 0.6, enabled: true },
        })),
    ),
    "object-alarms.csv": csv(createObjectAlarms(city.categories)),
    "limits.csv": csv(city.limits),
    "calendar.csv": csv(city.calendar),
    "shifts.csv": csv(SHIFTS),
    "roster.csv": csv(createRoster(city, accounts, at)),
    "accounts.csv": csv(accounts),
    "indicators.csv": csv(city.indicators),
    "feeds.json": json(city.feeds),
    "basemap/water.geojson": features(
      city.water.map(({ kind, nameZh, nameEn, rings }) =>
        feature({ kind, nameZh, nameEn }, polygon(rings)),
      ),
    ),
    "basemap/green.geojson": features(
      city.green.map(({ kind, nameZh, nameEn, rings }) =>
        feature({ kind, nameZh, nameEn }, polygon(rings)),
      ),
    ),
    "basemap/roads.geojson": roadsOf(city),
    "basemap/rail.geojson": railOf(city),
    "basemap/buildings.geojson": features(
      city.buildings.map(({ ring, height }) =>
        feature({ height }, polygon([ring])),
      ),
    ),
    "basemap/labels.geojson": features(
      city.labels.map(({ at, ...label }) => feature(label, point(at))),
    ),
  };
}

const cityOf = (city: City) => ({
  nameZh: city.nameZh,
  nameEn: city.nameEn,
  regionCode: city.regionCode,
  center: city.centre,
  bounds: city.bounds,
  crs: city.crs,
  timeZone: city.timeZone,
  domains: DOMAINS,
});

const districtsOf = ({ districts, regionCode }: City) =>
  features(
    districts.map(({ ring, centre, code, nameZh, nameEn, ...rest }) =>
      feature(
        {
          code,
          nameZh,
          nameEn,
          parent: regionCode,
          level: "district",
          kind: rest.kind,
          areaKm2: rest.areaKm2,
          population: rest.population,
          seat: centre,
        },
        polygon([ring]),
      ),
    ),
  );

const townsOf = ({ towns }: City) =>
  features(
    towns.map(({ ring, code, nameZh, nameEn, district, population, areaKm2 }) =>
      feature(
        {
          code,
          nameZh,
          nameEn,
          parent: district,
          level: "town",
          areaKm2,
          population,
        },
        polygon([ring]),
      ),
    ),
  );

/** Only the pack has use for them, and they take a while. */
const gridsOf = ({ seed, towns, communities }: City) =>
  createGrids(seed, towns, communities).map(
    ({ code, town, nameZh, nameEn, worker, polygons }) =>
      feature(
        {
          ...{ code, nameZh, nameEn, parent: town },
          responsible: {
            name: worker,
            titleZh: "网格员",
            titleEn: "Grid worker",
          },
        },
        { type: "MultiPolygon", coordinates: polygons },
      ),
  );

const riversOf = ({ rivers }: City) =>
  rivers.map(({ code, nameZh, nameEn, chief, polygons }) =>
    feature(
      {
        ...{ code, nameZh, nameEn },
        responsible: { name: chief, titleZh: "河长", titleEn: "River chief" },
      },
      { type: "MultiPolygon", coordinates: polygons },
    ),
  );

/** One line for every unbroken piece of a road; crossings need no vertex of their own. */
function roadsOf({ roads }: City): string {
  const pieces: { edge: RoadEdge; line: Position[] }[] = [];
  let end = -1;
  let road = -1;
  for (const edge of roads.edges) {
    const last = pieces.at(-1);
    if (last && road === edge.road && end === edge.from)
      last.line.push(...edge.line.slice(1));
    else pieces.push({ edge, line: [...edge.line] });
    road = edge.road;
    end = edge.to;
  }
  return features(
    pieces.map(({ edge, line }) =>
      feature(
        { class: edge.roadClass, name: edge.nameZh, nameEn: edge.nameEn },
        { type: "LineString", coordinates: line },
      ),
    ),
  );
}

const railOf = ({ metro }: City) =>
  features(
    metro.flatMap(({ id, colour, nameZh, nameEn, line, stations }) => [
      feature(
        { kind: "line", id, colour, nameZh, nameEn },
        { type: "LineString", coordinates: line },
      ),
      ...stations.map((station) =>
        feature(
          {
            kind: "station",
            id,
            colour,
            nameZh: station.nameZh,
            nameEn: station.nameEn,
          },
          point(station.at),
        ),
      ),
    ]),
  );

interface Geometry {
  type: "Point" | "LineString" | "Polygon" | "MultiPolygon";
  coordinates: unknown;
}

const point = (at: Position): Geometry => ({ type: "Point", coordinates: at });
const polygon = (rings: readonly Ring[]): Geometry => ({
  type: "Polygon",
  coordinates: rings,
});

const feature = (properties: Record<string, unknown>, geometry: Geometry) =>
  JSON.stringify({ type: "Feature", properties, geometry });

/** One feature a line: small, and a person can still read a difference. */
const features = (lines: readonly string[]) =>
  `{"type":"FeatureCollection","features":[\n${lines.join(",\n")}\n]}\n`;

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

type Cell = string | number | boolean | null;

/** RFC 4180 with a header of the first row's keys. */
function csv<Row extends { [column in keyof Row]: Cell }>(
  rows: readonly Row[],
): string {
  const [first] = rows;
  if (!first) throw new Error("a table of the city pack has no rows");
  const columns = Object.keys(first) as (keyof Row & string)[];
  const cell = (value: Cell) => {
    const text = value === null ? "" : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = rows.map((row) =>
    columns.map((column) => cell(row[column])).join(","),
  );
  return `${[columns.join(","), ...lines].join("\n")}\n`;
}
