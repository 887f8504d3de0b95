/** What each format looks like when nothing is wrong, and the feed that takes it. */
import type { FeedPlan } from "../kit/city.ts";
import { PLACES } from "../kit/city.ts";

type Item = Record<string, unknown>;

export interface FuzzedFormat {
  id: string;
  feed: Omit<FeedPlan, "id">;
  mediaType: string;
  items: (n: number) => Item[];
  write: (tree: unknown) => string;
}

/** Entities that payloads may name: few, so that the hub's memory settles. */
const KNOWN = 50;

/** Each payload is a little later than the one before, all in the past. */
const began = Date.now() - 3_600_000;
const at = (n: number) => began + n * 50;
const some = (n: number, make: (i: number) => Item): Item[] =>
  Array.from({ length: 1 + (n % 5) }, (_, i) => make((n * 7 + i) % KNOWN));

/** JSON cannot say what a tree may hold (undefined at its root): it is sent as null. */
const json = (tree: unknown) => JSON.stringify(tree) ?? "null";

const own = (id: string, items: FuzzedFormat["items"]): FuzzedFormat => ({
  id,
  feed: { format: id },
  mediaType: "application/json",
  items,
  write: json,
});

export const formats: FuzzedFormat[] = [
  own("readings/1", (n) =>
    some(n, (i) => ({
      sensor: `AQ-${i}`,
      metric: "pm25",
      at: at(n),
      value: 35.2 + i,
      quality: "good",
    })),
  ),
  own("sensors/1", (n) =>
    some(n, (i) => ({
      id: `AQ-${i}`,
      name: `空气站 ${i}`,
      kind: "air",
      ...PLACES.west,
      district: "999001",
      metrics: [{ metric: "pm25", unit: "µg/m³", min: 0, max: 1000 }],
      attributes: { roof: true, built: 2019 },
    })),
  ),
  own("indicators/1", (n) =>
    some(n, () => ({
      indicator: "fuzz.value",
      scope: "city",
      at: at(n),
      value: n,
    })),
  ),
  own("incidents/1", (n) =>
    some(n, (i) => ({
      externalId: `X-${i}`,
      source: "hotline",
      category: "pothole",
      title: "路面坑洞",
      description: "东风路口",
      level: 3,
      ...PLACES.east,
      address: "东风路 1 号",
      reportedAt: new Date(at(n)).toISOString(),
      reporter: { name: "张三", phone: "13800000000" },
      attachments: [{ url: "https://example.org/1.jpg", kind: "photo" }],
      confidence: 0.9,
    })),
  ),
  own("incidents/2", (n) =>
    some(n, (i) => ({
      ...{ externalId: `S-${i}`, source: "urban", title: "井盖缺失" },
      ...{ ...PLACES.east, reportedAt: at(n), status: "handling" },
      ...{ stage: "任务处理", department: "ECO" },
      deadlines: { handle: at(n) + 3_600_000 },
    })),
  ),
  own("positions/1", (n) =>
    some(n, (i) => ({
      object: `试A${i}`,
      kind: "bus",
      at: at(n),
      ...PLACES.east,
      speed: 32,
      heading: 90,
      alarms: [],
    })),
  ),
  own("cameras/1", (n) =>
    some(n, (i) => ({
      id: `99900000001320${String(i).padStart(6, "0")}`,
      name: `路口 ${i}`,
      ...PLACES.west,
      department: "TEST",
      ptzType: 1,
      direction: 180,
      online: true,
      stream: { kind: "hls", url: "https://example.org/live.m3u8" },
    })),
  ),
  {
    id: "csv",
    feed: {
      format: "csv",
      yields: "readings/1",
      mapping:
        '$.{"sensor": station, "metric": "pm25", "at": time, "value": $number(value)}',
    },
    mediaType: "text/csv",
    items: (n) =>
      some(n, (i) => ({
        station: `AQ-${i}`,
        time: new Date(at(n)).toISOString(),
        value: 35.2 + i,
      })),
    write: csv,
  },
  {
    id: "cap/1.2",
    feed: { format: "cap/1.2" },
    mediaType: "application/cap+xml",
    // A CAP payload is one alert: the first item speaks.
    items: (n) => [alert(n)],
    write: (tree) =>
      `<?xml version="1.0" encoding="UTF-8"?>\n<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">${xml(Array.isArray(tree) && tree.length === 1 ? tree[0] : tree)}</alert>`,
  },
];

/** A warning is its feed's own: 25 feeds name as many together as the others' KNOWN. */
const alert = (n: number): Item => ({
  identifier: `CAP-${n % (KNOWN / 25)}`,
  sender: "weather@testford.example",
  sent: "2026-11-20T08:00:00+08:00",
  status: "Actual",
  msgType: "Alert",
  scope: "Public",
  info: {
    language: "zh-CN",
    category: "Met",
    event: "暴雨",
    urgency: "Expected",
    severity: "Severe",
    certainty: "Likely",
    expires: "2027-11-20T20:00:00+08:00",
    senderName: "试城气象局",
    headline: "暴雨橙色预警",
    description: "三小时内降雨 50 毫米以上",
    instruction: "减少外出",
    area: {
      areaDesc: "西区",
      polygon: "30.01,120.01 30.01,120.09 30.09,120.09 30.01,120.01",
      geocode: { valueName: "district", value: "999001" },
    },
  },
});

/** Arrays become repeated elements. Names and texts are written as they are told: XML has its own hostility. */
function xml(tree: unknown): string {
  if (Array.isArray(tree)) return tree.map(xml).join("");
  if (typeof tree === "object" && tree !== null)
    return Object.entries(tree)
      .map(([name, value]) =>
        (Array.isArray(value) ? value : [value])
          .map((one) => `<${name}>${xml(one)}</${name}>`)
          .join(""),
      )
      .join("");
  return String(tree).replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

function csv(tree: unknown): string {
  const rows = (Array.isArray(tree) ? tree.flat(3) : [tree]) as Item[];
  const columns = ["station", "time", "value"];
  const cell = (value: unknown) => {
    if (typeof value !== "string") return json(value);
    return /[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  };
  return [columns, ...rows.map((row) => columns.map((c) => row?.[c]))]
    .map((cells) => `${cells.map(cell).join(",")}\r\n`)
    .join("");
}
