import type { Ring } from "../city/types.ts";
import { isoIn, offsetAt } from "../world/zone.ts";

/** A CAP 1.2 message as the weather bureau writes it (domain.md §6). Times are epoch ms. */
export interface CapMessage {
  identifier: string;
  sender: string;
  sent: number;
  /** `System` tests the line; no wall shows it. */
  status: "Actual" | "System";
  msgType: "Alert" | "Update" | "Cancel";
  /** Messages that this one replaces or lifts. */
  references: readonly CapReference[];
  event: string;
  eventCode: string;
  level: "blue" | "yellow" | "orange" | "red";
  senderName: string;
  headline: string;
  description: string;
  instruction: string;
  onset: number;
  expires: number;
  area: string;
  /** Rings of [lng, lat]; CAP wants lat,lng. */
  polygons: readonly Ring[];
  geocodes: readonly string[];
}

export interface CapReference {
  identifier: string;
  sender: string;
  sent: number;
}

const SEVERITY = {
  red: "Extreme",
  orange: "Severe",
  yellow: "Moderate",
  blue: "Minor",
} as const;

export const LEVEL_NAMES = {
  red: "红色",
  orange: "橙色",
  yellow: "黄色",
  blue: "蓝色",
} as const;

const ZONE = "Asia/Shanghai";

/**
 * `ZZZZZZDDDUUUXX_YYYYMMDDhhmmss_N`: region, the bureau's code of GB/T 4657,
 * two fields of zeros, Beijing time, serial 0–9.
 */
export function capIdentifier(
  regionCode: string,
  organisation: string,
  sent: number,
  serial: number,
): string {
  const local = new Date(sent + offsetAt(ZONE, sent)).toISOString();
  const time = local.slice(0, 19).replace(/\D/g, "");
  return `${regionCode}${organisation}00000_${time}_${serial % 10}`;
}

/** The message as XML. */
export function writeCap(message: CapMessage): string {
  const { msgType } = message;
  const references = message.references
    .map(
      ({ sender, identifier, sent }) => `${sender},${identifier},${iso(sent)}`,
    )
    .join(" ");
  const urgency = msgType === "Cancel" ? "Past" : "Immediate";
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">',
    tag("identifier", message.identifier),
    tag("sender", message.sender),
    tag("sent", iso(message.sent)),
    tag("status", message.status),
    tag("msgType", msgType),
    tag("scope", "Public"),
    ...(references ? [tag("references", references)] : []),
    "<info>",
    tag("language", "zh-CN"),
    tag("category", "Met"),
    tag("event", message.event),
    tag("urgency", urgency),
    tag("severity", SEVERITY[message.level]),
    tag("certainty", "Likely"),
    ...pair("eventCode", "GB/T 35965.1", message.eventCode),
    tag("effective", iso(message.sent)),
    tag("onset", iso(message.onset)),
    tag("expires", iso(message.expires)),
    tag("senderName", message.senderName),
    tag("headline", message.headline),
    tag("description", message.description),
    ...(message.instruction ? [tag("instruction", message.instruction)] : []),
    "<area>",
    tag("areaDesc", message.area),
    ...message.polygons.map((ring) =>
      tag("polygon", ring.map(([lng, lat]) => `${lat},${lng}`).join(" ")),
    ),
    ...message.geocodes.flatMap((code) => pair("geocode", "GB/T 2260", code)),
    "</area>",
    "</info>",
    "</alert>",
  ].join("\n");
}

const tag = (name: string, value: string) =>
  `<${name}>${value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")}</${name}>`;

/** A value of a named list; nothing where there is none. */
const pair = (name: string, valueName: string, value: string): string[] =>
  value === ""
    ? []
    : [
        `<${name}>${tag("valueName", valueName)}${tag("value", value)}</${name}>`,
      ];

/** Whole seconds: CAP's dateTime has no milliseconds. */
const iso = (at: number) => isoIn(ZONE, at).replace(/\.\d{3}/, "");
