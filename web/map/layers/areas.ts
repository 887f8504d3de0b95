import { booleanPointInPolygon, multiPolygon } from "@turf/turf";
import type { GeoJSONSource } from "maplibre-gl";
import type { Area } from "../../../contract/area.ts";
import { byZoom } from "../expressions.ts";
import { createLayer, type CityLayer } from "../layer.ts";
import { NOTHING } from "../style.ts";

/** Zoom from which grids are drawn: farther out they would be a haze. */
const GRIDS_FROM = 11.5;
const TOWNS_FROM = 9.5;

const collection = (areas: readonly Area[]) => ({
  type: "FeatureCollection" as const,
  features: areas.map(({ kind, polygons }) => ({
    type: "Feature" as const,
    properties: { kind },
    geometry: { type: "MultiPolygon" as const, coordinates: polygons },
  })),
});

/** Towns, grids and rivers: lines that come in as one looks closer. A click finds who answers for a place. */
export function createAreas(): CityLayer<readonly Area[]> {
  let held: readonly Area[] = [];
  let isShown = true;
  const layer = createLayer<readonly Area[]>({
    id: "areas",
    mark: "area",
    sources: {
      areas: { type: "geojson", data: NOTHING, maxzoom: 14 },
    },
    style: (look) => [
      {
        slot: "areas",
        layer: {
          id: "areas:river",
          type: "line",
          source: "areas",
          filter: ["==", ["get", "kind"], "river"],
          paint: {
            "line-color": look.accent,
            "line-width": byZoom([8, 0.6], [14, 1.6]),
            "line-opacity": 0.7,
          },
        },
      },
      {
        slot: "lines",
        layer: {
          id: "areas:grid",
          type: "line",
          source: "areas",
          minzoom: GRIDS_FROM,
          filter: ["==", ["get", "kind"], "grid"],
          layout: { "line-join": "round" },
          paint: {
            "line-color": look.districtLine,
            "line-width": byZoom([11, 0.3], [15, 1]),
            "line-opacity": 0.55,
          },
        },
      },
      {
        slot: "lines",
        layer: {
          id: "areas:town",
          type: "line",
          source: "areas",
          minzoom: TOWNS_FROM,
          filter: ["==", ["get", "kind"], "town"],
          layout: { "line-join": "round" },
          paint: {
            "line-color": look.districtLine,
            "line-width": byZoom([9, 0.5], [14, 1.6]),
            "line-opacity": 0.7,
          },
        },
      },
    ],
    feed(map) {
      return (areas) => {
        void map.getSource<GeoJSONSource>("areas")?.setData(collection(areas));
      };
    },
  });
  return {
    ...layer,
    update(areas) {
      if (areas === held) return;
      held = areas;
      layer.update(areas);
    },
    show(visible) {
      isShown = visible;
      layer.show(visible);
    },
    /** Its river, its grid, else its town. */
    pick(at) {
      if (!isShown) return null;
      for (const kind of ["river", "grid", "town"] as const) {
        const found = held.find(
          (area) =>
            area.kind === kind &&
            booleanPointInPolygon([...at], multiPolygon(area.polygons)),
        );
        if (found) return { layer: "areas", id: found.code, at };
      }
      return null;
    },
  };
}
