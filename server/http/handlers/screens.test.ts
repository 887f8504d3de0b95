import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../../lib/root.ts";
import { readScreens, screenHandlers } from "./screens.ts";

const screens = await readScreens(join(root, "screens"));

function offered(...catalogue: string[]): string[] {
  const { listScreens } = screenHandlers(screens, (id) =>
    catalogue.includes(id),
  );
  const reply = listScreens({} as Parameters<typeof listScreens>[0]);
  return (reply as { items: { id: string }[] }).items.map(({ id }) => id);
}

it("offers the screen of recorded data only where they are replayed", () => {
  expect(offered("bj.pm25", "la.speed")).toContain("recorded-data");
  expect(offered("eco.aqi", "water.pipePressureMin")).toEqual([
    "city-overview",
    "city-overview-wall",
    "lifeline-environment",
  ]);
});

it("offers a city of few indicators the overview, and first that of one screen", () =>
  expect(offered("air.told")).toEqual(["city-overview", "city-overview-wall"]));
