import { expect, it } from "vitest";
import { boundsOf, circle, distance, mercator, outline } from "./places.ts";

it("measures a degree of latitude as 111 km", () => {
  expect(distance([120, 31], [120, 32])).toBeCloseTo(111_195, -2);
});

it("draws a circle whose every corner is as far as its radius", () => {
  const ring = circle([123.4, 31.7], 5_000);
  expect(ring[0]).toEqual(ring.at(-1));
  for (const corner of ring) {
    const far = distance([123.4, 31.7], corner);
    expect(Math.abs(far - 5_000)).toBeLessThan(25);
  }
});

it("places Greenwich's equator in the middle of the Mercator world", () => {
  expect(mercator(0, 0)).toEqual([0.5, 0.5]);
  expect(mercator(180, 0)[0]).toBe(1);
});

it("finds no box around nothing", () => {
  expect(boundsOf([])).toBeNull();
  expect(
    boundsOf([
      [
        [1, 2],
        [3, 0],
      ],
    ]),
  ).toEqual([1, 0, 3, 2]);
});

it("keeps of two districts that touch only the city's outline", () => {
  const west = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
    [0, 0],
  ] as const;
  const east = [
    [1, 0],
    [2, 0],
    [2, 1],
    [1, 1],
    [1, 0],
  ] as const;
  const [line, ...others] = outline([west, east]);
  expect(others).toEqual([]);
  expect(line).toHaveLength(7);
  expect(line).not.toContainEqual([1, 0.5]);
  expect(line![0]).toEqual(line!.at(-1));
});
