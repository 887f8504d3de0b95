/** A few things of an invented city, as the store takes them. */
import { NO_DOSSIER } from "../kit/rules.ts";
import { createHash } from "node:crypto";
import type { Feed } from "../../contract/feed.ts";
import type { Indicator } from "../../contract/indicator.ts";
import type { ReadingRows } from "../../contract/reading.ts";
import type { WarningStanding, WarningView } from "../../contract/warning.ts";
import type {
  FeedKeyRow,
  IncidentInput,
  SensorRow,
  Store,
} from "../../server/store/store.ts";

export const CITY_ZONE = "Asia/Shanghai";

/** An instant by the city's clocks, e.g. `at("2026-11-20 08:30")`. */
export const at = (local: string) =>
  Date.parse(`${local.replace(" ", "T")}:00+08:00`);

export function rows(
  items: [series: number, at: number, value: number, quality?: number][],
): ReadingRows {
  return {
    count: items.length,
    series: Int32Array.from(items, ([series]) => series),
    at: Float64Array.from(items, ([, at]) => at),
    value: Float64Array.from(items, ([, , value]) => value),
    quality: Uint8Array.from(items, ([, , , quality]) => quality ?? 0),
  };
}

/** The same as plain tuples, to compare. */
export function tuples(rows: ReadingRows): [number, number, number, number][] {
  return Array.from({ length: rows.count }, (_, i) => [
    rows.series[i]!,
    rows.at[i]!,
    rows.value[i]!,
    rows.quality[i]!,
  ]);
}

export const sensor = (
  id: string,
  more: Partial<SensorRow> = {},
): SensorRow => ({
  system: "water",
  id,
  name: `积水点 ${id}`,
  kind: "waterLevel",
  registered: true,
  lng: 117.2,
  lat: 31.8,
  district: "990101",
  metrics: [{ metric: "level", unit: "m" }],
  attributes: { depth: 1.5, pumped: true },
  ...more,
});

export const incident = (
  externalId: string,
  more: Partial<IncidentInput> = {},
): IncidentInput => ({
  feed: "hotline",
  department: "HOTLINE",
  externalId,
  source: "12345",
  category: "flood",
  title: "路面积水",
  description: "滨江路下穿通道积水约三十厘米",
  priority: 2,
  lng: 117.21,
  lat: 31.82,
  district: "990101",
  address: "滨江路 12 号",
  reportedAt: at("2026-11-20 08:00"),
  receivedAt: at("2026-11-20 08:01"),
  closedAt: null,
  status: null,
  reporter: { name: "林女士", phone: "13000000000" },
  attachments: [{ url: "https://example.org/a.jpg", kind: "photo" }],
  sensor: null,
  camera: null,
  confidence: null,
  historic: false,
  dossier: NO_DOSSIER,
  ...more,
});

export const indicator = (
  id: string,
  more: Partial<Indicator> = {},
): Indicator => ({
  id,
  theme: "环境",
  themeEn: "environment",
  nameZh: "空气质量指数",
  nameEn: "air quality index",
  unit: "",
  direction: "L",
  thresholds: { red: 300, orange: 200, yellow: 150, blue: 100 },
  hysteresis: null,
  owner: "ECO",
  every: 60_000,
  staleAfter: 3_600_000,
  precision: 0,
  source: { from: "reported" },
  scopes: ["city", "district"],
  target: null,
  opensIncident: null,
  note: "",
  rev: 1,
  ...more,
});

export const feed = (id: string, more: Partial<Feed> = {}): Feed => ({
  id,
  system: "water",
  nameZh: "水务",
  nameEn: "water",
  department: "WATER",
  transport: "http",
  format: "readings/1",
  mapping: null,
  yields: null,
  crs: "WGS84",
  timeZone: CITY_ZONE,
  clock: "wall",
  historic: false,
  expectEvery: 60_000,
  quota: { perSecond: 100, burst: 1000 },
  enabled: true,
  allow: [],
  signed: false,
  ...more,
});

/** A key that opens a feed until it is revoked. */
export const feedKey = (
  id: string,
  of: string,
  more: Partial<FeedKeyRow> = {},
): FeedKeyRow => ({
  ...{ id, feed: of, hash: createHash("sha256").update(id).digest("hex") },
  ...{ createdAt: 1_000, createdBy: "chen", until: null },
  ...{ usedAt: null, usedFrom: "" },
  ...more,
});

export const warning = (
  identifier: string,
  more: Partial<WarningView> = {},
): WarningView => ({
  id: `weather,${identifier},${at("2026-11-20 07:00")}`,
  sender: "weather",
  identifier,
  sent: at("2026-11-20 07:00"),
  status: "Actual",
  msgType: "Alert",
  references: [],
  event: "暴雨",
  eventCode: "11B03",
  level: "orange",
  levelAssumed: false,
  urgency: "Immediate",
  certainty: "Likely",
  headline: "暴雨橙色预警",
  description: "",
  instruction: "",
  language: "zh-CN",
  senderName: "江澜市气象台",
  onset: null,
  expires: at("2026-11-20 13:00"),
  areas: [],
  feed: "weather",
  ours: true,
  orphan: false,
  drill: false,
  supersededBy: null,
  receivedAt: at("2026-11-20 07:01"),
  ...more,
});

/** What the store tells of a warning beside its body. */
export const standingOf = (view: WarningView): WarningStanding => ({
  id: view.id,
  status: view.status,
  supersededBy: view.supersededBy,
  orphan: view.orphan,
});

export async function standingAt(
  store: Store,
  now: number,
): Promise<WarningView[]> {
  const found: WarningView[] = [];
  await store.warnings.inForce(now, (views) => found.push(...views));
  return found;
}

/** Text no engine can keep as it is: NUL and half a surrogate pair. */
export const HOSTILE = "路灯\0<b>\ud800'; DROP TABLE incidents; --";
export const KEPT = "路灯\ufffd<b>\ufffd'; DROP TABLE incidents; --";
