import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { District } from "../../contract/city.ts";
import type { WarningArea } from "../../contract/warning.ts";
import { createCityShape } from "./city-shape.ts";
import { createDistrictIndex, inRing } from "./geometry.ts";

type Position = [number, number];

const square = (west: number, south: number, size: number): Position[] => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];
const district = (code: string, ...rings: Position[][]): District => ({
  code,
  nameZh: code,
  nameEn: code,
  polygons: [rings],
});
const area = (change: Partial<WarningArea>): WarningArea => ({
  description: "",
  polygons: [],
  circles: [],
  geocodes: [],
  ...change,
});

/** A ragged ring around a centre, as a river or a coast draws it. */
const ragged = (lng: number, lat: number, seed: number): Position[] => {
  const ring = Array.from({ length: 60 }, (_, i): Position => {
    const turn = (i / 60) * 2 * Math.PI;
    const radius = 0.3 + 0.15 * Math.sin(seed + i * i * 0.7);
    return [lng + radius * Math.cos(turn), lat + radius * Math.sin(turn)];
  });
  return [...ring, ring[0]!];
};

describe("the district of a point", () => {
  const lake = square(120.4, 30.4, 0.2);
  const { districtAt } = createDistrictIndex([
    district("around", square(120, 30, 1), lake),
    district("beside", square(121, 30, 1)),
  ]);

  it.each([
    [120.1, 30.1, "around"],
    [121.9, 30.9, "beside"],
    [120.5, 30.5, null],
    [119.9, 30.5, null],
    [500, -500, null],
    [NaN, 30, null],
  ])("%d, %d is %s", (lng, lat, code) => {
    expect(districtAt(lng, lat)).toBe(code);
  });

  it("is the same by the grid as by walking every border", () => {
    const districts = [
      district("a", ragged(120, 30, 1)),
      district("b", ragged(121, 30, 2)),
      district("c", ragged(120.5, 30.9, 3)),
    ];
    const index = createDistrictIndex(districts);
    const walked = (lng: number, lat: number) =>
      districts.find(({ polygons }) => inRing(lng, lat, polygons[0]![0]!))
        ?.code ?? null;
    const place = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(place, place, (x, y) => {
        const [lng, lat] = [120.5 + x, 30.4 + y];
        return index.districtAt(lng, lat) === walked(lng, lat);
      }),
      { seed: 5, numRuns: 3000 },
    );
  });
});

describe("a warning's area meets the city", () => {
  const city = createCityShape(
    [district("330101", square(120, 30, 1))],
    "3301",
  );
  /** The areas are small: it never gives way. */
  const meets = (change: Partial<WarningArea>) =>
    city.meets([area(change)]).next().value;

  it.each<[string, Partial<WarningArea>, boolean]>([
    ["lies inside it", { polygons: [square(120.4, 30.4, 0.1)] }, true],
    ["holds all of it", { polygons: [square(110, 20, 30)] }, true],
    ["crosses its border", { polygons: [square(120.9, 30.9, 1)] }, true],
    [
      "crosses it without a corner inside",
      {
        polygons: [
          [
            [119, 30.4],
            [122, 30.4],
            [122, 30.6],
            [119, 30.6],
            [119, 30.4],
          ],
        ],
      },
      true,
    ],
    ["lies beside it", { polygons: [square(122, 30, 1)] }, false],
    [
      "is a circle that reaches it",
      { circles: [{ lng: 121.05, lat: 30.5, radius: 10_000 }] },
      true,
    ],
    [
      "is a circle that does not reach it",
      { circles: [{ lng: 121.2, lat: 30.5, radius: 10_000 }] },
      false,
    ],
    [
      "names its region and draws nothing",
      { geocodes: [{ name: "region", value: "330101" }] },
      true,
    ],
    [
      "names another region",
      { geocodes: [{ name: "region", value: "440300" }] },
      false,
    ],
  ])("where it %s", (_what, change, result) => {
    expect(meets(change)).toBe(result);
  });

  it("says the same as every edge compared with every other", () => {
    const districts = [
      district("a", ragged(120, 30, 1)),
      district("b", ragged(121, 30, 2)),
      district("c", ragged(120.5, 30.9, 3)),
    ];
    const rings = districts.map(({ polygons }) => polygons[0]![0]!);
    const shape = createCityShape(districts, "3301");
    const around = fc.double({ min: -2, max: 2, noNaN: true });
    const size = fc.double({ min: 0.001, max: 1.5, noNaN: true });
    fc.assert(
      fc.property(around, around, size, fc.nat(9), (x, y, size, seed) => {
        const ring = ragged(120.5, 30.4, seed).map(([lng, lat]): Position => [
          120.5 + x + (lng - 120.5) * size,
          30.4 + y + (lat - 30.4) * size,
        ]);
        const met = shape.meets([area({ polygons: [ring] })]).next().value;
        return met === rings.some((other) => share(ring, other));
      }),
      { seed: 5, numRuns: 3000 },
    );
  });

  it("gives way while it compares the longest ring that nothing meets", () => {
    // A comb in the corner of the city's box that no district fills.
    const city = createCityShape(
      [district("a", square(120, 30, 1)), district("b", square(121, 31, 1))],
      "3301",
    );
    const teeth = Array.from({ length: 4_998 }, (_, i): Position => [
      121.1 + i / 10_000,
      i % 2 ? 30.1 : 30.9,
    ]);
    const comb = [...teeth, [121.6, 30.05], teeth[0]!] as Position[];
    const work = city.meets([area({ polygons: [comb] })]);
    let turns = 0;
    while (!work.next().done) turns++;
    expect(turns).toBeGreaterThan(5);
  });
});

/** Plainly: a corner of one in the other, or edges that cross. */
function share(a: Position[], b: Position[]): boolean {
  const side = (p: Position, q: Position, r: Position) =>
    (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]);
  const cross = (p: Position, q: Position, r: Position, s: Position) =>
    side(p, q, r) * side(p, q, s) <= 0 && side(r, s, p) * side(r, s, q) <= 0;
  return (
    inRing(...a[0]!, b) ||
    inRing(...b[0]!, a) ||
    a.some(
      (corner, i) =>
        i > 0 &&
        b.some(
          (other, j) => j > 0 && cross(a[i - 1]!, corner, b[j - 1]!, other),
        ),
    )
  );
}
