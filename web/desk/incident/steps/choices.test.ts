import { expect, it } from "vitest";
import { nearestFirst } from "./choices.ts";

it("incidents to merge into are offered from the nearest on, those without a place last", () => {
  const rows = [
    { id: "nowhere", lng: null, lat: null },
    { id: "far", lng: 120.2, lat: 30 },
    { id: "near", lng: 120.001, lat: 30 },
  ];
  const idsFrom = (lng: number | null) =>
    nearestFirst(rows, { lng, lat: lng && 30 }).map(({ id }) => id);
  expect(idsFrom(120)).toEqual(["near", "far", "nowhere"]);
  expect(idsFrom(120.2)).toEqual(["far", "near", "nowhere"]);
  expect(idsFrom(null)).toEqual(["nowhere", "far", "near"]);
});
