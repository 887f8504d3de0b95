import type * as GeoJSON from "geojson";
import type {
  LayerSpecification,
  SourceSpecification,
  StyleSpecification,
} from "maplibre-gl";
import { BASEMAP, type BasemapLayer, type Ground } from "./ground.ts";
import { labels } from "./names.ts";
import { buildings, green, rail, roads, water } from "./surfaces.ts";

/** Invisible layers between which overlays are laid, bottom first. */
export const SLOTS = ["areas", "lines", "points", "top"] as const;
export type Slot = (typeof SLOTS)[number];
export const slotId = (slot: Slot) => `slot:${slot}`;

/** A source's data before any came. */
export const NOTHING: GeoJSON.FeatureCollection = {
  type: "FeatureCollection",
  features: [],
};

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
