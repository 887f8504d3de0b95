import type { ExpressionSpecification, GeoJSONSource } from "maplibre-gl";
import type { District } from "../../../contract/city.ts";
import { Level } from "../../../contract/level.ts";
import type { WarningView } from "../../../contract/warning.ts";
import { match } from "../expressions.ts";
import { createFeatureDiff } from "../feature-diff.ts";
import { createLayer } from "../layer.ts";
import type { Look } from "../look.ts";
import { circle } from "../places.ts";
import { NOTHING } from "../style.ts";

export interface WarningPicture {
  warnings: readonly WarningView[];
  /** A warning may name its area by our district codes only. */
  districts: readonly District[];
}

type Polygon = [number, number][][];

/** Areas of a warning as polygons: rings, circles, districts named by code. Pure. */
export function warningPolygons(
  warning: WarningView,
  districts: readonly District[],
): Polygon[] {
  return warning.areas.flatMap((area) => {
    const drawn: Polygon[] = [
      ...area.polygons.map((ring): Polygon => [ring]),
      ...area.circles.map((c): Polygon => [
        circle([c.lng, c.lat], c.radius).map(([x, y]) => [x, y]),
      ]),
    ];
    // A shape tells more than a code: codes count where there is no shape.
    if (drawn.length > 0) return drawn;
    const codes = new Set(area.geocodes.map((code) => code.value));
    return districts
      .filter((district) => codes.has(district.code))
      .flatMap((district) => district.polygons);
  });
}

const colour = (look: Look): ExpressionSpecification =>
  match(["get", "level"], Object.entries(look.levels), look.none);

/** The worst area lies on top. */
const ORDER: ExpressionSpecification = ["-", 0, ["get", "rank"]];

/** Warning areas: hatched by level, with an outline that glows. */
export const createWarnings = () =>
  createLayer<WarningPicture>({
    id: "warnings",
    mark: "hatch",
    sources: {
      warnings: {
        type: "geojson",
        data: NOTHING,
        promoteId: "id",
        maxzoom: 13,
      },
    },
    style: (look) => [
      {
        slot: "areas",
        layer: {
          id: "warnings:tint",
          type: "fill",
          source: "warnings",
          layout: { "fill-sort-key": ORDER },
          paint: { "fill-color": colour(look), "fill-opacity": 0.16 },
        },
      },
      {
        slot: "areas",
        layer: {
          id: "warnings:hatch",
          type: "fill",
          source: "warnings",
          layout: { "fill-sort-key": ORDER },
          paint: {
            "fill-pattern": ["concat", "hatch:", ["get", "level"]],
            "fill-opacity": 0.42,
          },
        },
      },
      {
        slot: "lines",
        layer: {
          id: "warnings:glow",
          type: "line",
          source: "warnings",
          layout: { "line-join": "round" },
          paint: {
            "line-color": colour(look),
            "line-width": 8,
            "line-blur": 8,
            "line-opacity": 0.45,
          },
        },
      },
      {
        slot: "lines",
        layer: {
          id: "warnings:line",
          type: "line",
          source: "warnings",
          layout: { "line-join": "round", "line-sort-key": ORDER },
          paint: { "line-color": colour(look), "line-width": 1.6 },
        },
      },
    ],
    feed(map) {
      let districts: readonly District[] = [];
      const diff = createFeatureDiff<WarningView>(
        (warning) => {
          const coordinates = warningPolygons(warning, districts);
          return coordinates.length === 0
            ? null
            : {
                type: "Feature",
                properties: {
                  id: warning.id,
                  level: warning.level,
                  rank: Level.options.indexOf(warning.level),
                },
                geometry: { type: "MultiPolygon", coordinates },
              };
        },
        (a, b) => a.level === b.level && a.areas === b.areas,
      );
      return (picture) => {
        const source = map.getSource<GeoJSONSource>("warnings");
        if (picture.districts !== districts) {
          districts = picture.districts;
          diff.clear();
          void source?.setData(NOTHING);
        }
        const change = diff.next(picture.warnings);
        if (change) void source?.updateData(change);
      };
    },
  });
