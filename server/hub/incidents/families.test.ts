import { expect, it } from "vitest";
import { createFamilies } from "./families.ts";

it("counts reports of one matter, be they told twice, taken out or moved to another", () => {
  const families = createFamilies();
  const tell = (id: string, parent: string | null) =>
    families.tell({ id, parent });
  expect(tell("alone", null)).toEqual([]);
  expect(tell("a", "flood")).toEqual(["flood"]);
  expect(tell("b", "flood")).toEqual(["flood"]);
  expect(tell("b", "flood")).toEqual([]);
  expect(families.count("flood")).toBe(2);
  expect(tell("b", "fire")).toEqual(["flood", "fire"]);
  expect(tell("a", null)).toEqual(["flood"]);
  expect([families.count("flood"), families.count("fire")]).toEqual([0, 1]);
});
