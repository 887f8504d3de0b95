import { describe, expect, it } from "vitest";
import type { Area } from "../../contract/area.ts";
import { createAreaIndex } from "./areas.ts";

const square = (
  kind: Area["kind"],
  code: string,
  [west, south, side]: [number, number, number],
): Area => ({
  ...{ kind, code, nameZh: code, nameEn: code, parent: null },
  responsible: null,
  polygons: [
    [
      [
        [west, south],
        [west + side, south],
        [west + side, south + side],
        [west, south + side],
        [west, south],
      ],
    ],
  ],
});

describe("where a point lies", () => {
  const TOWN = square("town", "999001001", [120, 30, 1]);
  const { gridAt } = createAreaIndex([
    square("river", "R1", [120, 30, 1]),
    TOWN,
    square("grid", "999001001001001", [120, 30, 0.5]),
    square("grid", "999001001002001", [120.5, 30, 0.5]),
  ]);

  it("is told by its grid, by its town where the town has none there", () => {
    expect(gridAt(120.1, 30.1)).toBe("999001001001001");
    expect(gridAt(120.6, 30.2)).toBe("999001001002001");
    expect(gridAt(120.1, 30.9)).toBe("999001001");
  });

  it("is nowhere outside, and where the pack has no areas", () => {
    expect(gridAt(119.9, 30.1)).toBeNull();
    expect(gridAt(NaN, 30.1)).toBeNull();
    expect(createAreaIndex([]).gridAt(120.1, 30.1)).toBeNull();
  });

  it("is the same as by looking at every grid of a city of thousands", () => {
    const SIDE = 60;
    const grids = Array.from({ length: SIDE * SIDE }, (_, i) =>
      square("grid", String(10 ** 14 + i), [
        120 + (i % SIDE) / SIDE,
        30 + Math.floor(i / SIDE) / SIDE,
        1 / SIDE,
      ]),
    );
    const index = createAreaIndex(grids);
    for (let i = 0; i < 500; i++) {
      const [x, y] = [(i * 0.618034) % 1, (i * 0.754877) % 1];
      const by = 10 ** 14 + Math.floor(y * SIDE) * SIDE + Math.floor(x * SIDE);
      expect(index.gridAt(120 + x, 30 + y)).toBe(String(by));
    }
  });
});
