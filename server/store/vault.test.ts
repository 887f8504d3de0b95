import { expect, it } from "vitest";
import { numberOf } from "./vault.ts";

it("knows a number again however it was written", () => {
  const written = [
    ...["13812345678", "138-1234-5678", "+86 138 1234 5678"],
    ...["0086 13812345678", "１３８１２３４５６７８", "8613812345678"],
  ];
  expect(new Set(written.map(numberOf))).toEqual(new Set(["13812345678"]));
  expect(numberOf("021-5512345")).toBe("0215512345");
});

it("knows nobody by hidden digits, or by a number that is not one's own", () => {
  expect(["138****5678", "12345", "匿名", ""].map(numberOf)).toEqual([
    ...[null, null, null, null],
  ]);
});
