import fc from "fast-check";
import { expect, it } from "vitest";
import { metresBetween } from "./grid.ts";
import { createNeighbours, type Neighbour } from "./neighbours.ts";

const neighbour = (n: number, east: number | null): Neighbour => ({
  ...{ id: `${n}`, category: "lamp", department: "URBAN", halvings: 0 },
  ...{ departments: [], district: null },
  ...{ lng: east === null ? null : 120 + east * 0.0005, lat: 32 },
});
const KEPT = 20;

it("finds what a look at all that is kept finds, whatever came and went before", () => {
  const east = fc.oneof(fc.constant(null), fc.nat(30));
  const step = fc.record({ east, drop: fc.boolean(), which: fc.nat(30) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.nat(30), (steps, at) => {
      const live = createNeighbours(KEPT, 300);
      let kept: Neighbour[] = [];
      steps.forEach(({ east, drop, which }, n) => {
        if (drop && n % 3 === 0) {
          const known = kept.find(({ id }) => id === `${which}`);
          expect(live.delete(`${which}`)).toBe(known);
          kept = kept.filter((one) => one !== known);
        } else {
          const one = neighbour(n, east);
          live.add(one);
          kept = [...kept, one].slice(-KEPT);
        }
      });
      const lng = 120 + at * 0.0005;
      const expected = kept
        .filter((one) => one.lng !== null)
        .map((one) => [one.id, metresBetween(lng, 32, one.lng!, 32)] as const)
        .filter(([, distance]) => distance <= 300)
        .sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1));
      const found = live.near(lng, 32, 300, KEPT);
      expect(
        found.map(({ neighbour, distance }) => [neighbour.id, distance]),
      ).toEqual(expected);
      expect(live.size).toBe(kept.length);
    }),
    { seed: 20261126, numRuns: 200 },
  );
});
