import { describe, expect, it } from "vitest";
import type { Fact } from "../../contract/fact.ts";
import { convertFact, toCgcs2000 } from "./crs.ts";

/** Metres between two points that are near each other. */
function metres(a: readonly number[], b: readonly number[]): number {
  const rad = Math.PI / 180;
  const x = (a[0]! - b[0]!) * Math.cos(a[1]! * rad) * 111_320;
  return Math.hypot(x, (a[1]! - b[1]!) * 110_574);
}

// Points that gcoord's own documentation and tests give, and Tian'anmen in all three systems.
const TIANANMEN = {
  WGS84: [116.39127, 39.90737],
  GCJ02: [116.397511, 39.908774],
  BD09: [116.403888, 39.915118],
} as const;

describe("coordinates", () => {
  it.each(["WGS84", "CGCS2000"] as const)("in %s stay as they are", (crs) => {
    expect(toCgcs2000([120.123456789, 30.2], crs)).toEqual([
      120.123456789, 30.2,
    ]);
  });

  it("in BD-09 come back to gcoord's published figure", () => {
    expect(toCgcs2000([116.403988, 39.914266], "BD09")).toEqual([
      116.39137353150247, 39.906521276697305,
    ]);
  });

  it.each(["GCJ02", "BD09"] as const)("of a known place meet in %s", (crs) => {
    const [lng, lat] = TIANANMEN[crs];
    expect(metres(toCgcs2000([lng, lat], crs), TIANANMEN.WGS84)).toBeLessThan(
      5,
    );
  });

  it("outside China are the same in every system", () => {
    expect(toCgcs2000([-71.06, 42.36], "GCJ02")).toEqual([-71.06, 42.36]);
  });

  it("move in every fact that has some, and no other", () => {
    const place = () => ({ lng: 116.397511, lat: 39.908774 });
    const items = {
      sensor: place(),
      incident: place(),
      position: place(),
      camera: place(),
    };
    for (const [type, item] of Object.entries(items)) {
      convertFact({ type, item } as unknown as Fact, "GCJ02");
      expect(metres([item.lng, item.lat], TIANANMEN.WGS84)).toBeLessThan(5);
    }
    const nowhere = { title: "无定位" };
    convertFact({ type: "incident", item: nowhere } as never, "GCJ02");
    expect(nowhere).toEqual({ title: "无定位" });
  });

  it("move in a warning's rings and circles; radii stay", () => {
    const [lng, lat] = TIANANMEN.BD09;
    const area = {
      polygons: [[[lng, lat]]],
      circles: [{ lng, lat, radius: 500 }],
    };
    convertFact({ type: "warning", item: { areas: [area] } } as never, "BD09");
    const [circle] = area.circles;
    expect(area.polygons[0]![0]).toEqual([circle!.lng, circle!.lat]);
    expect(metres([circle!.lng, circle!.lat], TIANANMEN.WGS84)).toBeLessThan(5);
    expect(circle!.radius).toBe(500);
  });
});
