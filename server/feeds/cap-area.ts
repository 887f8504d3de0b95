import type { WarningArea } from "../../contract/warning.ts";
import { clip, type Complaints } from "./complaints.ts";
import type { Element } from "./xml.ts";

/** Half the way around the Earth, km: a wider circle means nothing. */
const WIDEST = 20_038;

/** An `<area>` of CAP. Points are `lat,lon` and become [lng, lat]; radii are km and become metres. */
export function readArea(area: Element, complaints: Complaints): WarningArea {
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
  else if (km > WIDEST)
    complaints.say(
      circle.path,
      `expected a radius of at most ${WIDEST} km, found ${clip(radius)}`,
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
