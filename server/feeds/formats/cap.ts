/**
 * `cap/1.2`: OASIS Common Alerting Protocol 1.2 and 1.1 (OASIS CAP-V1.2, ITU-T
 * X.1303). Severity becomes a level (domain.md §6): Extreme red, Severe orange,
 * Moderate yellow, Minor blue; anything else blue, marked as assumed (decisions
 * B6). Points are `lat,lon` and become [lng, lat]; radii are km and become
 * metres.
 */
import type { Decoded, Rejection } from "../../../contract/fact.ts";
import type { Level } from "../../../contract/level.ts";
import { parseInstant } from "../../../contract/time.ts";
import { Warning, type WarningArea } from "../../../contract/warning.ts";
import { asItems, Flaw, type Format } from "../format.ts";
import { findFlaw } from "../hazard.ts";
import { textOf } from "../raw.ts";
import { readXml, type Element } from "../xml.ts";

const NAMESPACES = [
  "urn:oasis:names:tc:emergency:cap:1.2",
  "urn:oasis:names:tc:emergency:cap:1.1",
];

const LEVELS: Readonly<Record<string, Level>> = {
  Extreme: "red",
  Severe: "orange",
  Moderate: "yellow",
  Minor: "blue",
};

/** Worst first. */
const ORDER: readonly Level[] = ["red", "orange", "yellow", "blue"];

export const format: Format = {
  id: "cap/1.2",
  mediaTypes: ["application/cap+xml", "application/xml", "text/xml"],
  parse: (body) => {
    const alert = readXml(body, "alert", NAMESPACES);
    return [readAlert(alert, body)];
  },
  raw: (item) =>
    item instanceof Flaw ? item.raw : rawOf.get(item as Warning)!,
  judge(parsed): Decoded {
    const facts: Decoded["facts"] = [];
    const rejections: Rejection[] = [];
    asItems(parsed).forEach((item, index) => {
      if (!(item instanceof Flaw))
        facts.push({ type: "warning", item: item as Warning, index });
      else {
        const { path, message, raw } = item;
        rejections.push({ index, path, message, raw });
      }
    });
    const raw = (index: number) => format.raw(asItems(parsed)[index]);
    return { readings: null, facts, rejections, missing: 0, raw };
  },
};

/** The message a warning was read from. */
const rawOf = new WeakMap<Warning, string>();

/** What is wrong with a message, first things first. */
class Complaints {
  readonly found: { path: string; message: string }[] = [];

  say(path: string, message: string): void {
    this.found.push({ path, message });
  }

  /** Text of a child that must be there and say something. */
  need(parent: Element, name: string): string {
    const text = parent.child(name)?.text ?? "";
    if (text === "") this.say(`${parent.path}/${name}`, "is required");
    return text;
  }

  oneOf<T extends string>(parent: Element, name: string, options: T[]): T {
    const text = this.need(parent, name);
    if (text !== "" && !options.includes(text as T))
      this.say(
        `${parent.path}/${name}`,
        `expected one of ${options.join(", ")}, found ${clip(text)}`,
      );
    return text as T;
  }

  /** Epoch ms of a time with offset; null where the element is absent. */
  time(parent: Element, name: string): number | null {
    const element = parent.child(name);
    if (!element) return null;
    const at = parseInstant(element.text);
    if (Number.isNaN(at))
      this.say(
        element.path,
        `expected a date and time with an offset, found ${clip(element.text)}`,
      );
    return at;
  }
}

function readAlert(alert: Element, body: Uint8Array): Warning | Flaw {
  const complaints = new Complaints();
  complaints.need(alert, "identifier");
  complaints.need(alert, "sender");
  complaints.need(alert, "sent");
  const msgType = complaints.oneOf(
    alert,
    "msgType",
    Warning.shape.msgType.options,
  );
  complaints.oneOf(alert, "scope", ["Public", "Restricted", "Private"]);
  const infos = alert.children("info");
  for (const info of infos) checkInfo(info, complaints);
  const chosen = inLanguage(infos);
  const worst = worstOf(chosen);
  const { level, assumed } = levelOf(worst);
  const told = (name: string) => worst?.child(name)?.text ?? "";
  const warning: Warning = {
    sender: alert.child("sender")?.text ?? "",
    identifier: alert.child("identifier")?.text ?? "",
    sent: complaints.time(alert, "sent") ?? NaN,
    status: complaints.oneOf(alert, "status", Warning.shape.status.options),
    msgType,
    references: readReferences(alert, msgType, complaints),
    event: told("event"),
    eventCode: worst?.child("eventCode")?.child("value")?.text || null,
    level,
    levelAssumed: assumed,
    urgency: told("urgency"),
    certainty: told("certainty"),
    headline: told("headline"),
    description: told("description"),
    instruction: told("instruction"),
    language: told("language") || "en-US",
    senderName: told("senderName"),
    onset:
      worst &&
      (complaints.time(worst, "onset") ?? complaints.time(worst, "effective")),
    expires: worst && complaints.time(worst, "expires"),
    areas: chosen.flatMap((info) =>
      info.children("area").map((area) => readArea(area, complaints)),
    ),
  };
  const flaw = findFlaw(warning);
  if (flaw) complaints.say(`/alert${flaw.path}`, flaw.message);
  const raw = textOf(body);
  const [first, ...more] = complaints.found;
  if (first) {
    const also = more.length > 0 ? ` (and ${more.length} more)` : "";
    return new Flaw(first.path, first.message + also, raw);
  }
  rawOf.set(warning, raw);
  return warning;
}

/** What every info block must have, also those in other languages. */
function checkInfo(info: Element, complaints: Complaints): void {
  for (const name of ["category", "event", "urgency", "severity", "certainty"])
    complaints.need(info, name);
  for (const area of info.children("area")) complaints.need(area, "areaDesc");
}

/** The blocks in Chinese, else those in the language of the first. */
function inLanguage(infos: readonly Element[]): Element[] {
  const language = (info: Element) => info.child("language")?.text ?? "en-US";
  const chinese = infos.filter((info) => /^zh/i.test(language(info)));
  if (chinese.length > 0) return chinese;
  return infos.filter((info) => language(info) === language(infos[0]!));
}

function worstOf(infos: readonly Element[]): Element | null {
  const rank = (info: Element) => ORDER.indexOf(levelOf(info).level);
  return infos.reduce<Element | null>(
    (worst, info) => (worst && rank(worst) <= rank(info) ? worst : info),
    null,
  );
}

function levelOf(info: Element | null): { level: Level; assumed: boolean } {
  const level = LEVELS[info?.child("severity")?.text ?? ""];
  return { level: level ?? "blue", assumed: level === undefined };
}

/** Extended message identifiers, `sender,identifier,sent`, separated by spaces. */
function readReferences(
  alert: Element,
  msgType: string,
  complaints: Complaints,
): Warning["references"] {
  const element = alert.child("references");
  const path = `${alert.path}/references`;
  if (!element) {
    if (msgType === "Update" || msgType === "Cancel")
      complaints.say(path, `an ${msgType} must name the message it is about`);
    return [];
  }
  if (element.text === "") {
    complaints.say(path, "names no message, but is there");
    return [];
  }
  return element.text.split(/\s+/).map((one) => {
    const [sender = "", identifier = "", text = "", ...rest] = one.split(",");
    const sent = parseInstant(text);
    if (!sender || !identifier || Number.isNaN(sent) || rest.length > 0)
      complaints.say(
        path,
        `expected sender,identifier,sent, found ${clip(one)}`,
      );
    return { sender, identifier, sent };
  });
}

function readArea(area: Element, complaints: Complaints): WarningArea {
  return {
    description: area.child("areaDesc")?.text ?? "",
    polygons: area.children("polygon").map((p) => readRing(p, complaints)),
    circles: area.children("circle").map((c) => readCircle(c, complaints)),
    geocodes: area.children("geocode").map((geocode) => ({
      name: complaints.need(geocode, "valueName"),
      value: geocode.child("value")?.text ?? "",
    })),
  };
}

function readRing(
  polygon: Element,
  complaints: Complaints,
): [number, number][] {
  const texts = polygon.text.split(/\s+/).filter((text) => text !== "");
  const ring = texts.map((text) => readPoint(text, polygon.path, complaints));
  const [first, last] = [ring[0], ring.at(-1)];
  if (ring.length < 4)
    complaints.say(polygon.path, "a polygon needs four points or more");
  else if (first![0] !== last![0] || first![1] !== last![1])
    complaints.say(polygon.path, "the polygon's last point is not its first");
  return ring;
}

function readCircle(
  circle: Element,
  complaints: Complaints,
): WarningArea["circles"][number] {
  const [point = "", radius = "", ...rest] = circle.text.split(/\s+/);
  const [lng, lat] = readPoint(point, circle.path, complaints);
  const km = number(radius);
  if (!(km >= 0) || rest.length > 0)
    complaints.say(
      circle.path,
      `expected "lat,lon radius", found ${clip(circle.text)}`,
    );
  return { lng, lat, radius: km * 1000 };
}

/** `lat,lon` → [lng, lat]. */
function readPoint(
  text: string,
  path: string,
  complaints: Complaints,
): [number, number] {
  const [lat = NaN, lng = NaN, ...rest] = text.split(",").map(number);
  if (!(Math.abs(lat) <= 90 && Math.abs(lng) <= 180) || rest.length > 0)
    complaints.say(path, `expected a point "lat,lon", found ${clip(text)}`);
  return [lng, lat];
}

function number(text: string): number {
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
}

const clip = (text: string) => JSON.stringify(text.slice(0, 60));
