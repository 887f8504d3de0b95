import fc from "fast-check";
import { expect, it } from "vitest";
import { gramSet, readGrams, termsOf } from "./grams.ts";

const gramsOf = (text: string) => [...gramSet(readGrams(text))];

it("takes Chinese by two and three characters, letters by three, short numbers whole", () => {
  expect(gramsOf("桥下积水")).toEqual([
    "桥下",
    "桥下积",
    "下积",
    "下积水",
    "积水",
  ]);
  expect(gramsOf("Pump")).toEqual([" pu", "pum", "ump", "mp "]);
  expect(gramsOf("3号")).toEqual(["3", "号"]);
});

it("reads both widths and both cases alike", () => {
  expect(gramsOf("ＰＵＭＰ １２")).toEqual(gramsOf("pump 12"));
});

it("knows no telephone and no identity card", () => {
  expect(gramsOf("联系13812345678")).toEqual(["联系"]);
  expect(termsOf(readGrams("电话 13812345678 积水"), () => 1, 9)).toEqual([
    "电话",
    "积水",
  ]);
});

it("tells what led to it as words that stand in the text, heaviest first", () => {
  const heavy = new Map<string, number>(
    Object.entries({ 桥下: 2, 积水: 3, 没过小: 2.5, 过小腿: 2.5, 来电: 0.1 }),
  );
  const said = readGrams("来电人称桥下有积水,没过小腿。");
  expect(termsOf(said, (gram) => heavy.get(gram) ?? 0, 3)).toEqual([
    "没过小腿",
    "积水",
    "桥下",
  ]);
  expect(termsOf(said, () => 0, 3)).toEqual([]);
  expect(
    termsOf(readGrams("the pump failed"), (g) => (g === "ump" ? 1 : 0), 3),
  ).toEqual(["pump"]);
});

const text = fc.oneof(
  ...[fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" })],
  fc.string({
    unit: fc.constantFrom("\ud800", "\udc00", "𠮷", "桥", "a", "9", "🚒", " "),
  }),
  fc.constantFrom(
    "",
    "积".repeat(5_000),
    "🌊".repeat(2_500),
    "a".repeat(5_000),
  ),
);

it("reads any text that a sender may think of, and cuts only out of it", () => {
  fc.assert(
    fc.property(text, (given) => {
      const read = readGrams(given);
      expect(read.grams.length).toBeLessThan(12_000);
      for (const { gram, from, to } of read.grams) {
        expect(gram).not.toMatch(/[\p{C}\p{P}]/u);
        expect(read.text.slice(from, to)).toContain(gram.trim());
      }
      for (const term of termsOf(read, () => 1, 99))
        expect(read.text).toContain(term);
    }),
    { seed: 20261126, numRuns: 200 },
  );
});
