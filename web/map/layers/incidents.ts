import type { ExpressionSpecification, GeoJSONSource } from "maplibre-gl";
import type { Incident } from "../../../contract/incident.ts";
import { createFeatureDiff } from "../feature-diff.ts";
import { createLayer } from "../layer.ts";
import { fontStack, NOTHING } from "../style.ts";
import { MIX_FIELDS, ringName } from "../ring.ts";

const PRIORITY: ExpressionSpecification = ["get", "priority"];
const CLUSTERED: ExpressionSpecification = ["has", "point_count"];

/** How many of a priority a cluster holds. */
const clusterProperties = Object.fromEntries(
  MIX_FIELDS.map((field) => [
    field,
    ["+", ["case", ["==", PRIORITY, Number(field.slice(1))], 1, 0]],
  ]),
);

/** Style layers that answer to a pointer. */
export const INCIDENT_RINGS = "incidents:rings";
export const INCIDENT_SHAPES = "incidents:shapes";

/** Open incidents: a shape by priority; many at one place are a ring that shows their mix. */
export const createIncidents = () =>
  createLayer<Iterable<Incident>>({
    id: "incidents",
    mark: "shape",
    sources: {
      incidents: {
        type: "geojson",
        data: NOTHING,
        promoteId: "id",
        cluster: true,
        clusterRadius: 46,
        clusterMaxZoom: 14,
        clusterProperties,
      },
    },
    style: (look) => [
      {
        slot: "top",
        layer: {
          id: INCIDENT_SHAPES,
          type: "symbol",
          source: "incidents",
          filter: ["!", CLUSTERED],
          layout: {
            "icon-image": ["concat", "priority:", PRIORITY],
            "icon-allow-overlap": true,
            "icon-ignore-placement": true,
            // Unjudged (0) lies below the fourth, the first on top.
            "symbol-sort-key": [
              "-",
              0,
              ["case", ["==", PRIORITY, 0], 5, PRIORITY],
            ],
          },
        },
      },
      {
        slot: "top",
        layer: {
          id: INCIDENT_RINGS,
          type: "symbol",
          source: "incidents",
          filter: CLUSTERED,
          layout: {
            "icon-image": ringName,
            "icon-allow-overlap": true,
            "icon-ignore-placement": true,
            "text-field": ["to-string", ["get", "point_count"]],
            "text-font": fontStack(look.figures, "SemiBold"),
            "text-size": ["step", ["get", "point_count"], 16, 10, 18, 50, 21],
            "text-allow-overlap": true,
            "text-ignore-placement": true,
            "symbol-sort-key": ["get", "point_count"],
          },
          paint: { "text-color": look.badgeText },
        },
      },
    ],
    feed(map) {
      const diff = createFeatureDiff<Incident>(
        ({ id, lng, lat, priority }) =>
          lng === null || lat === null
            ? null
            : {
                type: "Feature",
                properties: { id, priority: priority ?? 0 },
                geometry: { type: "Point", coordinates: [lng, lat] },
              },
        (a, b) =>
          a.lng === b.lng && a.lat === b.lat && a.priority === b.priority,
      );
      return (incidents) => {
        const change = diff.next(incidents);
        if (change)
          void map.getSource<GeoJSONSource>("incidents")?.updateData(change);
      };
    },
  });
