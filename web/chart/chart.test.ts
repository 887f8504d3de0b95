import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../contract/time.ts";
import { bandsOf, limitsOf } from "../live/bands.ts";
import { dialRange, shareOf } from "./dial.ts";
import { optionOf, type Picture } from "./option.ts";
import type { Palette } from "./palette.ts";
import { createStagger } from "./stagger.ts";
import { timeTicks, valueRange, valueTicks } from "./ticks.ts";

const ZONE = "Asia/Shanghai";
const EIGHT = Date.parse("2026-11-20T08:00:00+08:00");

describe("the time axis", () => {
  it("has its marks on whole hours of the city, wherever the browser stands", () => {
    const ticks = timeTicks(EIGHT - DAY, EIGHT, ZONE, 6);
    expect(ticks.map((at) => new Date(at).toISOString().slice(11, 16))).toEqual(
      ["00:00", "04:00", "08:00", "12:00", "16:00", "20:00", "00:00"],
    );
  });

  it("has fewer marks where there is less room", () => {
    for (const most of [2, 4, 8])
      expect(
        timeTicks(EIGHT - DAY, EIGHT, ZONE, most).length,
      ).toBeLessThanOrEqual(most + 1);
  });
});

describe("the value axis", () => {
  it("starts at zero where the values are near it", () =>
    expect(valueRange([2, 9])).toEqual({ min: 0, max: 10 }));

  it("does not start at zero where that would flatten the line", () =>
    expect(valueRange([98.2, 99.1]).min).toBeGreaterThan(90));

  it("shows the next limit that is near, and not the far ones", () =>
    expect(valueRange([8, 13], [15, 25, 40]).max).toBeLessThan(25));

  it("shows a flat line against its nearest limit", () =>
    expect(valueRange([0, 0], [5, 15]).max).toBeGreaterThanOrEqual(5));

  it("has a range even where there is nothing", () => {
    expect(valueRange([])).toEqual({ min: 0, max: 1 });
    expect(valueRange([0]).max).toBeGreaterThan(0);
    expect(valueRange([null, null]).max).toBeGreaterThan(0);
  });

  it("has at least two round marks", () => {
    expect(valueTicks({ min: 0, max: 10 }, 3)).toEqual([0, 5, 10]);
    expect(valueTicks({ min: 38, max: 47 }, 2).length).toBeGreaterThan(1);
  });
});

describe("a dial", () => {
  it("runs to a hundred for shares, further where a limit does", () => {
    const share = { unit: "%", direction: "L" as const };
    expect(dialRange(share, [], 40)).toEqual({ min: 0, max: 100 });
    const limits = limitsOf({ blue: 80, red: 120 }, null);
    expect(dialRange(share, limits, 40).max).toBeGreaterThan(120);
  });

  it("does not move its scale with the value", () => {
    const limits = limitsOf({ blue: 4, red: 8 }, null);
    const row = { unit: "0–10", direction: "L" as const };
    expect(dialRange(row, limits, 3)).toEqual(dialRange(row, limits, 300));
    expect(shareOf(300, dialRange(row, limits, 300))).toBe(1);
  });
});

describe("a chart", () => {
  const palette = {
    text: "#text",
    second: "#second",
    line: "#line",
    ground: "#ground",
    accent: "#accent",
    stale: "#stale",
    level: { red: "#r", orange: "#o", yellow: "#y", blue: "#b", normal: "#n" },
    series: ["#1", "#2"],
    band: 0.1,
  } satisfies Palette;
  const paper = { palette, zone: ZONE, unit: 1, width: 500, height: 200 };
  const limits = limitsOf({ blue: 5, red: 40 }, null);
  const picture: Picture = {
    tracks: [
      {
        kind: "line",
        ink: "accent",
        at: [EIGHT - 2 * HOUR, EIGHT - HOUR, EIGHT],
        value: [1, null, 9],
      },
    ],
    from: EIGHT - 2 * HOUR,
    to: EIGHT,
    limits,
    bands: bandsOf(limits, "L"),
  };
  type Drawn = {
    data: unknown[];
    connectNulls: boolean;
    markArea: { data: { yAxis: number }[][] };
  };
  const drawn = optionOf(picture, paper).series as unknown as Drawn[];

  it("draws a gap as a gap", () => {
    expect(drawn[0]!.data[1]).toEqual([EIGHT - HOUR, "-"]);
    expect(drawn[0]!.connectNulls).toBe(false);
  });

  it("draws thresholds as bands that end at the edge of the chart", () => {
    const bands = drawn[1]!.markArea.data;
    expect(bands).toHaveLength(1);
    for (const edge of bands.flat()) expect(edge.yAxis).toBeLessThan(41);
  });

  it("never moves", () =>
    expect(optionOf(picture, paper).animation).toBe(false));

  it("says the hour of the city on its axis", () => {
    const { axisLabel } = optionOf(picture, paper).xAxis as unknown as {
      axisLabel: { formatter: (at: number) => string };
    };
    expect(axisLabel.formatter(EIGHT)).toBe("08:00");
  });
});

describe("many charts that change together", () => {
  it("are drawn over several frames, each once", () => {
    let now = 0;
    const frames: (() => void)[] = [];
    const stagger = createStagger(
      (paint) => void frames.push(paint),
      () => now,
    );
    const counts = [0, 0, 0, 0];
    const draws = counts.map((_, i) => () => {
      counts[i]!++;
      now += 4;
    });
    for (const draw of [...draws, ...draws]) stagger.ask(draw);
    frames.shift()!();
    expect(counts).toEqual([1, 1, 0, 0]);
    while (frames.length > 0) frames.shift()!();
    expect(counts).toEqual([1, 1, 1, 1]);
  });

  it("forget a chart that is gone", () => {
    const frames: (() => void)[] = [];
    const stagger = createStagger((paint) => void frames.push(paint));
    const draw = () => expect.unreachable();
    stagger.ask(draw);
    stagger.drop(draw);
    for (const paint of frames) paint();
  });
});
