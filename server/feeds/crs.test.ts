import declared from "gcoord";
import { describe, expect, it } from "vitest";
import { createChance } from "../../test/kit/chance.ts";
import type { Fact } from "../../contract/fact.ts";
import { convertFact, toCgcs2000 } from "./crs.ts";

/** Typed as if for ESM (crs.ts). */
const gcoord = declared as unknown as typeof declared.default;

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

  it("in BD-09 come back near gcoord's published figure, which is itself off by some", () => {
    const here = toCgcs2000([116.403988, 39.914266], "BD09");
    const published = [116.39137353150247, 39.906521276697305];
    expect(metres(here, published)).toBeLessThan(0.3);
  });

  it.each(["GCJ02", "BD09"] as const)(
    "in %s come back to where they were, all over China",
    (crs) => {
      const chance = createChance(20261120);
      let worst = 0;
      for (let i = 0; i < 5_000; i++) {
        const lng = 73.5 + chance.next() * 61.5;
        const lat = 3.9 + chance.next() * 49.6;
        const [x, y] = gcoord.transform([lng, lat], gcoord.WGS84, gcoord[crs]);
        worst = Math.max(worst, metres(toCgcs2000([x, y], crs), [lng, lat]));
      }
      expect(worst).toBeLessThan(0.001);
    },
  );

  it.each([
    [72.0045, 40],
    [137.834, 40],
    [100, 0.8294],
    [100, 55.827],
  ])("at the edge of the shifted box get an answer: %d, %d", (lng, lat) => {
    for (const crs of ["GCJ02", "BD09"] as const)
      expect(metres(toCgcs2000([lng, lat], crs), [lng, lat])).toBeLessThan(
        2_000,
      );
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
