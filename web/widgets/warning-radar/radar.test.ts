import { describe, expect, it } from "vitest";
import type { State } from "../../../contract/level.ts";
import type { Sign } from "../../live/indicator.ts";
import { apart, linesOf, reachOf } from "./names.ts";
import { alarmsOf, themesOf } from "./themes.ts";

const sign = (theme: string, state: State, since = 0, heard = true) =>
  ({
    id: `${theme}.${state}`,
    row: { theme },
    view: heard ? { since } : null,
    state,
  }) as unknown as Sign;

describe("the radar's themes", () => {
  it("show their worst sign", () => {
    const [water, traffic] = themesOf(
      [
        sign("water", "normal"),
        sign("water", "orange"),
        sign("traffic", "normal"),
      ],
      [],
    );
    expect(water?.worst).toBe("orange");
    expect(traffic?.worst).toBe("normal");
  });

  it("are stale only when nothing is heard of them, never green", () => {
    const silent = [sign("heat", "stale"), sign("heat", "none", 0, false)];
    expect(themesOf(silent, [])[0]?.worst).toBe("stale");
    expect(themesOf([...silent, sign("heat", "normal")], [])[0]?.worst).toBe(
      "normal",
    );
  });

  it("can be chosen", () =>
    expect(
      themesOf([sign("water", "red"), sign("heat", "red")], ["heat"]),
    ).toHaveLength(1));

  it("list alarms worst first, then the longest lasting", () => {
    const themes = themesOf(
      [sign("a", "blue"), sign("b", "red", 50), sign("c", "red", 20)],
      [],
    );
    const order = alarmsOf(themes).map((one) => one.row?.theme);
    expect(order).toEqual(["c", "b", "a"]);
  });
});

describe("a theme's name beside the radar", () => {
  it("needs the room of its longest line, in letters that are not all as wide", () => {
    expect(reachOf("Culture and tourism")).toBe(reachOf("Culture and"));
    expect(reachOf("Management")).toBeGreaterThan(reachOf("Utilities"));
    expect(reachOf("公共安全与视频")).toBe(reachOf("公共安全"));
    expect(reachOf("公共安全")).toBeGreaterThan(reachOf("水务"));
  });

  it("stands on one line where it fits, else on two or three", () => {
    expect(linesOf("水务")).toEqual(["水务"]);
    expect(linesOf("公共安全与视频")).toEqual(["公共安全", "与视频"]);
    expect(linesOf("Culture and tourism")).toEqual(["Culture and", "tourism"]);
    expect(linesOf("Public safety and video")).toEqual([
      "Public",
      "safety and",
      "video",
    ]);
  });

  it("never lies on its neighbour, and moves no further than it must", () => {
    const heights = [14, 42, 14, 14];
    const wanted = [0, 10, 20, 200];
    const found = apart(
      wanted.map((middle, i) => ({ middle, height: heights[i]! })),
    );
    for (let i = 1; i < found.length; i++)
      expect(found[i]! - found[i - 1]!).toBeGreaterThanOrEqual(
        (heights[i]! + heights[i - 1]!) / 2,
      );
    expect(found[3]).toBe(200);
  });
});
