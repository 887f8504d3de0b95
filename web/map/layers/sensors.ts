import type { ExpressionSpecification, GeoJSONSource } from "maplibre-gl";
import { Level, State, type Freshness } from "../../../contract/level.ts";
import { byZoom, match } from "../expressions.ts";
import { createFeatureDiff } from "../feature-diff.ts";
import { createLayer } from "../layer.ts";
import type { Look } from "../look.ts";
import { createPoints, type PointColumns } from "../points.ts";
import { NOTHING } from "../style.ts";

export interface SensorPicture {
  /** From the door `sensorPoints`; the same object is read once. */
  places: PointColumns | null;
  /** From the topic `sensorStates`. */
  states: Iterable<{ id: number; state: State; freshness: Freshness }>;
}

const NUMBER = Object.fromEntries(
  State.options.map((state, i) => [state, i]),
) as Record<State, number>;

/** What a sensor is painted as: too old is grey whatever it said last. */
export const paintedState = (state: State, freshness: Freshness): number =>
  freshness === "stale" || freshness === "lost" ? NUMBER.stale : NUMBER[state];

const STATE: ExpressionSpecification = [
  "coalesce",
  ["feature-state", "s"],
  ["get", "s"],
];
const ALARMED: ExpressionSpecification = ["<=", STATE, NUMBER.blue];

const colour = (look: Look): ExpressionSpecification =>
  match(
    STATE,
    [
      ...Level.options.map(
        (level) => [NUMBER[level], look.levels[level]] as const,
      ),
      [NUMBER.stale, look.stale],
    ],
    look.calm,
  );

const either = (alarmed: number, calm: number): ExpressionSpecification => [
  "case",
  ALARMED,
  alarmed,
  calm,
];

/** Style layers that answer to a pointer. */
export const SENSOR_DOTS = "sensors:dots";

/**
 * Sensors: calm ones a faint dust that shows where the city feels, alarmed
 * ones bright, and near enough with their level's shape.
 */
export const createSensors = () =>
  createLayer<SensorPicture>({
    id: "sensors",
    mark: "dot",
    sources: {
      sensors: { type: "geojson", data: NOTHING, maxzoom: 13 },
      "sensors:alarmed": {
        type: "geojson",
        data: NOTHING,
        maxzoom: 13,
      },
    },
    style: (look) => [
      {
        slot: "points",
        layer: {
          id: SENSOR_DOTS,
          type: "circle",
          source: "sensors",
          paint: {
            "circle-color": colour(look),
            "circle-radius": byZoom(
              [8, either(1.8, 0.7)],
              [11, either(2.6, 1.2)],
              [14, either(5, 3)],
              [17, either(8, 6)],
            ),
            "circle-opacity": byZoom(
              [9, either(0.95, 0.4)],
              [12, either(1, 0.6)],
              [15, either(1, 0.9)],
            ),
            "circle-stroke-color": look.labelHalo,
            "circle-stroke-width": byZoom([12, 0], [14, 1]),
          },
        },
      },
      {
        slot: "points",
        layer: {
          id: "sensors:shapes",
          type: "symbol",
          source: "sensors:alarmed",
          minzoom: 11.5,
          layout: {
            "icon-image": ["concat", "level:", ["get", "level"]],
            "icon-size": [
              "interpolate",
              ["linear"],
              ["zoom"],
              11.5,
              0.6,
              15,
              1,
            ],
            "icon-allow-overlap": true,
            "icon-ignore-placement": true,
          },
        },
      },
    ],
    feed(map) {
      const points = createPoints(map, "sensors");
      let placed: PointColumns | null = null;
      const seen = new Map<number, unknown>();
      const alarmed = createFeatureDiff<{ id: number; level: Level }>(
        ({ id, level }) => {
          const at = points.at(id);
          return at
            ? {
                type: "Feature",
                id,
                properties: { level },
                geometry: { type: "Point", coordinates: [at.lng, at.lat] },
              }
            : null;
        },
        (a, b) => a.level === b.level,
      );
      /** Alarmed sensors; empty on a quiet day. */
      const levels = new Map<number, { id: number; level: Level }>();

      function paint(no: number, painted: number): void {
        points.setState(no, painted);
        const level = Level.options[painted];
        if (!level) levels.delete(no);
        else if (levels.get(no)?.level !== level)
          levels.set(no, { id: no, level });
      }

      return ({ places, states }) => {
        if (places && places !== placed) {
          placed = places;
          points.place(places);
          for (let i = 0; i < places.no.length; i++)
            paint(places.no[i]!, places.state[i]!);
          seen.clear();
        }
        for (const item of states) {
          if (seen.get(item.id) === item) continue;
          seen.set(item.id, item);
          paint(item.id, paintedState(item.state, item.freshness));
        }
        const change = alarmed.next(levels.values());
        if (change)
          void map
            .getSource<GeoJSONSource>("sensors:alarmed")
            ?.updateData(change);
      };
    },
  });
