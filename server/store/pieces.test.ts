import { constants } from "node:buffer";
import { expect, it } from "vitest";
import type { Value } from "./db.ts";
import { fromPieces, toPieces } from "./pieces.ts";

it("brings every row of a city across whole and in its order, however it is cut", () => {
  const rows: Value[][] = Array.from({ length: 50 }, (_, i) => [
    `井盖 "${i}"\n`.repeat(i % 7),
    i % 3 ? i / 3 : null,
  ]);
  for (const most of [1, 40, 200, 1e9])
    expect([...fromPieces(toPieces(rows, most))]).toEqual(rows);
  expect(toPieces(rows, 200).length).toBeGreaterThan(1);
  expect(toPieces(rows, 1e9)).toHaveLength(1);
  expect([...fromPieces(toPieces([]))]).toEqual([]);
});

it("carries more text than one string of the engine can hold", () => {
  // 100 Mi characters, of which JSON makes six times as many.
  const text = "\u0001".repeat(1024 * 1024);
  const rows: Value[][] = Array.from({ length: 100 }, () => [text]);
  expect(100 * 6 * text.length).toBeGreaterThan(constants.MAX_STRING_LENGTH);
  const lengths = toPieces(rows).map(({ length }) => length);
  expect(Math.max(...lengths)).toBeLessThan(constants.MAX_STRING_LENGTH / 4);
  expect(lengths.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(
    constants.MAX_STRING_LENGTH,
  );
});
