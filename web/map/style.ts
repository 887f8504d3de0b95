import type * as GeoJSON from "geojson";
import type {
  ExpressionSpecification,
  LayerSpecification,
  SourceSpecification,
  StyleSpecification,
} from "maplibre-gl";
import type { District } from "../../contract/city.ts";
import { byZoom } from "./expressions.ts";
import type { Look } from "./look.ts";

/** What the ground is asked to be. */
export interface Ground {
  look: Look;
  /** The city's land; outside it is the ground. */
  districts: readonly District[];
  /** Base-map layers the city has; their data is told later, each as it arrives. */
  basemap: readonly BasemapLayer[];
  language: "zh" | "en";
  /** `far` keeps only what can be read from eight metres. */
  labels: "far" | "full";
  /** 3D buildings; off on walls. */
  buildings: boolean;
}

/** Base-map layers of a city pack that this style can draw. */
export const BASEMAP = [
  "green",
  "water",
  "roads",
  "buildings",
  "labels",
] as const;
export type BasemapLayer = (typeof BASEMAP)[number];

/** Invisible layers between which overlays are laid, bottom first. */
export const SLOTS = ["areas", "lines", "points", "top"] as const;
export type Slot = (typeof SLOTS)[number];
export const slotId = (slot: Slot) => `slot:${slot}`;

/** A source's data before any came. */
export const NOTHING: GeoJSON.FeatureCollection = {
  type: "FeatureCollection",
  features: [],
};

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

/**
 * A CSS font list as MapLibre's font stack. Glyphs are drawn from local fonts;
 * the weight is read from the first name, so one that only names it goes first.
 */
export const fontStack = (
  css: string,
  weight: "Regular" | "Medium" | "SemiBold",
): string[] => [
  weight,
  ...css.split(",").map((name) => name.trim().replaceAll(/^["']|["']$/g, "")),
];

/**
 * The whole base map in one look: no sprite, no glyph server, no outside URL.
 * Pure: the same ground gives the same style.
 */
export function createStyle(ground: Ground): StyleSpecification {
  return {
    version: 8,
    sources: sourcesOf(ground),
    layers: layersOf(ground),
    light: { anchor: "viewport", intensity: 0.2, color: "#ffffff" },
    transition: { duration: 0, delay: 0 },
  };
}

const shown = (ground: Ground): BasemapLayer[] =>
  BASEMAP.filter(
    (name) =>
      ground.basemap.includes(name) &&
      (name !== "buildings" || ground.buildings),
  );

function sourcesOf(ground: Ground): Record<string, SourceSpecification> {
  const land: SourceSpecification = {
    type: "geojson",
    maxzoom: 12,
    data: {
      type: "FeatureCollection",
      features: ground.districts.map((district) => ({
        type: "Feature",
        properties: {},
        geometry: { type: "MultiPolygon", coordinates: district.polygons },
      })),
    },
  };
  const layers = shown(ground).map((name) => [
    name,
    {
      type: "geojson",
      data: NOTHING,
      maxzoom: 14,
      tolerance: 0.5,
    } satisfies SourceSpecification,
  ]);
  return {
    land,
    ...(Object.fromEntries(layers) as Record<string, SourceSpecification>),
  };
}

const slot = (name: Slot): LayerSpecification => ({
  id: slotId(name),
  type: "background",
  layout: { visibility: "none" },
});

function layersOf(ground: Ground): LayerSpecification[] {
  const { look } = ground;
  const has = new Set(shown(ground));
  const only = (name: BasemapLayer, layers: () => LayerSpecification[]) =>
    has.has(name) ? layers() : [];
  return [
    {
      id: "ground",
      type: "background",
      paint: { "background-color": look.ground },
    },
    {
      id: "land",
      type: "fill",
      source: "land",
      paint: { "fill-color": look.land, "fill-antialias": false },
    },
    ...only("green", () => green(look)),
    slot("areas"),
    ...only("water", () => water(look)),
    ...only("roads", () => roads(look)),
    slot("lines"),
    ...only("buildings", () => buildings(look)),
    slot("points"),
    ...only("labels", () => labels(ground)),
    slot("top"),
  ];
}

const green = (look: Look): LayerSpecification[] => [
  {
    id: "green",
    type: "fill",
    source: "green",
    paint: { "fill-color": look.green, "fill-opacity": 0.8 },
  },
];

const water = (look: Look): LayerSpecification[] => [
  {
    id: "water:glow",
    type: "line",
    source: "water",
    layout: { "line-join": "round" },
    paint: {
      "line-color": look.waterGlow,
      "line-width": byZoom([8, 4], [14, 14]),
      "line-blur": byZoom([8, 4], [14, 14]),
      "line-opacity": 0.5,
    },
  },
  {
    id: "water",
    type: "fill",
    source: "water",
    paint: { "fill-color": look.water },
  },
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

function roads(look: Look): LayerSpecification[] {
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

const buildings = (look: Look): LayerSpecification[] => [
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

/** Label sizes in px on a 1080-high canvas, at zoom 8 and 14. */
const LABEL_SIZES: Readonly<Record<string, readonly [number, number]>> = {
  district: [19, 26],
  town: [13, 17],
  water: [14, 20],
  other: [12, 15],
};

function labels(ground: Ground): LayerSpecification[] {
  const { look, language } = ground;
  const name: ExpressionSpecification =
    language === "zh"
      ? ["get", "nameZh"]
      : ["coalesce", ["get", "nameEn"], ["get", "nameZh"]];
  const label = (
    id: keyof typeof LABEL_SIZES,
    kinds: string[],
    colour: string,
    minzoom: number,
    spacing: number,
  ): LayerSpecification => ({
    id: `label:${id}`,
    type: "symbol",
    source: "labels",
    filter: ["in", ["get", "kind"], ["literal", kinds]],
    minzoom,
    layout: {
      "text-field": name,
      "text-font": fontStack(
        look.sans,
        id === "district" ? "Medium" : "Regular",
      ),
      "text-size": byZoom([8, LABEL_SIZES[id]![0]], [14, LABEL_SIZES[id]![1]]),
      "text-letter-spacing": spacing,
      "text-padding": 6,
      "text-rotate": ["coalesce", ["get", "angle"], 0],
      "symbol-sort-key": ["coalesce", ["get", "rank"], 9],
    },
    paint: {
      "text-color": colour,
      "text-halo-color": look.labelHalo,
      "text-halo-width": 1.6,
      "text-halo-blur": 0.6,
    },
  });
  const near = [
    label("other", ["park", "hill"], look.labelSecond, 11.5, 0.05),
    label("town", ["town"], look.labelSecond, 11, 0.05),
  ];
  return [
    ...(ground.labels === "full" ? near : []),
    label("water", ["river", "lake", "sea"], look.labelWater, 8.5, 0.25),
    label("district", ["district", "city"], look.label, 0, 0.16),
  ];
}
