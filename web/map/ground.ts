/** What the base map is asked to be. */
import type { District } from "../../contract/city.ts";
import type { Look } from "./look.ts";

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
