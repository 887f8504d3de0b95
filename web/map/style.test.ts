import {
  validateStyleMin,
  type StyleSpecification,
} from "@maplibre/maplibre-gl-style-spec";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { repaints } from "./layer.ts";
import { createLayers } from "./layers/index.ts";
import { createLook, type Look } from "./look.ts";
import { BASEMAP, type Ground } from "./ground.ts";
import { createStyle, SLOTS, slotId } from "./style.ts";

const css = ["../theme/tokens.css", "./map.css"]
  .map((path) => readFileSync(new URL(path, import.meta.url), "utf8"))
  .join("\n");

/** The look that the product's own style sheets make of a theme. */
function lookOf(theme: "dark" | "light"): Look {
  const values = new Map<string, string>();
  for (const [, selector = "", body = ""] of css.matchAll(
    /([^{}]+)\{([^{}]*)\}/g,
  ))
    if (selector.includes(":root") || selector.includes(`"${theme}"`))
      for (const [, name = "", value = ""] of body.matchAll(
        /--([\w-]+):\s*([^;]+);/g,
      ))
        values.set(name, value.replaceAll(/\s+/g, " ").trim());
  return createLook((name) => {
    const value = values.get(name);
    if (!value) throw new Error(`the token --${name} is not set`);
    return value;
  });
}

const square = [
  [123, 31],
  [124, 31],
  [124, 32],
  [123, 31],
] as [number, number][];

const groundOf = (look: Look, more: Partial<Ground> = {}): Ground => ({
  look,
  districts: [
    { code: "990102", nameZh: "中心城区", nameEn: "C", polygons: [[square]] },
  ],
  basemap: BASEMAP,
  language: "zh",
  labels: "full",
  buildings: true,
  ...more,
});

describe.each(["dark", "light"] as const)("the %s map", (theme) => {
  const look = lookOf(theme);
  const style = createStyle(groundOf(look));
  const ids = style.layers.map(({ id }) => id);

  it("draws land, green, water, four widths of road, rail, buildings and names", () => {
    for (const id of ["ground", "land", "green", "water", "water:glow"])
      expect(ids).toContain(id);
    for (const id of ["road:1", "road:2", "road:3", "road:4", "rail"])
      expect(ids).toContain(id);
    for (const id of ["buildings", "label:district", "label:town"])
      expect(ids).toContain(id);
    for (const slot of SLOTS) expect(ids).toContain(slotId(slot));
  });

  it("is a style that the specification accepts", () => {
    expect(validateStyleMin(style)).toEqual([]);
  });

  it("needs no address at all: no glyphs, no sprite, no tiles", () => {
    expect(style.glyphs ?? style.sprite).toBeUndefined();
    expect(JSON.stringify(style)).not.toMatch(/https?:|\/\//);
  });

  it("holds overlays that the specification accepts on top of it", () => {
    const whole = structuredClone<StyleSpecification>(style);
    for (const make of Object.values(createLayers)) {
      const { sources, style: parts } = make().parts ?? {};
      Object.assign(whole.sources, sources);
      whole.layers.push(...(parts?.(look) ?? []).map(({ layer }) => layer));
    }
    expect(validateStyleMin(whole)).toEqual([]);
    expect(whole.layers.length).toBeGreaterThan(style.layers.length + 10);
  });

  it("keeps data brighter than the ground", () => {
    const light = (colour: string) =>
      [1, 3, 5].reduce(
        (sum, i) => sum + parseInt(colour.slice(i, i + 2), 16),
        0,
      );
    const away = (colour: string) => Math.abs(light(colour) - light(look.land));
    for (const level of Object.values(look.levels))
      expect(away(level)).toBeGreaterThan(away(look.roads[1]));
  });
});

it("shows only what can be read from afar on a wall", () => {
  const ids = createStyle(
    groundOf(lookOf("dark"), { labels: "far", buildings: false }),
  ).layers.map(({ id }) => id);
  expect(ids).not.toContain("label:town");
  expect(ids).not.toContain("buildings");
  expect(ids).toContain("label:district");
});

it("leaves out what the city's base map lacks", () => {
  const style = createStyle(groundOf(lookOf("dark"), { basemap: ["water"] }));
  expect(Object.keys(style.sources).sort()).toEqual(["land", "water"]);
  expect(validateStyleMin(style)).toEqual([]);
});

it("changes theme by paint alone: no source is touched, no layer added", () => {
  const dark = createStyle(groundOf(lookOf("dark")));
  const light = createStyle(groundOf(lookOf("light")));
  const changes = repaints(dark.layers, light.layers);
  expect(light.sources).toEqual(dark.sources);
  expect(light.layers.map(({ id }) => id)).toEqual(
    dark.layers.map(({ id }) => id),
  );
  expect(changes).toContainEqual(
    expect.objectContaining({ layer: "land", property: "fill-color" }),
  );
  expect(changes.every(({ kind }) => kind === "paint")).toBe(true);
});

it("changes language by the names' text alone", () => {
  const ground = groundOf(lookOf("dark"));
  const changes = repaints(
    createStyle(ground).layers,
    createStyle({ ...ground, language: "en" }).layers,
  );
  expect(new Set(changes.map(({ property }) => property))).toEqual(
    new Set(["text-field", "text-letter-spacing"]),
  );
});
