import type { ExpressionSpecification, GeoJSONSource } from "maplibre-gl";
import type { District } from "../../../contract/city.ts";
import type { State } from "../../../contract/level.ts";
import { byZoom, match } from "../expressions.ts";
import { createLayer } from "../layer.ts";
import type { Look } from "../look.ts";
import { outline } from "../places.ts";
import { NOTHING } from "../style.ts";

export interface DistrictPicture {
  districts: readonly District[];
  /** The chosen indicator's state by district code; an unnamed district is not coloured. */
  states: ReadonlyMap<string, State>;
  /** The screen's own district, or `city`. */
  scope: string;
}

const STATE: ExpressionSpecification = [
  "coalesce",
  ["feature-state", "state"],
  "none",
];
const OTHER: ExpressionSpecification = [
  "boolean",
  ["feature-state", "other"],
  false,
];

const fill = (look: Look): ExpressionSpecification =>
  match(
    STATE,
    [
      ...Object.entries(look.levels),
      ["stale", look.stale],
      ["normal", look.normal],
    ],
    look.land,
  );

/** Only what calls for a look is tinted strongly; a good district stays ground. */
const OPACITY = match(
  STATE,
  [
    ["red", 0.34],
    ["orange", 0.26],
    ["yellow", 0.17],
    ["blue", 0.14],
    ["normal", 0.05],
    ["stale", 0.1],
  ],
  0,
);

const collection = (districts: readonly District[]) => ({
  type: "FeatureCollection" as const,
  features: [
    ...districts.map((district) => ({
      type: "Feature" as const,
      properties: { code: district.code },
      geometry: {
        type: "MultiPolygon" as const,
        coordinates: district.polygons,
      },
    })),
    {
      type: "Feature" as const,
      properties: { code: "outline" },
      geometry: {
        type: "MultiLineString" as const,
        coordinates: outline(districts.flatMap((d) => d.polygons.flat())),
      },
    },
  ],
});

/** Districts: the level of one indicator as a tint, their lines, the city's outline. */
export const createDistricts = () =>
  createLayer<DistrictPicture>({
    id: "districts",
    mark: "area",
    sources: {
      districts: {
        type: "geojson",
        data: NOTHING,
        promoteId: "code",
        maxzoom: 12,
      },
    },
    style: (look) => [
      {
        slot: "areas",
        layer: {
          id: "districts:tint",
          type: "fill",
          source: "districts",
          filter: ["==", ["geometry-type"], "Polygon"],
          paint: {
            "fill-color": fill(look),
            "fill-opacity": OPACITY,
          },
        },
      },
      {
        slot: "areas",
        layer: {
          id: "districts:other",
          type: "fill",
          source: "districts",
          filter: ["==", ["geometry-type"], "Polygon"],
          paint: {
            "fill-color": look.ground,
            "fill-opacity": ["case", OTHER, 0.62, 0],
          },
        },
      },
      {
        slot: "lines",
        layer: {
          id: "districts:line",
          type: "line",
          source: "districts",
          filter: ["==", ["geometry-type"], "Polygon"],
          layout: { "line-join": "round" },
          paint: {
            "line-color": look.districtLine,
            "line-width": byZoom([8, 0.8], [13, 2]),
            "line-dasharray": [4, 3],
            "line-opacity": 0.8,
          },
        },
      },
      {
        slot: "lines",
        layer: {
          id: "districts:glow",
          type: "line",
          source: "districts",
          filter: ["==", ["get", "code"], "outline"],
          layout: { "line-join": "round" },
          paint: {
            "line-color": look.cityGlow,
            "line-width": 15,
            "line-blur": 13,
            "line-opacity": 0.5,
          },
        },
      },
      {
        slot: "lines",
        layer: {
          id: "districts:outline",
          type: "line",
          source: "districts",
          filter: ["==", ["get", "code"], "outline"],
          layout: { "line-join": "round" },
          paint: {
            "line-color": look.cityLine,
            "line-width": byZoom([8, 1.2], [13, 2.4]),
          },
        },
      },
    ],
    feed(map) {
      let drawn: readonly District[] = [];
      const told = new Map<string, string>();
      return ({ districts, states, scope }) => {
        if (districts !== drawn) {
          drawn = districts;
          void map
            .getSource<GeoJSONSource>("districts")
            ?.setData(collection(districts));
        }
        for (const { code } of districts) {
          const state = states.get(code) ?? "none";
          const other = scope !== "city" && scope !== code;
          const picture = `${state} ${other}`;
          if (told.get(code) === picture) continue;
          told.set(code, picture);
          map.setFeatureState(
            { source: "districts", id: code },
            { state, other },
          );
        }
      };
    },
  });
