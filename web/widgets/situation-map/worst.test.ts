import { expect, it } from "vitest";
import { incident } from "../../preview/sample.ts";
import { spokenDistance } from "../../map/spoken-distance.ts";
import { worstIncidents } from "./worst.ts";

const titles = (found: readonly { title: string }[]) =>
  found.map(({ title }) => title);

it("lets only the worst priority shout, newest first", () => {
  const found = worstIncidents(
    [
      incident(3, "old", { priority: 2 }),
      incident(1, "new", { priority: 2 }),
      incident(2, "lamp", { priority: 3 }),
    ],
    2,
  );
  expect(titles(found)).toEqual(["new", "old"]);
});

it("is quiet on a calm day", () => {
  expect(worstIncidents([incident(1, "lamp", { priority: 4 })], 2)).toEqual([]);
});

it("never lets shout what nobody judged, has no place or is history", () => {
  const found = worstIncidents(
    [
      incident(1, "unjudged", { priority: null }),
      incident(2, "nowhere", { priority: 1, lng: null }),
      incident(3, "imported", { priority: 1, historic: true }),
    ],
    4,
  );
  expect(found).toEqual([]);
});

it("lets no more than a handful shout", () => {
  const many = Array.from({ length: 40 }, (_, i) =>
    incident(i, "flood", { priority: 1 }),
  );
  expect(worstIncidents(many, 2)).toHaveLength(6);
});

it("speaks distances as people do", () => {
  expect(spokenDistance(123)).toEqual({ key: "metres", n: "120" });
  expect(spokenDistance(1_380)).toEqual({ key: "kilometres", n: "1.4" });
});
