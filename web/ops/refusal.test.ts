import { expect, it } from "vitest";
import { refusalOf, troubleOf } from "./refusal.ts";

it("tells a message that cannot be read from an item of it", () => {
  expect(refusalOf("")).toEqual({ kind: "whole", n: null, field: "" });
  expect(refusalOf("/0")).toEqual({ kind: "item", n: 1, field: "" });
});

it("tells a place, an instant, a value and a name by the field that holds it", () => {
  expect(refusalOf("/2/lng")).toEqual({ kind: "place", n: 3, field: "lng" });
  expect(refusalOf("/0/reportedAt").kind).toBe("time");
  expect(refusalOf("/11/value")).toEqual({
    kind: "value",
    n: 12,
    field: "value",
  });
  expect(refusalOf("/0/indicator").kind).toBe("name");
});

it("keeps the sender's own name of any other field, and of one in a list", () => {
  expect(refusalOf("/4/level")).toEqual({
    kind: "field",
    n: 5,
    field: "level",
  });
  expect(refusalOf("/info/0/area/1/polygon")).toEqual({
    ...{ kind: "place", n: null, field: "polygon" },
  });
});

it("splits what a feed's health says last into place and sentence", () => {
  expect(troubleOf("/0/lng: 122.9, 31.8 lies outside the city")).toEqual({
    path: "/0/lng",
    message: "122.9, 31.8 lies outside the city",
  });
  expect(troubleOf(": the text is not JSON").path).toBe("");
  expect(troubleOf("connect ECONNREFUSED 10.0.0.1:1883")).toEqual({
    path: null,
    message: "connect ECONNREFUSED 10.0.0.1:1883",
  });
});
