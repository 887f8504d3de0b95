import type { GeoJSON } from "geojson";
import { useLive, type LiveSource } from "../live/source.ts";
import { loadFaces } from "../theme/faces.ts";
import type { LngLat } from "./places.ts";

type Load = (layer: string) => Promise<GeoJSON>;

const kept = new WeakMap<LiveSource, Map<string, Promise<GeoJSON>>>();

/**
 * Base-map layers from the hub, asked for once however many maps a page opens.
 * A failed question is forgotten, so that the next one asks again.
 */
export function useBasemap(): Load {
  const live = useLive();
  const held = kept.get(live) ?? new Map<string, Promise<GeoJSON>>();
  kept.set(live, held);
  return (layer) => {
    const known = held.get(layer);
    if (known) return known;
    const asked = live
      .call("getBasemap", { path: { layer } })
      .then((body) => body as GeoJSON);
    held.set(layer, asked);
    asked.catch(() => held.delete(layer));
    return asked;
  };
}

/** All characters of a label layer, each once. */
export function charactersOf(labels: GeoJSON): string {
  if (labels.type !== "FeatureCollection") return "";
  const seen = new Set<string>();
  for (const { properties } of labels.features)
    for (const name of [properties?.["nameZh"], properties?.["nameEn"]])
      if (typeof name === "string") for (const char of name) seen.add(char);
  return [...seen].join("");
}

/** Where the districts' names stand. */
export function districtNames(labels: GeoJSON): LngLat[] {
  if (labels.type !== "FeatureCollection") return [];
  return labels.features.flatMap(({ geometry, properties }) =>
    geometry.type === "Point" && properties?.["kind"] === "district"
      ? [[geometry.coordinates[0]!, geometry.coordinates[1]!] as const]
      : [],
  );
}

/** Labels do not wait longer for their face, ms: another face is better than no name. */
const FONT_PATIENCE = 2_500;

/**
 * Waits until the page's faces hold these characters. Fonts come in pieces by
 * character, and MapLibre keeps whatever face it met first.
 */
export async function awaitFaces(css: string, text: string): Promise<void> {
  const late = new Promise<void>((done) => setTimeout(done, FONT_PATIENCE));
  const loads = loadFaces().then(() =>
    Promise.all(
      [400, 500].map((weight) =>
        document.fonts.load(`${weight} 24px ${css}`, text),
      ),
    ),
  );
  // A face that cannot be had is no reason to hide a name.
  await Promise.race([loads.catch(() => undefined), late]);
}
