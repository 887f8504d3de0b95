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
  "rail",
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
      paint: { "fill-color": look.land },
    },
    ...only("green", () => green(look)),
    slot("areas"),
    ...only("water", () => water(look)),
    ...only("roads", () => roads(look)),
    ...only("rail", () => rail(look)),
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
  // Two layers of one colour each share the land's program; one by kind would need its own.
  ...(["sea", "water"] as const).map((id): LayerSpecification => ({
    id,
    type: "fill",
    source: "water",
    filter: [id === "sea" ? "==" : "!=", ["get", "kind"], "sea"],
    // The glow is the shore's edge; a river's own outline would show in the sea.
    paint: { "fill-color": look[id], "fill-antialias": false },
  })),
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

/** Metro lines, in one quiet colour: their own would compete with levels. */
const rail = (look: Look): LayerSpecification[] => [
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

interface LabelLook {
  /** Px on a 1080-high canvas, at zoom 8 and 14. */
  size: readonly [number, number];
  weight?: "Regular" | "Medium";
  spacing: number;
  filter?: ExpressionSpecification;
  /** Zoom from which it is gone. */
  to?: number;
}

/** Places of a district's name, nearest first: it steps aside for rings. In em. */
const ASIDE: [string, [number, number]][] = [
  ["center", [0, 0]],
  ["top", [0, 1.1]],
  ["bottom", [0, -1.1]],
  ["left", [1.3, 0]],
  ["right", [-1.3, 0]],
  ["top", [0, 2.4]],
  ["bottom", [0, -2.4]],
  ["left", [2.8, 0.8]],
  ["right", [-2.8, 0.8]],
];

function labels(ground: Ground): LayerSpecification[] {
  const { look, language } = ground;
  const name: ExpressionSpecification =
    language === "zh"
      ? ["get", "nameZh"]
      : ["coalesce", ["get", "nameEn"], ["get", "nameZh"]];
  const label = (
    id: string,
    kinds: string[],
    colour: string,
    from: number,
    { size, weight = "Regular", spacing, filter, to }: LabelLook,
  ): LayerSpecification => ({
    id: `label:${id}`,
    type: "symbol",
    source: "labels",
    filter: [
      "all",
      ["in", ["get", "kind"], ["literal", kinds]],
      ...(filter ? [filter] : []),
    ],
    minzoom: from,
    ...(to !== undefined && { maxzoom: to }),
    layout: {
      "text-field": name,
      "text-font": fontStack(look.sans, weight),
      "text-size": byZoom([8, size[0]], [14, size[1]]),
      // Latin letters stand apart already.
      "text-letter-spacing": language === "zh" ? spacing : spacing / 4,
      "text-padding": 4,
      "text-rotate": ["coalesce", ["get", "angle"], 0],
      "symbol-sort-key": ["coalesce", ["get", "rank"], 9],
      ...(weight === "Medium" && {
        "text-variable-anchor-offset": ASIDE.flat(),
      }),
    },
    paint: {
      "text-color": colour,
      "text-halo-color": look.labelHalo,
      "text-halo-width": 1.6,
      "text-halo-blur": 0.6,
    },
  });
  const RANK: ExpressionSpecification = ["coalesce", ["get", "rank"], 9];
  const second = { size: [12, 16], spacing: 0.06 } as const;
  const wet = { size: [13, 19], spacing: 0.25 } as const;
  const near = [
    label("park", ["park", "hill"], look.labelSecond, 11.5, second),
    label("town", ["town"], look.labelSecond, 11, second),
    label("sea", ["sea"], look.labelWater, 8, wet),
    label("lake", ["lake", "river"], look.labelWater, 10.5, {
      ...wet,
      filter: [">", RANK, 3],
    }),
  ];
  return [
    ...(ground.labels === "full" ? near : []),
    label("water", ["river"], look.labelWater, 8.5, {
      ...wet,
      filter: ["<=", RANK, 3],
    }),
    label("district", ["district"], look.label, 7.5, {
      size: [17, 25],
      weight: "Medium",
      spacing: 0.16,
    }),
    label("city", ["city"], look.label, 0, {
      size: [22, 30],
      weight: "Medium",
      spacing: 0.2,
      to: 7.5,
    }),
  ];
}
