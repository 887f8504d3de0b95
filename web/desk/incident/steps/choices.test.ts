import { expect, it } from "vitest";
import { centresFor, nearestFirst } from "./choices.ts";

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

it("a matter is passed down to its own district's centre first, and not to the one that has it", () => {
  const centres = [
    { code: "EAST", district: "990101" },
    { code: "HILLS", district: null },
    { code: "WEST", district: "990102" },
  ];
  const to = (district: string | null, centre: string | null) =>
    centresFor(centres, { district, centre });
  expect(to("990102", null)).toEqual(["WEST", "EAST", "HILLS"]);
  expect(to(null, null)).toEqual(["EAST", "HILLS", "WEST"]);
  expect(to("990102", "WEST")).toEqual(["EAST", "HILLS"]);
});
