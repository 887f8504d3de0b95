import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../../lib/root.ts";
import type { HttpProblem } from "../problem.ts";
import { readScreens, screenHandlers } from "./screens.ts";

const screens = await readScreens(join(root, "screens"));

type Look = Parameters<ReturnType<typeof screenHandlers>["getScreen"]>[0];
const somebody = { who: { screens: null } } as Look;
const wall = (id: string) =>
  ({ who: { screens: ["city-overview"] }, params: { id } }) as unknown as Look;

function offered(look: Look, ...catalogue: string[]): string[] {
  const { listScreens } = screenHandlers(screens, (id) =>
    catalogue.includes(id),
  );
  const reply = listScreens(
    look as unknown as Parameters<typeof listScreens>[0],
  );
  return (reply as { items: { id: string }[] }).items.map(({ id }) => id);
}

it("offers the screen of recorded data only where they are replayed", () => {
  expect(offered(somebody, "bj.pm25", "la.speed")).toContain("recorded-data");
  expect(offered(somebody, "eco.aqi", "water.pipePressureMin")).toEqual([
    "city-overview",
    "city-overview-wall",
    "lifeline-environment",
  ]);
});

it("offers a city of few indicators the overview, and first that of one screen", () =>
  expect(offered(somebody, "air.told")).toEqual([
    "city-overview",
    "city-overview-wall",
  ]));

it("gives a wall the screens that it is to show, and no other", () => {
  const { getScreen } = screenHandlers(screens, () => true);
  expect(offered(wall(""), "air.told")).toEqual(["city-overview"]);
  expect(getScreen(wall("city-overview"))).toMatchObject({
    id: "city-overview",
  });
  const refusals = ["city-overview-wall", "no-such"].map((id) => {
    try {
      return getScreen(wall(id));
    } catch (error) {
      const { status, message, refused } = error as HttpProblem;
      return { status, message, refused };
    }
  });
  expect(refusals).toEqual([
    {
      ...{ status: 404, message: "there is no screen city-overview-wall" },
      refused: {
        object: "screen/city-overview-wall",
        detail: "lies outside the scope",
      },
    },
    { status: 404, message: "there is no screen no-such", refused: undefined },
  ]);
});
