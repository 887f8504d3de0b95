/**
 * A small city for tests: two square districts side by side, its own feeds and
 * indicators. Written as a city pack, because that is the door a city comes by.
 */
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import type { Feed } from "../../contract/feed.ts";

/** What a test says of a feed; the rest has defaults. */
export type FeedPlan = Partial<z.input<typeof Feed>> & { id: string };

export interface CityPlan {
  feeds: FeedPlan[];
  /** Rows of indicators.csv: column → text. */
  indicators?: Record<string, string>[];
  /** Rows of algorithms.csv. */
  algorithms?: Record<string, string>[];
  /** Rows of accounts.csv. */
  accounts?: Record<string, string>[];
  /** Rows of object-alarms.csv. */
  objectAlarms?: Record<string, string>[];
  /** Districts that have a centre of their own: a department's code → which. */
  centres?: Record<string, keyof typeof DISTRICTS>;
  /** `grids.geojson`: a square of so many degrees a side, from its south-western corner. */
  grids?: GridPlan[];
  /** `towns.geojson`, likewise. */
  towns?: GridPlan[];
  /** Code of the one domain that the city's category is of. */
  domain?: string;
}

export interface GridPlan {
  code: string;
  nameZh: string;
  west: number;
  south: number;
  side: number;
  worker?: string;
}

/** A row of indicators.csv: the sum of a metric over windows of the city's time, unless told otherwise. */
export const indicatorRow = (
  row: Record<string, string> & { id: string },
): Record<string, string> => ({
  theme: "试验",
  themeEn: "Test",
  nameZh: row.id,
  nameEn: row.id,
  unit: "",
  direction: "N",
  blue: "",
  yellow: "",
  orange: "",
  red: "",
  hysteresis: "",
  ownerDept: "TEST",
  every: "10000",
  staleAfter: "30000",
  precision: "3",
  source: "sensors",
  metric: "flow",
  kind: "",
  system: "",
  aggregate: "sum",
  windowKind: "tumbling",
  window: "10000",
  step: "",
  weightBy: "",
  percentile: "",
  where: "",
  formula: "",
  scopes: "city",
  target: "",
  opensIncident: "",
  priority: "",
  category: "",
  note: "",
  ...row,
});

export const CITY_ZONE = "Asia/Shanghai";

/** East and West, each 0.1° wide, sharing the meridian 120.1. */
export const DISTRICTS = {
  west: { code: "999001", west: 120.0, east: 120.1 },
  east: { code: "999002", west: 120.1, east: 120.2 },
};
const SOUTH = 30.0;
const NORTH = 30.1;
/** Points well inside one district and outside both. */
export const PLACES = {
  west: { lng: 120.05, lat: 30.05 },
  east: { lng: 120.15, lat: 30.05 },
  elsewhere: { lng: 121.5, lat: 31.5 },
};

/** The key of a feed in tests: told, never guessed at by a hub, which only sees its hash. */
export const keyOf = (feed: string) => `test-key-of-${feed}`;

/** Writes the pack and the file of key hashes into `folder`. */
export function writeCity(
  folder: string,
  plan: CityPlan,
): { cityDir: string; keyHashes: string } {
  const cityDir = join(folder, "city");
  mkdirSync(cityDir, { recursive: true });
  const put = (file: string, content: unknown) =>
    writeFileSync(
      join(cityDir, file),
      typeof content === "string" ? content : JSON.stringify(content),
    );
  put("city.json", {
    nameZh: "试城",
    nameEn: "Testford",
    regionCode: "999000",
    center: [120.1, 30.05],
    bounds: [120.0, SOUTH, 120.2, NORTH],
    timeZone: CITY_ZONE,
    ...(plan.domain && {
      domains: [{ code: plan.domain, nameZh: plan.domain, nameEn: "" }],
    }),
  });
  if (plan.grids) put("grids.geojson", squaresOf(plan.grids));
  if (plan.towns) put("towns.geojson", squaresOf(plan.towns));
  put("districts.geojson", {
    type: "FeatureCollection",
    features: Object.entries(DISTRICTS).map(([name, { code, west, east }]) => ({
      type: "Feature",
      properties: {
        code,
        nameZh: name === "west" ? "西区" : "东区",
        nameEn: name === "west" ? "West" : "East",
      },
      geometry: {
        type: "Polygon",
        coordinates: [
          [
            [west, SOUTH],
            [east, SOUTH],
            [east, NORTH],
            [west, NORTH],
            [west, SOUTH],
          ],
        ],
      },
    })),
  });
  put(
    "departments.csv",
    csv([
      ...[
        { code: "TEST", nameZh: "试验局", nameEn: "Test bureau" },
        { code: "ECO", nameZh: "生态环境局", nameEn: "Ecology bureau" },
      ].map((row) => ({ ...row, role: "", district: "" })),
      ...Object.entries(plan.centres ?? {}).map(([code, place]) => ({
        ...{ code, nameZh: `${code}指挥中心`, nameEn: `${code} centre` },
        ...{ role: "district", district: DISTRICTS[place].code },
      })),
    ]),
  );
  put(
    "categories.csv",
    csv([
      {
        ...{ code: "pothole", parent: "", nameZh: "路面坑洞" },
        ...{ nameEn: "Pothole", domain: plan.domain ?? "" },
      },
    ]),
  );
  if (plan.algorithms) put("algorithms.csv", csv(plan.algorithms));
  if (plan.accounts) put("accounts.csv", csv(plan.accounts));
  if (plan.objectAlarms) put("object-alarms.csv", csv(plan.objectAlarms));
  put("indicators.csv", csv(plan.indicators ?? []));
  put("feeds.json", plan.feeds.map(feedOf));
  const feeds = plan.feeds.map(({ id }) => id);
  return { cityDir, keyHashes: writeKeyHashes(folder, feeds) };
}

const squaresOf = (squares: readonly GridPlan[]) => ({
  type: "FeatureCollection",
  features: squares.map(({ west, south, side, worker, ...square }) => ({
    type: "Feature",
    properties: {
      ...square,
      ...(worker && { responsible: { name: worker, titleZh: "网格员" } }),
    },
    geometry: {
      type: "Polygon",
      coordinates: [
        [
          [west, south],
          [west + side, south],
          [west + side, south + side],
          [west, south + side],
          [west, south],
        ],
      ],
    },
  })),
});

/** @returns the file by which a launcher gives the hub its feeds' keys. */
export function writeKeyHashes(folder: string, feeds: string[]): string {
  const file = join(folder, "feed-key-hashes.json");
  const hashOf = (id: string) =>
    createHash("sha256").update(keyOf(id)).digest("hex");
  writeFileSync(
    file,
    JSON.stringify(Object.fromEntries(feeds.map((id) => [id, hashOf(id)]))),
    { mode: 0o600 },
  );
  return file;
}

function feedOf(plan: FeedPlan): z.input<typeof Feed> {
  return {
    system: "test",
    nameZh: plan.id,
    nameEn: plan.id,
    department: "TEST",
    transport: "http",
    format: "readings/1",
    crs: "CGCS2000",
    timeZone: CITY_ZONE,
    expectEvery: 1000,
    quota: { perSecond: 1e9, burst: 1e9 },
    ...plan,
  };
}

function csv(rows: Record<string, string>[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
  return [columns, ...rows.map((row) => columns.map((c) => row[c] ?? ""))]
    .map((cells) => `${cells.map(cell).join(",")}\n`)
    .join("");
}
