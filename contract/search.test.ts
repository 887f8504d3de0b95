import { expect, it } from "vitest";
import { numbersAsked, Search, wordsAsked, wordsIn } from "./search.ts";

const isFound = (text: string, search: string) => {
  const words = wordsIn(text);
  return wordsAsked(search).every((word) => words.has(word));
};

it("finds two neighbouring Chinese characters wherever they stand, and none that are apart", () => {
  const text = "滨江路下穿通道积水，约三十厘米";
  for (const search of ["积水", "滨江路", "通道积水", "厘米"])
    expect(isFound(text, search), search).toBe(true);
  for (const search of ["江下", "水约", "水积"])
    expect(isFound(text, search), search).toBe(false);
});

it("finds words of other scripts by how they begin, whatever their case and width", () => {
  const text = "Graffiti on Ｐｉｅｒ 12, Äußere Straße, улица Мира";
  for (const search of ["graff", "PIER 12", "äuß", "Мир", "1"])
    expect(isFound(text, search), search).toBe(true);
  for (const search of ["raffiti", "graffito", "13", "ира"])
    expect(isFound(text, search), search).toBe(false);
});

it("finds places that mix scripts and digits", () => {
  const text = "G1503高速3号线A座";
  for (const search of ["3号线", "g1503", "A座", "高速"])
    expect(isFound(text, search), search).toBe(true);
});

it("finds nobody by five digits or more", () => {
  const text = "来电 13900009999，证件 ３３０１０２１９９００１０１１２３４";
  for (const search of ["13900009999", "139000", "13900", "33010"])
    expect(isFound(text, search), search).toBe(false);
});

it("takes a number as far as it is written, with its year and three digits", () => {
  expect(numbersAsked("2026-0001234")).toEqual(range(2026, 1_234, 1_234));
  expect(numbersAsked(" 2026-00012")).toEqual(range(2026, 1_200, 1_299));
  expect(numbersAsked("２０２６－１２３")).toEqual(
    range(2026, 1_230_000, 1_239_999),
  );
  for (const search of ["2026-00", "积水", "20261234567", "26-123"])
    expect(numbersAsked(search), search).toBeNull();
});

const range = (year: number, from: number, to: number) => ({ year, from, to });

it("asks for more where too little is looked for", () => {
  for (const search of ["", "  ", "水", "！？", "*", '"', "2026-", "2026-00"])
    expect(Search.safeParse(search).success, search).toBe(false);
  for (const search of ["积水", "a", "3号", "2026", "2026-000"])
    expect(Search.safeParse(search).success, search).toBe(true);
});

it("makes words of letters and digits alone of whatever is sent", () => {
  const hostile = `a"b' OR 1=1 --; NEAR(x) ^c* {d}: \\ \u0000 \u200b 🌉 x\u0301 ﷺ ${"长".repeat(3)}`;
  for (const word of [...wordsIn(hostile), ...wordsAsked(hostile)])
    expect(word).toMatch(/^[\p{L}\p{M}\p{Nd}]+$/u);
});
