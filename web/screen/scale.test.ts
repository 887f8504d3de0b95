import { describe, expect, it } from "vitest";
import { readWallQuery } from "./query.ts";
import { fit, unitOf, type Tile } from "./scale.ts";

const canvas = { width: 1920, height: 1080 };
const tall = { width: 1000, height: 1080 };

describe("a canvas in a viewport", () => {
  it("shows whole and centred with contain", () => {
    const { x, y, scaleX, scaleY } = fit("contain", canvas, tall);
    expect(scaleX).toBe(scaleY);
    expect(scaleX).toBeCloseTo(1000 / 1920);
    expect(x).toBeCloseTo(0);
    expect(y).toBeCloseTo((1080 - 1080 * scaleX) / 2);
  });

  it("leaves no edge empty with cover", () => {
    const { x, y, scaleX } = fit("cover", canvas, tall);
    expect(scaleX).toBe(1);
    expect(x).toBeCloseTo((1000 - 1920) / 2);
    expect(y).toBeCloseTo(0);
  });

  it("fits its width or its height and keeps the upper left corner", () => {
    expect(fit("width", canvas, tall).scaleX).toBeCloseTo(1000 / 1920);
    const high = fit("height", canvas, tall);
    expect(high.scaleX).toBe(1);
    expect(high.x).toBe(0);
  });

  it("fills both ways with stretch", () => {
    const { scaleX, scaleY } = fit("stretch", canvas, tall);
    expect([scaleX, scaleY]).toEqual([1000 / 1920, 1]);
  });

  it("keeps real pixels with none", () => {
    const { x, y, scaleX } = fit("none", canvas, {
      width: 3840,
      height: 2160,
    });
    expect([x, y, scaleX]).toEqual([960, 540, 1]);
  });
});

describe("a wall of several machines", () => {
  const wall = { width: 3840, height: 1080 };
  const pane = { width: 1920, height: 1080 };
  const tile = (col: number, bezel = 0): Tile => ({
    col,
    row: 0,
    cols: 2,
    rows: 1,
    bezel,
  });

  it("shows each machine its own part", () => {
    expect(fit("contain", wall, pane, tile(0)).x).toBe(0);
    expect(fit("contain", wall, pane, tile(1)).x).toBe(-1920);
  });

  it("hides what lies behind the frames between the screens", () => {
    const right = fit("stretch", wall, pane, tile(1, 40));
    expect(right.x).toBe(-1960);
    expect(right.scaleX).toBeCloseTo(3880 / 3840);
  });
});

describe("sizes", () => {
  it("grow with the height of a lying canvas and the width of a standing one", () => {
    expect(unitOf(canvas)).toBe(1);
    expect(unitOf({ width: 7680, height: 2160 })).toBe(2);
    expect(unitOf({ width: 1080, height: 1920 })).toBe(1);
  });
});

describe("a wall's address", () => {
  it("says how it is shown", () => {
    const asked = readWallQuery({
      scale: "cover",
      tile: "1,0,2,1",
      bezel: "12",
      theme: "light",
      lang: "en",
      kiosk: null,
      "var-district": "990103",
    });
    expect(asked).toMatchObject({
      scale: "cover",
      tile: { col: 1, row: 0, cols: 2, rows: 1, bezel: 12 },
      theme: "light",
      language: "en",
      kiosk: true,
      district: "990103",
    });
  });

  it.each(["2,0,2,1", "0,0", "a,b,c,d", "-1,0,2,1", "0,0,0,0"])(
    "does not believe in the tile %s",
    (tile) => expect(readWallQuery({ tile }).tile).toBeNull(),
  );

  it("falls back to what is always right", () =>
    expect(readWallQuery({ scale: "huge", theme: "pink", lang: "fr" })).toEqual(
      {
        scale: "contain",
        tile: null,
        theme: null,
        language: null,
        kiosk: false,
        still: false,
        district: null,
      },
    ));
});
