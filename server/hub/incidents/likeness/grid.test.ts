import fc from "fast-check";
import { expect, it } from "vitest";
import { cellOf, cellsAround, metresBetween } from "./grid.ts";

it("a hundredth of a degree of latitude is 1,112 metres, of longitude in Boston 822", () => {
  expect(metresBetween(120, 32, 120, 32.01)).toBeCloseTo(1_111.95, 1);
  expect(metresBetween(-71, 42.35, -70.99, 42.35)).toBeCloseTo(821.8, 0);
});

it("whatever lies within the radius lies in one of the cells around", () => {
  const degrees = (least: number, most: number) =>
    fc.double({ min: least, max: most, noNaN: true });
  fc.assert(
    fc.property(
      ...[degrees(-179, 179), degrees(-65, 65)],
      ...[degrees(-1, 1), degrees(-1, 1)],
      ...[
        fc.integer({ min: 50, max: 2_000 }),
        fc.integer({ min: 50, max: 2_000 }),
      ],
      (lng, lat, east, north, radius, metres) => {
        const wide = radius / 111_195;
        const other: [number, number] = [
          lng + (east * wide) / Math.cos((lat * Math.PI) / 180),
          lat + north * wide,
        ];
        fc.pre(metresBetween(lng, lat, ...other) <= radius);
        expect(cellsAround(lng, lat, radius, metres)).toContain(
          cellOf(...other, metres),
        );
      },
    ),
    { seed: 20261126, numRuns: 1_000 },
  );
});
