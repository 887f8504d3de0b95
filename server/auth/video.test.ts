import { expect, it } from "vitest";
import type { View } from "../../contract/data-scope.ts";
import { mayOpen } from "./video.ts";

const view = (
  departments: string[] | null,
  districts: string[] | null = null,
): View => ({ departments, districts, masking: "personal" });
const camera = (shareScope: string, district: string | null = "west") => ({
  ...{ department: "TRANS", shareScope, district },
});

it.each([
  // A person of another department, of the owner's, of every one.
  ["", false, true, true],
  ["public", true, true, true],
  ["ALL", true, true, true],
  ["全市共享", true, true, true],
  ["department", false, true, true],
  ["owner", false, true, true],
  ["部门共享", false, true, true],
  ["不共享", false, true, true],
  ["a word that nobody knows", false, true, true],
])("shared as %j: other department %s, owner %s, city %s", (word, ...may) => {
  for (const [i, departments] of [["POLICE"], ["TRANS"], null].entries())
    expect(
      mayOpen({ kind: "person", view: view(departments) }, camera(word)),
    ).toBe(may[i]);
});

it("no sharing reaches beyond a viewer's districts", () => {
  const who = { kind: "person" as const, view: view(["POLICE"], ["east"]) };
  expect(mayOpen(who, camera("public"))).toBe(false);
  expect(mayOpen(who, camera("public", "east"))).toBe(true);
  expect(mayOpen(who, camera("public", null))).toBe(false);
});

it("a wall opens what lies within its view, and nothing that is not shared beyond the owner", () => {
  const wall = (departments: string[] | null) => ({
    ...{ kind: "device" as const, view: view(departments) },
  });
  expect(mayOpen(wall(["POLICE"]), camera("public"))).toBe(true);
  expect(mayOpen(wall(["POLICE"]), camera(""))).toBe(false);
  expect(mayOpen(wall(["TRANS", "POLICE"]), camera("public"))).toBe(true);
  expect(mayOpen(wall(null), camera("部门共享"))).toBe(true);
  expect(mayOpen(wall(null), camera("不共享"))).toBe(false);
  expect(mayOpen(wall(["TRANS", "POLICE"]), camera("不共享"))).toBe(false);
  expect(mayOpen(wall(["TRANS"]), camera("不共享"))).toBe(true);
});

it("who sees nothing is shared nothing", () =>
  expect(mayOpen({ kind: "person", view: view([]) }, camera("public"))).toBe(
    false,
  ));
