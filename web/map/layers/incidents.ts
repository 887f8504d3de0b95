import type { ExpressionSpecification, GeoJSONSource } from "maplibre-gl";
import type { Incident } from "../../../contract/incident.ts";
import { createFeatureDiff } from "../feature-diff.ts";
import { createLayer, type Placed } from "../layer.ts";
import { fontStack } from "../names.ts";
import { NOTHING } from "../style.ts";
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
export const INCIDENT_WORST = "incidents:worst";

export interface IncidentPicture {
  incidents: Iterable<Incident>;
  /** Ids of those that shout: they stand alone, whatever lies around them. */
  worst: ReadonlySet<string>;
}

type Shown = Pick<Incident, "id" | "lng" | "lat" | "priority">;

/** Px that a shape keeps clear of names around it. */
const CLEAR = { alone: 2, worst: 16 };

const shape = (
  id: string,
  source: string,
  filter: ExpressionSpecification,
  clear: number,
): Placed => ({
  slot: "top",
  layer: {
    id,
    type: "symbol",
    source,
    filter,
    layout: {
      "icon-image": ["concat", "priority:", PRIORITY],
      // Always there; names of places make way, the worst ones' ring included.
      "icon-allow-overlap": true,
      "icon-padding": clear,
      // The first on top, the unjudged (0) below the fourth.
      "symbol-sort-key": ["-", 0, ["case", ["==", PRIORITY, 0], 5, PRIORITY]],
    },
  },
});

const createDiff = () =>
  createFeatureDiff<Shown>(
    ({ id, lng, lat, priority }) =>
      lng === null || lat === null
        ? null
        : {
            type: "Feature",
            properties: { id, priority: priority ?? 0 },
            geometry: { type: "Point", coordinates: [lng, lat] },
          },
    (a, b) => a.lng === b.lng && a.lat === b.lat && a.priority === b.priority,
  );

/** Open incidents: a shape by priority; many at one place are a ring that shows their mix. */
export const createIncidents = () =>
  createLayer<IncidentPicture>({
    id: "incidents",
    mark: "shape",
    sources: {
      incidents: {
        type: "geojson",
        data: NOTHING,
        promoteId: "id",
        cluster: true,
        clusterRadius: 58,
        clusterMaxZoom: 14,
        clusterProperties,
      },
      "incidents:worst": {
        type: "geojson",
        data: NOTHING,
        promoteId: "id",
      },
    },
    style: (look) => [
      shape(INCIDENT_SHAPES, "incidents", ["!", CLUSTERED], CLEAR.alone),
      {
        slot: "top",
        layer: {
          id: INCIDENT_RINGS,
          type: "symbol",
          source: "incidents",
          filter: CLUSTERED,
          layout: {
            "icon-image": ringName,
            // Rings are always there; names of places make way for them.
            "icon-allow-overlap": true,
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
      shape(INCIDENT_WORST, "incidents:worst", ["literal", true], CLEAR.worst),
    ],
    feed(map) {
      const parts = ["incidents", "incidents:worst"] as const;
      const diffs = parts.map(createDiff);
      return ({ incidents, worst }) => {
        const all = [...incidents];
        for (const [i, source] of parts.entries()) {
          const change = diffs[i]!.next(
            all.filter(({ id }) => worst.has(id) === (i === 1)),
          );
          if (change)
            void map.getSource<GeoJSONSource>(source)?.updateData(change);
        }
      };
    },
  });
