import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { writeCity } from "../../test/kit/city.ts";
import { makeFolder } from "../../test/kit/folder.ts";
import { limitFor } from "../hub/incidents/limits.ts";
import { readCityPack } from "./pack.ts";

const folder = makeFolder("pack");
afterAll(() => folder.remove());

let cityDir = "";
beforeEach(() => {
  rmSync(join(folder.path, "city"), { recursive: true, force: true });
  ({ cityDir } = writeCity(folder.path, { feeds: [] }));
});

/** The pack with a file more, or with another text in it. */
const packWith = (file: string, ...lines: string[]) => {
  writeFileSync(join(cityDir, file), lines.join("\r\n"));
  return readCityPack(cityDir);
};
const HEADER = "category,matterClass,stage,amount,type,note";

describe("a city pack", () => {
  it("takes a minor category that names no domain to be of its major's", async () => {
    const { categories, city } = await packWith(
      "categories.csv",
      "code,parent,nameZh,nameEn,domain",
      "C01,,公用设施,Utilities,urban",
      "C0101,C01,井盖,Manhole,",
      "R0101,C01,灌渠,Canal,rural",
      "X01,,其他,Other,",
    );
    expect(categories.map(({ domain }) => domain)).toEqual([
      ...["urban", "urban", "rural", null],
    ]);
    expect(city.domains).toEqual([]);
  });

  it("knows each district's centre and the district that it is of", async () => {
    const { centres } = await packWith(
      "departments.csv",
      "code,nameZh,nameEn,role,district",
      "OPS,城运中心,Centre,centre,",
      "WEST,西区中心,West centre,district,999001",
      "FAR,远区中心,Far centre,district,",
    );
    expect(centres).toEqual([
      { code: "WEST", district: "999001" },
      { code: "FAR", district: null },
    ]);
  });

  it("[K20] without limits, calendar and working hours has those of a plain city", async () => {
    const { limits, calendar } = await readCityPack(cityDir);
    const handle = (matterClass: "A" | "B" | "C") =>
      limitFor(limits, {
        category: "pothole",
        parents: [],
        matterClass,
        stage: "handle",
      });
    expect(handle("A")).toEqual({ amount: 1, type: "workDay" });
    expect(handle("C")).toEqual({ amount: 15, type: "workDay" });
    expect(calendar).toEqual({
      hours: [
        { from: "08:00", to: "12:00" },
        { from: "14:00", to: "18:00" },
      ],
      days: [],
    });
  });

  it("[K20] keeps the defaults of those steps alone that its own rows leave open", async () => {
    const { limits } = await packWith(
      "limits.csv",
      HEADER,
      ",,sign,2,workHour,",
      ",A,handle,3,workDay,",
      "pothole,,check,30,urgentHour,",
    );
    const every = limits.filter(({ category }) => category === null);
    const of = (stage: string) =>
      every
        .filter((row) => row.stage === stage)
        .map(({ matterClass, amount }) => `${matterClass ?? "all"} ${amount}`);
    expect(of("sign")).toEqual(["all 2"]);
    expect(of("handle")).toEqual(["A 3", "B 5", "C 15"]);
    expect(of("check")).toEqual(["all 4"]);
  });

  it("[K20] of before, whose limits are those of handling, is taken as it was meant", async () => {
    const { limits } = await packWith(
      "limits.csv",
      "category,grade,type,value,verifyMinutes",
      "pothole,A,workHour,4,120",
    );
    expect(limits[0]).toEqual({
      category: "pothole",
      matterClass: "A",
      stage: "handle",
      amount: 4,
      type: "workHour",
    });
    const { calendar } = await packWith(
      "calendar.csv",
      "date,kind,nameZh,nameEn",
      "2026-01-04,makeUp,元旦调休上班,",
    );
    expect(calendar.days[0]?.kind).toBe("workday");
  });

  it("names line and column of everything that is wrong in its limits", async () => {
    await expect(
      packWith(
        "limits.csv",
        HEADER,
        "pothole,A,handle,4h,workHour,",
        "",
        "crater,A,handle,4,workHours,",
        "pothole,D,sign,0,workHour,",
        "pothole,,check,1,workHour,",
        "pothole,,check,2,workHour,",
      ),
    ).rejects.toThrow(
      [
        'city pack, limits.csv line 2, column amount is "4h": a number is expected',
        'city pack, limits.csv line 4, column type is "workHours": a type is urgentHour, workHour, workDay or naturalDay',
        'city pack, limits.csv line 4, column category is "crater": categories.csv has no such category',
        'city pack, limits.csv line 5, column amount is "0": an amount is 0.01 to 10000',
        'city pack, limits.csv line 5, column matterClass is "D": a class is A, B or C, or blank for all',
        "city pack, limits.csv line 7: check of pothole stands on line 6 already",
      ].join("\n"),
    );
  });

  it("says which column a table does not have", () =>
    expect(packWith("limits.csv", "category,class,type,hours")).rejects.toThrow(
      [
        "city pack, limits.csv line 1: there is no column amount",
        "city pack, limits.csv line 1: there is no column matterClass",
      ].join("\n"),
    ));

  it("names the working hours that end before they begin", async () => {
    const { city } = await readCityPack(cityDir);
    const hours = [{ from: "18:00", to: "08:00" }];
    await expect(
      packWith("city.json", JSON.stringify({ ...city, workingHours: hours })),
    ).rejects.toThrow(
      "city pack, city.json: at /workingHours: working hours follow each other and end after they begin",
    );
  });

  it("has towns, grids and rivers where it tells them, each code once", async () => {
    expect((await readCityPack(cityDir)).areas).toEqual([]);
    const grid = (code: string) =>
      JSON.stringify({
        type: "Feature",
        properties: { code, nameZh: "一网格", parent: "999001001" },
        geometry: { type: "Polygon", coordinates: [] },
      });
    const grids = (...codes: string[]) =>
      packWith("grids.geojson", `{"features":[${codes.map(grid).join()}]}`);
    const { areas } = await grids("999001001001001");
    expect(areas).toMatchObject([
      {
        kind: "grid",
        nameEn: "一网格",
        parent: "999001001",
        responsible: null,
      },
    ]);
    await expect(grids("12")).rejects.toThrow(
      "city pack, grids.geojson: at /features/0/properties/code: the code of a grid has 14, 15 or 20 digits, not 12",
    );
    await expect(grids("999001001001001", "999001001001001")).rejects.toThrow(
      "city pack, grids.geojson: the code 999001001001001 is there twice",
    );
  });
});
