import { expect, it } from "vitest";
import { instantOf, isoIn } from "./zone.ts";

it.each([
  ["Asia/Shanghai", "2013-03-01T00:00:00.000+08:00"],
  ["America/New_York", "2015-01-01T12:25:23.000-05:00"],
  ["America/New_York", "2015-07-01T12:25:23.000-04:00"],
  ["America/Los_Angeles", "2012-03-01T00:00:00.000-08:00"],
  ["Asia/Kolkata", "2020-01-01T05:15:00.000+05:30"],
])("reads and writes %s times with their offset: %s", (zone, text) => {
  const local = Date.parse(`${text.slice(0, 23)}Z`);
  expect(instantOf(zone, local)).toBe(Date.parse(text));
  expect(isoIn(zone, Date.parse(text))).toBe(text);
});

it("takes the first of the hour that autumn gives twice", () => {
  const local = Date.UTC(2015, 10, 1, 1, 30);
  expect(instantOf("America/New_York", local)).toBe(
    Date.parse("2015-11-01T01:30:00-04:00"),
  );
});
