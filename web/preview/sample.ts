/**
 * A small invented city for previews: seven districts as plain shapes, with
 * names as long as real ones, a part
 * of the catalogue, and makers of live items. Never shown on a wall.
 */
import type { District } from "../../contract/city.ts";
import type { FeedHealth } from "../../contract/feed.ts";
import type { Incident } from "../../contract/incident.ts";
import type { Indicator, IndicatorView } from "../../contract/indicator.ts";
import type { State } from "../../contract/level.ts";
import type { SensorView } from "../../contract/sensor.ts";
import { HOUR, MINUTE } from "../../contract/time.ts";
import type { WarningView } from "../../contract/warning.ts";
import type { Reply } from "../live/call.ts";
import { catalogueRows } from "./catalogue.ts";
import type { Replies } from "./define.ts";

/** Every preview stands at this instant: 2026-11-20 08:42:15 in the city. */
export const NOW = Date.UTC(2026, 10, 20, 0, 42, 15);

/** Repeats from a seed, so that screenshots repeat. Numbers in [0, 1). */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const names: [string, string, number, number][] = [
  ["中心城区", "Central District", 0, 0],
  ["滨江经济技术开发区", "Binjiang Economic Development Zone", 1, -0.4],
  ["北湖区", "Beihu District", -0.6, 1],
  ["东岭风景名胜区", "Dongling Scenic Area", 0.6, 1],
  ["西畴区", "Xichou District", -1.2, -0.1],
  ["南塘彝族回族自治县", "Nantang Yi and Hui Autonomous County", -0.4, -1.1],
  ["云台市", "Yuntai City", 0.9, -1.3],
];
const CENTRE = [118.62, 31.94] as const;

export const districts: District[] = names.map(([nameZh, nameEn, x, y], i) => {
  const lng = CENTRE[0] + x * 0.18;
  const lat = CENTRE[1] + y * 0.15;
  const ring = Array.from({ length: 7 }, (_, k): [number, number] => {
    const turn = ((k % 6) / 6) * 2 * Math.PI;
    return [lng + 0.1 * Math.cos(turn), lat + 0.085 * Math.sin(turn)];
  });
  return { code: `99010${i + 1}`, nameZh, nameEn, polygons: [[ring]] };
});

export const sampleCity: Reply<"getCity"> = {
  city: {
    nameZh: "江澜市",
    nameEn: "Jianglan",
    regionCode: "990100",
    center: [...CENTRE],
    bounds: [118.2, 31.5, 119.0, 32.3],
    timeZone: "Asia/Shanghai",
    domains: [],
  },
  districts,
  centres: [],
  departments: [
    { code: "WATER", nameZh: "水务局", nameEn: "Water bureau" },
    { code: "TRANS", nameZh: "交通运输局", nameEn: "Transport bureau" },
    { code: "URBAN", nameZh: "城市管理局", nameEn: "Urban management" },
    { code: "ECO", nameZh: "生态环境局", nameEn: "Ecology bureau" },
    { code: "HOTLINE", nameZh: "12345热线中心", nameEn: "Hotline centre" },
    { code: "HOUS", nameZh: "住房和城乡建设局", nameEn: "Housing bureau" },
    { code: "METEO", nameZh: "气象局", nameEn: "Weather bureau" },
  ],
  categories: [
    {
      code: "04",
      parent: null,
      nameZh: "突发事件",
      nameEn: "Sudden",
      department: null,
      domain: null,
    },
    {
      code: "0406",
      parent: "04",
      nameZh: "道路积水",
      nameEn: "Ponding",
      department: null,
      domain: null,
    },
  ],
  calendar: { hours: [{ from: "08:00", to: "18:00" }], days: [] },
  basemap: [],
  demo: true,
};

export const sampleCatalogue: Indicator[] = catalogueRows;

const rowOf = (id: string) => sampleCatalogue.find((row) => row.id === id);

/** A live value at city scope; `recent` wanders to it from where it was. */
export function sign(
  indicator: string,
  value: number | null,
  more: Partial<IndicatorView> = {},
): IndicatorView {
  const scope = more.scope ?? "city";
  const every = rowOf(indicator)?.every ?? 5 * MINUTE;
  const random = chance(
    [...(indicator + scope)].reduce((n, c) => n * 31 + c.charCodeAt(0), 7),
  );
  const start = value === null ? 0 : (more.dayAgo ?? value * 0.9);
  const recent = Array.from({ length: 48 }, (_, i): [number, number] => {
    const along = i / 47;
    const wander = (random() - 0.5) * 0.06 * Math.abs(value ?? 0);
    const to = value ?? 0;
    return [
      NOW - (47 - i) * every,
      i === 47 ? to : start + (to - start) * along ** 3 + wander,
    ];
  });
  return {
    id: `${indicator}@${scope}`,
    indicator,
    scope,
    value,
    state: "normal",
    at: value === null ? null : NOW - 40_000,
    receivedAt: value === null ? null : NOW - 39_000,
    freshness: value === null ? "lost" : "live",
    since: NOW - 3 * HOUR,
    dayAgo: value === null ? null : start,
    baseline: null,
    count: 24,
    recent: value === null ? [] : recent,
    ...more,
  };
}

/** A value that stopped `ago` ms before now. */
export const staleSign = (
  indicator: string,
  value: number,
  ago = 4 * HOUR,
  more: Partial<IndicatorView> = {},
) =>
  sign(indicator, value, {
    state: "stale",
    freshness: ago > 6 * HOUR ? "lost" : "stale",
    at: NOW - ago,
    receivedAt: NOW - ago,
    ...more,
  });

export function incident(
  n: number,
  title: string,
  more: Partial<Incident> = {},
): Incident {
  return {
    id: `incident-${n}`,
    number: `20261120${String(n).padStart(4, "0")}`,
    feed: "hotline",
    externalId: String(n),
    source: "hotline12345",
    department: "HOTLINE",
    category: "0406",
    title,
    description: "",
    priority: 3,
    status: "handling",
    lng: CENTRE[0] + 0.02 * n,
    lat: CENTRE[1] - 0.01 * n,
    district: districts[n % 7]!.code,
    address: "",
    reportedAt: NOW - n * 11 * MINUTE,
    receivedAt: NOW - n * 11 * MINUTE + 900,
    closedAt: null,
    sensor: null,
    camera: null,
    confidence: null,
    historic: false,
    matterClass: "A",
    centre: null,
    parent: null,
    departments: ["HOTLINE"],
    handlers: [],
    grid: null,
    due: null,
    supervised: 0,
    instructed: false,
    waiting: [],
    returns: 0,
    reworks: 0,
    urges: 0,
    rev: 1,
    ...more,
  };
}

export function feed(
  id: string,
  nameZh: string,
  nameEn: string,
  more: Partial<FeedHealth> = {},
): FeedHealth {
  return {
    id,
    nameZh,
    nameEn,
    department: "WATER",
    system: id,
    transport: "mqtt",
    enabled: true,
    freshness: "live",
    lastAt: NOW - 12_000,
    since: NOW - 9 * HOUR,
    rate: 42,
    accepted: 120_000,
    duplicates: 3,
    missing: 12,
    rejected: 0,
    error: null,
    quarantined: 0,
    sourceTime: null,
    ...more,
  };
}

export function warning(
  event: string,
  headline: string,
  level: WarningView["level"],
  more: Partial<WarningView> = {},
): WarningView {
  return {
    id: `${event}-${level}`,
    sender: "weather",
    identifier: `${event}-${level}`,
    sent: NOW - HOUR,
    status: "Actual",
    msgType: "Alert",
    references: [],
    event,
    eventCode: "11B03",
    level,
    levelAssumed: false,
    urgency: "Expected",
    certainty: "Likely",
    headline,
    description: headline,
    instruction: "",
    language: "zh-CN",
    senderName: "江澜市气象台",
    onset: NOW - HOUR,
    expires: NOW + 5 * HOUR,
    areas: [
      {
        description: "滨江区、云台市",
        polygons: [],
        circles: [],
        geocodes: [],
      },
    ],
    feed: "weather",
    ours: true,
    orphan: false,
    drill: false,
    supersededBy: null,
    receivedAt: NOW - HOUR + 800,
    ...more,
  };
}

export function sensor(
  id: string,
  name: string,
  kind: string,
  value: number | null,
  metric: string,
  unit: string,
  more: Partial<SensorView> = {},
): SensorView {
  return {
    id: `${kind}/${id}`,
    system: kind,
    sensor: id,
    name,
    kind,
    lng: CENTRE[0],
    lat: CENTRE[1],
    district: districts[1]!.code,
    registered: true,
    values: [{ metric, unit, value, at: value === null ? null : NOW - 30_000 }],
    state: "normal",
    freshness: value === null ? "lost" : "live",
    ...more,
  };
}

interface Day {
  points?: number;
  swing?: number;
  /** Share of the span that was silent. */
  gap?: [from: number, to: number];
  /** How the hub judged a value. */
  judge?: (value: number) => State;
}

/** A day's rhythm that ends at `value`, null where `gap` says so. */
export function daily(
  from: number,
  to: number,
  value: number,
  { points = 144, swing = 0.4, gap, judge = () => "normal" }: Day = {},
): { at: number[]; value: (number | null)[]; state: State[] } {
  const random = chance(Math.round(value * 97) + points + (from % 977));
  const day: ReturnType<typeof daily> = { at: [], value: [], state: [] };
  for (let i = 0; i < points; i++) {
    const share = i / (points - 1);
    const rhythm = 1 - swing * (1 - share) - swing * 0.3 * Math.sin(share * 9);
    const told = value * rhythm + (random() - 0.5) * 0.04 * value;
    const silent = gap && share > gap[0] && share < gap[1];
    day.at.push(Math.round(from + share * (to - from)));
    day.value.push(silent ? null : Math.max(0, told));
    day.state.push(silent ? "stale" : judge(told));
  }
  return day;
}

/** The history door, answering with such a day; the day before was calmer. */
export const dailyHistory = (value: number, day: Day = {}): Replies => ({
  indicatorHistory: ({ query }) => {
    const from = Number(query["from"]);
    const calmer = from < NOW - 30 * HOUR ? 0.7 : 1;
    return daily(from, Number(query["to"]), value * calmer, day);
  },
});
