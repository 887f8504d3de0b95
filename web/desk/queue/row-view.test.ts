import { expect, it } from "vitest";
import { fitting } from "./row-view.ts";

const FLAGS = ["督办 3 级", "待批退回", "并入 12"].map((text, i) => ({
  ...{ text, isPressing: i === 0 },
}));
/** Every sign as wide as it is high. */
const textWidth = (text: string, size: number) => [...text].length * size;
const shown = (px: number, who = "") =>
  fitting(FLAGS, { status: "处置中", who }, { px, textWidth }).map(
    ({ text }) => text,
  );

it("a row shows whole flags, as many as fit, and the first whatever the room", () => {
  expect(shown(600)).toEqual(["督办 3 级", "待批退回", "并入 12"]);
  expect(shown(400)).toEqual(["督办 3 级", "待批退回"]);
  expect(shown(100)).toEqual(["督办 3 级"]);
  const none = fitting(
    [],
    { status: "处置中", who: "" },
    { px: 600, textWidth },
  );
  expect(none).toEqual([]);
});

it("a row leaves room for who has it, before it shows one flag more", () => {
  expect(shown(400, "城管局")).toEqual(["督办 3 级"]);
  expect(shown(470, "城管局")).toEqual(["督办 3 级", "待批退回"]);
});
