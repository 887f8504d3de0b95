import { expect, it } from "vitest";
import { readAccounts } from "./accounts.ts";

const CITY = {
  departments: [{ code: "URBAN" }, { code: "WATER" }],
  districts: [{ code: "990102" }, { code: "990103" }],
};

it("gives whoever works in a city the departments and districts that are named, and all where none is", () =>
  expect(
    readAccounts(
      "login,role,nameZh,nameEn,departments,districts,staff\n" +
        "handler-urban,deptHandler,城管局经办,Urban,URBAN;WATER,,\n" +
        "grid-2,gridWorker,二区网格员,,,990103,true\n",
      CITY,
    ),
  ).toEqual([
    {
      ...{ login: "handler-urban", role: "deptHandler" },
      ...{ nameZh: "城管局经办", nameEn: "Urban" },
      scope: { departments: ["URBAN", "WATER"], districts: null },
      isStaff: false,
    },
    {
      ...{ login: "grid-2", role: "gridWorker" },
      ...{ nameZh: "二区网格员", nameEn: "" },
      scope: { departments: null, districts: ["990103"] },
      isStaff: true,
    },
  ]));

it("names the line of a role, a department or a district that the city lacks, and of a login said twice", () =>
  expect(() =>
    readAccounts(
      "login,role,nameZh,departments,districts\n" +
        "a,mayor,甲,,\n" +
        "b,deptHandler,乙,MOON,\n" +
        "c,gridWorker,丙,,990199\n" +
        "d,gridWorker,丁,,\n" +
        "d,gridWorker,戊,,\n",
      CITY,
    ),
  ).toThrow(
    [
      'accounts.csv line 2, column role is "mayor": there is no role mayor',
      'accounts.csv line 3, column departments is "MOON": the city has no department MOON',
      'accounts.csv line 4, column districts is "990199": the city has no district 990199',
      "accounts.csv line 6: d stands on line 5 already",
    ].join("\n"),
  ));
