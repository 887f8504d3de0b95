import type { GeoJSON } from "geojson";
import type { ExpressionSpecification, GeoJSONSource } from "maplibre-gl";
import type { SensorView } from "../../../contract/sensor.ts";
import { byZoom, match } from "../expressions.ts";
import { createLayer } from "../layer.ts";
import { stretchesOf } from "../stretches.ts";
import { NOTHING } from "../style.ts";

export interface FlowPicture {
  /** The base map's roads; the same object is read once. */
  roads: GeoJSON | null;
  /** Traffic loops with a metric `speed`, km/h. */
  loops: Iterable<SensorView>;
}

/** Free speed of the roads that have loops, km/h (design speeds of CJJ 37). */
const FREE: Readonly<Record<string, number>> = { 快速路: 80, 主干路: 50 };

/**
 * Share of the free speed under which a road is in the second, third and
 * fourth class (GB/T 33171: 70, 50, 40 and 30 %; the upper two are one here).
 */
const LIMITS = [0.5, 0.4, 0.3] as const;

/** Another number of loops than this share more or fewer is worth drawing anew. */
const GROWN = 0.02;

/** 0 free … 3 blocked; −1 where there is no fresh speed. Pure. */
export function flowClass(loop: SensorView, free: number): number {
  if (loop.freshness === "stale" || loop.freshness === "lost") return -1;
  const speed = loop.values.find(({ metric }) => metric === "speed")?.value;
  if (speed === null || speed === undefined) return -1;
  const share = speed / free;
  return LIMITS.filter((limit) => share < limit).length;
}

const FLOW: ExpressionSpecification = [
  "coalesce",
  ["feature-state", "flow"],
  -1,
];

const slow = (wide: number, slim: number): ExpressionSpecification => [
  "case",
  [">", FLOW, 0],
  wide,
  slim,
];

/** Road speed: main roads in the colour of what their loops measure; no loop, no colour. */
export const createFlow = () =>
  createLayer<FlowPicture>({
    id: "flow",
    mark: "line",
    sources: {
      flow: { type: "geojson", data: NOTHING, maxzoom: 13, tolerance: 0.5 },
    },
    style: (look) => [
      {
        slot: "lines",
        layer: {
          id: "flow:line",
          type: "line",
          source: "flow",
          layout: { "line-cap": "round", "line-join": "round" },
          paint: {
            "line-color": match(
              FLOW,
              look.flow.map((colour, i) => [i, colour] as const),
              look.stale,
            ),
            // A free road is no news: it is drawn slimmer than a slow one.
            "line-width": byZoom(
              [8, slow(1.8, 0.9)],
              [11, slow(3, 1.6)],
              [14, slow(6, 4)],
              [17, slow(10, 8)],
            ),
            "line-opacity": match(
              FLOW,
              [
                [-1, 0],
                [0, 0.55],
              ],
              1,
            ),
          },
        },
      },
    ],
    feed(map) {
      /** What a loop's stretch carries on the map. */
      const drawn = new Map<string, { no: number; free: number }>();
      const told = new Map<number, number>();
      let ground: GeoJSON | null = null;
      let known = 0;

      function draw(roads: GeoJSON, loops: readonly SensorView[]): void {
        const stretches = stretchesOf(
          roads,
          new Set(Object.keys(FREE)),
          loops.flatMap(({ id, lng, lat }) =>
            lng === null || lat === null ? [] : [{ id, lng, lat }],
          ),
        );
        const features = [...stretches].map(([id, { roadClass, line }]) => {
          const no = drawn.get(id)?.no ?? drawn.size;
          drawn.set(id, { no, free: FREE[roadClass]! });
          return {
            type: "Feature" as const,
            id: no,
            properties: {},
            geometry: {
              type: "LineString" as const,
              coordinates: line.map(([x, y]) => [x, y]),
            },
          };
        });
        void map
          .getSource<GeoJSONSource>("flow")
          ?.setData({ type: "FeatureCollection", features });
      }

      return ({ roads, loops }) => {
        const all = [...loops];
        if (
          roads &&
          (roads !== ground || Math.abs(all.length - known) > known * GROWN)
        ) {
          ground = roads;
          known = all.length;
          draw(roads, all);
        }
        for (const loop of all) {
          const stretch = drawn.get(loop.id);
          if (!stretch) continue;
          const flow = flowClass(loop, stretch.free);
          if (told.get(stretch.no) === flow) continue;
          told.set(stretch.no, flow);
          map.setFeatureState({ source: "flow", id: stretch.no }, { flow });
        }
      };
    },
  });
