import { expect, it } from "vitest";
import { LEVEL_SHAPES, PRIORITY_SHAPES, traceShape } from "./shapes.ts";

/** Records a path as words. */
function traced(shape: Parameters<typeof traceShape>[1]): string[] {
  const words: string[] = [];
  const pen = new Proxy({} as CanvasRenderingContext2D, {
    get:
      (_, word: string) =>
      (...where: number[]) =>
        void words.push([word, ...where].join(" ")),
  });
  traceShape(pen, shape, 10, 10, 8);
  return words;
}

it("tells every priority by its shape alone", () => {
  expect(new Set(PRIORITY_SHAPES).size).toBe(5);
  const paths = PRIORITY_SHAPES.map((shape) => traced(shape).join());
  expect(new Set(paths).size).toBe(5);
});

it("gives priorities 1 to 4 the shapes of red, orange, yellow and blue", () => {
  expect(PRIORITY_SHAPES.slice(1)).toEqual(Object.values(LEVEL_SHAPES));
});

it("closes every outline", () => {
  for (const shape of PRIORITY_SHAPES)
    expect(traced(shape).at(-1)).toBe("closePath");
});
