/** Coordinates of every fact to CGCS2000, the hub's one system (F8). */
import declared from "gcoord";
import type { Fact } from "../../contract/fact.ts";
import type { Crs } from "../../contract/place.ts";
import type { WarningArea } from "../../contract/warning.ts";

/** The package is CommonJS and is its default; its types are written as if for ESM. */
const gcoord = declared as unknown as typeof declared.default;

type Point = [lng: number, lat: number];

/**
 * From a feed's system to CGCS2000. WGS-84 is taken as equal: they differ by
 * centimetres. GCJ-02 and BD-09 are undone to less than a millimetre; outside
 * China GCJ-02 equals WGS-84, and BD-09 keeps only its own shift.
 */
export function toCgcs2000([lng, lat]: Point, from: Crs): Point {
  switch (from) {
    case "WGS84":
    case "CGCS2000":
      return [lng, lat];
    case "GCJ02":
      return undone([lng, lat], gcoord.GCJ02);
    case "BD09":
      return undone([lng, lat], gcoord.BD09);
  }
}

/** Degrees; a hundredth of a millimetre. */
const EXACT = 1e-10;
/** Each turn leaves a fiftieth of the error: six are enough in China. */
const MOST_TURNS = 12;

/**
 * The WGS-84 point that the system's own formula shifts to `there`. Not by
 * gcoord's inverse: that one is off by up to 30 cm, and near the edge of the
 * box in which it shifts at all it never ends. No point fits some of those;
 * they get one within the shift, some hundred metres.
 */
function undone(
  there: Point,
  system: typeof gcoord.GCJ02 | typeof gcoord.BD09,
): Point {
  let [lng, lat] = there;
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const shifted = gcoord.transform([lng, lat], gcoord.WGS84, system);
    const x = shifted[0] - there[0];
    const y = shifted[1] - there[1];
    lng -= x;
    lat -= y;
    if (Math.abs(x) < EXACT && Math.abs(y) < EXACT) break;
  }
  return [lng, lat];
}

/** Moves a fact's coordinates, in place: it was made for this payload alone. */
export function convertFact(fact: Fact, from: Crs): void {
  if (from === "WGS84" || from === "CGCS2000") return;
  switch (fact.type) {
    case "sensor":
    case "incident":
    case "position":
    case "camera":
      convertPlace(fact.item, from);
      break;
    case "warning":
      for (const area of fact.item.areas) convertArea(area, from);
      break;
    case "indicatorValue":
      break;
  }
}

function convertPlace(place: { lng?: number; lat?: number }, from: Crs): void {
  if (place.lng === undefined || place.lat === undefined) return;
  [place.lng, place.lat] = toCgcs2000([place.lng, place.lat], from);
}

function convertArea(area: WarningArea, from: Crs): void {
  for (const ring of area.polygons)
    for (const [i, point] of ring.entries()) ring[i] = toCgcs2000(point, from);
  for (const circle of area.circles) convertPlace(circle, from);
}
