import type { ExpressionSpecification } from "maplibre-gl";
import { byZoom } from "../expressions.ts";
import { createLayer, type CityLayer } from "../layer.ts";
import { createPoints } from "../points.ts";
import { NOTHING } from "../style.ts";

export interface CameraPicture {
  /** From the door `cameraPoints`; the same object is read once. */
  places: {
    id: readonly string[];
    name: readonly string[];
    lng: readonly number[];
    lat: readonly number[];
    online: readonly number[];
  } | null;
  /** From the topic `cameraStates`. */
  states: Iterable<{ id: string; online: boolean }>;
}

const ONLINE: ExpressionSpecification = [
  "==",
  ["coalesce", ["feature-state", "s"], ["get", "s"]],
  1,
];

/** Style layers that answer to a pointer. */
export const CAMERA_BOXES = "cameras:boxes";

/** From here on cameras are shown one by one; a whole city of them is only their number. */
export const CAMERAS_FROM = 12;

/** Numbers cameras by their codes, so that a camera keeps its number however often it is asked for. */
export function createNumbers() {
  const byCode = new Map<string, number>();
  const codes: string[] = [];
  return {
    of(code: string): number {
      const known = byCode.get(code);
      if (known !== undefined) return known;
      byCode.set(code, codes.length);
      return codes.push(code) - 1;
    },
    code: (no: number): string | undefined => codes[no],
  };
}

export interface CamerasLayer extends CityLayer<CameraPicture> {
  /** Code of the camera whose dot carries this number. */
  code(no: number): string | undefined;
}

/** Cameras: small rings, grey where offline. A dot carries its camera's number. */
export function createCameras(): CamerasLayer {
  const numbers = createNumbers();
  return { ...createDots(numbers), code: numbers.code };
}

const createDots = (numbers: ReturnType<typeof createNumbers>) =>
  createLayer<CameraPicture>({
    id: "cameras",
    mark: "box",
    sources: {
      cameras: { type: "geojson", data: NOTHING, maxzoom: 14 },
    },
    style: (look) => [
      {
        slot: "points",
        layer: {
          id: CAMERA_BOXES,
          type: "circle",
          source: "cameras",
          minzoom: CAMERAS_FROM,
          paint: {
            "circle-radius": byZoom([12, 1.4], [15, 4], [17, 6]),
            "circle-color": look.badge,
            "circle-stroke-color": ["case", ONLINE, look.accent, look.stale],
            "circle-stroke-width": byZoom([12, 0.8], [16, 1.8]),
            "circle-opacity": byZoom([12, 0.6], [14, 1]),
            "circle-stroke-opacity": ["case", ONLINE, 0.9, 0.55],
          },
        },
      },
      {
        slot: "points",
        layer: {
          id: "cameras:eyes",
          type: "circle",
          source: "cameras",
          minzoom: 14,
          paint: {
            "circle-radius": byZoom([14, 1], [17, 2.2]),
            "circle-color": ["case", ONLINE, look.accent, look.stale],
          },
        },
      },
    ],
    feed(map) {
      const points = createPoints(map, "cameras");
      let placed: CameraPicture["places"] = null;
      const seen = new Map<string, unknown>();
      return ({ places, states }) => {
        if (places && places !== placed) {
          placed = places;
          points.place({
            no: places.id.map((code) => numbers.of(code)),
            lng: places.lng,
            lat: places.lat,
            state: places.online,
          });
          seen.clear();
        }
        for (const item of states) {
          if (seen.get(item.id) === item) continue;
          seen.set(item.id, item);
          points.setState(numbers.of(item.id), item.online ? 1 : 0);
        }
      };
    },
  });
