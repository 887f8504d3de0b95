import { describe, expect, it } from "vitest";
import { find } from "./find.ts";

const DEPARTMENTS = [
  { value: "BUS", name: "公共交通集团" },
  { value: "TRANS", name: "交通运输局" },
  { value: "CITYOPS", name: "城市运行管理中心" },
  { value: "URBAN", name: "城市管理局" },
  { value: "GAS", name: "燃气公司" },
];
const LETTERS = new Map([
  ["公共交通集团", "gonggongjiaotongjituan ggjtjt"],
  ["交通运输局", "jiaotongyunshuju jtysj"],
]);
const codes = (typed: string) =>
  find(DEPARTMENTS, typed, (name) => LETTERS.get(name) ?? "").map(
    ({ value }) => value,
  );

describe("a department", () => {
  it("whose name begins so stands before one that holds it somewhere", () => {
    expect(codes("交通")).toEqual(["TRANS", "BUS"]);
    expect(codes("jiaotong")).toEqual(["TRANS", "BUS"]);
  });

  it("is found by the short name that everybody says", () => {
    expect(codes("城管")).toEqual(["URBAN", "CITYOPS"]);
    expect(codes("城管局")).toEqual(["URBAN"]);
    expect(codes("管城")).toEqual([]);
  });

  it("is found by its code, and every one where nothing is asked", () => {
    expect(codes("gas")).toEqual(["GAS"]);
    expect(codes(" ")).toHaveLength(DEPARTMENTS.length);
  });
});
