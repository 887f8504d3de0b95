/** How the base map's surfaces are drawn: green, water, roads, rail, buildings. */
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { byZoom } from "./expressions.ts";
import type { Look } from "./look.ts";
import { VEILS, veilOpacity } from "./veil.ts";

/** Road classes, widest first; their order is that of a look's road colours. */
export const ROAD_CLASSES = ["快速路", "主干路", "次干路", "支路"] as const;

/** Road widths in px at zoom 9, 12 and 16. */
const ROAD_WIDTHS = [
  [1.8, 3.2, 14],
  [1, 2.1, 10],
  [0.5, 1.2, 7],
  [0.3, 0.7, 5],
] as const;

/** The zoom from which a road class is worth drawing. */
const ROAD_FROM = [0, 0, 9.5, 11] as const;

export const green = (look: Look): LayerSpecification[] => [
  {
    id: "green",
    type: "fill",
    source: "green",
    paint: { "fill-color": look.green, "fill-opacity": 0.8 },
  },
];

const kind: ExpressionSpecification = ["get", "kind"];
const NO_RIVER = ["sea", "veil"];

const surface = (
  id: string,
  colour: string,
  filter: ExpressionSpecification,
  opacity = 1,
): LayerSpecification => ({
  ...{ id, type: "fill", source: "water", filter },
  paint: {
    "fill-color": colour,
    "fill-opacity": opacity,
    // The glow is the shore's edge; a river's own outline would show in the sea.
    "fill-antialias": false,
  },
});

export const water = (look: Look): LayerSpecification[] => [
  {
    id: "water:glow",
    type: "line",
    source: "water",
    filter: ["!=", ["get", "kind"], "veil"],
    layout: { "line-join": "round" },
    paint: {
      "line-color": look.waterGlow,
      "line-width": byZoom([8, 4], [14, 14]),
      "line-blur": byZoom([8, 4], [14, 14]),
      "line-opacity": 0.5,
    },
  },
  // Layers of one colour each share the land's program; one by kind would need its own.
  // The sea lies over the rivers: where they flow into it, they have no end of their own.
  surface("water", look.water, ["!", ["in", kind, ["literal", NO_RIVER]]]),
  surface("sea", look.sea, ["==", kind, "sea"]),
  ...Array.from({ length: VEILS }, (_, n) =>
    surface(
      `veil:${n}`,
      look.ground,
      ["all", ["==", kind, "veil"], ["==", ["get", "n"], n]],
      veilOpacity(n),
    ),
  ),
];

const width = (i: number, factor = 1): ExpressionSpecification => [
  "interpolate",
  ["exponential", 1.4],
  ["zoom"],
  9,
  ROAD_WIDTHS[i]![0] * factor,
  12,
  ROAD_WIDTHS[i]![1] * factor,
  16,
  ROAD_WIDTHS[i]![2] * factor,
];

export function roads(look: Look): LayerSpecification[] {
  const line = (i: number): LayerSpecification => ({
    id: `road:${i + 1}`,
    type: "line",
    source: "roads",
    filter: ["==", ["get", "class"], ROAD_CLASSES[i]!],
    minzoom: ROAD_FROM[i],
    layout: { "line-cap": "round", "line-join": "round" },
    paint: {
      "line-color": look.roads[i]!,
      "line-width": width(i),
    },
  });
  const casing: LayerSpecification = {
    id: "road:casing",
    type: "line",
    source: "roads",
    filter: ["in", ["get", "class"], ["literal", ROAD_CLASSES.slice(0, 2)]],
    minzoom: 10.5,
    layout: { "line-join": "round" },
    paint: { "line-color": look.roadCasing, "line-width": width(0, 1.8) },
  };
  // Narrow ones first, so that a main road is never cut by an alley.
  return [line(3), line(2), casing, line(1), line(0)];
}

/** Metro lines, in one quiet colour: their own would compete with levels. */
export const rail = (look: Look): LayerSpecification[] => [
  {
    id: "rail",
    type: "line",
    source: "rail",
    filter: ["==", ["geometry-type"], "LineString"],
    minzoom: 10.5,
    layout: { "line-join": "round" },
    paint: {
      "line-color": look.labelSecond,
      "line-width": byZoom([10.5, 0.8], [16, 3]),
      "line-opacity": 0.35,
      "line-dasharray": [6, 2],
    },
  },
  {
    id: "rail:stations",
    type: "circle",
    source: "rail",
    filter: ["==", ["geometry-type"], "Point"],
    minzoom: 12.5,
    paint: {
      "circle-radius": byZoom([12.5, 1.6], [16, 4]),
      "circle-color": look.land,
      "circle-stroke-color": look.labelSecond,
      "circle-stroke-width": 1,
      "circle-stroke-opacity": 0.7,
    },
  },
];

export const buildings = (look: Look): LayerSpecification[] => [
  {
    id: "buildings",
    type: "fill-extrusion",
    source: "buildings",
    minzoom: 12.5,
    paint: {
      "fill-extrusion-color": [
        "interpolate",
        ["linear"],
        ["get", "height"],
        0,
        look.building,
        120,
        look.buildingTop,
      ],
      "fill-extrusion-height": ["get", "height"],
      "fill-extrusion-opacity": 0.85,
    },
  },
];
