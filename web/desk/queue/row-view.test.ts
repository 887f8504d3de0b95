import { expect, it } from "vitest";
import { fitting } from "./row-view.ts";

const FLAGS = ["督办 3 级", "待批退回", "并入 12"].map((text, i) => ({
  ...{ text, isPressing: i === 0 },
}));

it("a row shows whole flags, as many as fit, and the first whatever the room", () => {
  const shown = (room: number) =>
    fitting(FLAGS, "处置中", room).map(({ text }) => text);
  expect(shown(600)).toEqual(["督办 3 级", "待批退回", "并入 12"]);
  expect(shown(370)).toEqual(["督办 3 级", "待批退回"]);
  expect(shown(100)).toEqual(["督办 3 级"]);
  expect(fitting([], "处置中", 600)).toEqual([]);
});
