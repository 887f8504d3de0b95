import { expect, it } from "vitest";
import type { LimitStage, MatterClass } from "../../contract/limit.ts";
import { limitFor } from "../../server/hub/incidents/limits.ts";
import { categoryCode, createCategories } from "./categories.ts";

const { categories, limits } = createCategories();

/** The limit of a category of the invented city, as `4 workHour`. */
function limit(
  nameZh: string,
  matterClass: MatterClass = "A",
  stage: LimitStage = "handle",
): string {
  const category = categoryCode(categories, nameZh);
  const { parent } = categories.find(({ code }) => code === category)!;
  const found = limitFor(limits, {
    category,
    parents: parent === null ? [] : [parent],
    matterClass,
    stage,
  });
  return `${found?.amount} ${found?.type}`;
}

it.each<[string, MatterClass, string]>([
  ["暴露垃圾", "A", "4 workHour"],
  ["积存垃圾渣土", "A", "4 workHour"],
  ["积存垃圾渣土", "B", "2 workDay"],
  ["道路不洁", "A", "2 workHour"],
  ["道路不洁", "B", "4 workHour"],
  ["绿地", "A", "5 workDay"],
  ["私搭乱建", "A", "4 workHour"],
  ["私搭乱建", "B", "7 workDay"],
  ["私搭乱建", "C", "20 workDay"],
])("%s of class %s takes what city A allows (domain.md §5)", (name, of, said) =>
  expect(limit(name, of)).toBe(said),
);

it("a fire at night does not wait for the office, a street light does", () => {
  expect(limit("火灾警情", "A", "accept")).toBe("0.1 urgentHour");
  expect(limit("电力井盖", "A", "sign")).toBe("0.25 urgentHour");
  expect(limit("路灯", "A", "accept")).toBe("0.5 workHour");
});

it("says of every row that it is demo data", () =>
  expect(limits.filter(({ note }) => !note.includes("demo data"))).toEqual([]));
