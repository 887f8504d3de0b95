import type { CustomLayerInterface, Map as MapLibre } from "maplibre-gl";
import type { PositionView } from "../../../contract/position.ts";
import {
  createArrowPainter,
  createArrows,
  type Arrow,
  type Rgba,
} from "../arrows.ts";
import { readColour } from "../colour.ts";
import type { CityLayer, Surface } from "../layer.ts";
import type { Look } from "../look.ts";
import { mercator } from "../places.ts";
import { slotId } from "../style.ts";

/** Which series colour a kind of moving object has; others share the last. */
const KIND_SERIES: Readonly<Record<string, number>> = {
  bus: 2,
  taxi: 6,
  hazmat: 1,
  freight: 3,
  coach: 0,
  tourBus: 4,
  vessel: 5,
  police: 0,
  fire: 4,
  ambulance: 4,
  sanitation: 3,
};
const OTHER = 7;

/** Index of the series colour that a kind of moving object is drawn in. */
export const seriesOf = (kind: string): number => KIND_SERIES[kind] ?? OTHER;

/** Paints from here on are larger: the same rule stands in the shader. */
const ALARMED = 10;

const toArrow = (position: PositionView): Arrow => ({
  id: position.id,
  lng: position.lng,
  lat: position.lat,
  heading: position.heading,
  paint: position.alarms.length > 0 ? ALARMED : seriesOf(position.kind),
});

function paintsOf(look: Look): Rgba[] {
  const kinds = look.series.map((colour) => readColour(colour, 0.85));
  const gap = readColour(look.none, 0.85);
  return [
    ...kinds,
    ...Array.from({ length: ALARMED - kinds.length }, () => gap),
    readColour(look.levels.orange, 1),
  ];
}

/** Half-width in px on a 1080-high canvas: specks over the city, arrows in a street. */
export function arrowSize(zoom: number): number {
  const stops = [
    [8, 1.6],
    [10, 3],
    [12, 5],
    [15, 9],
    [18, 13],
  ] as const;
  for (let i = 1; i < stops.length; i++) {
    const [z0, s0] = stops[i - 1]!;
    const [z1, s1] = stops[i]!;
    if (zoom < z1) return s0 + ((s1 - s0) * Math.max(0, zoom - z0)) / (z1 - z0);
  }
  return stops.at(-1)![1];
}

export interface PositionsLayer extends CityLayer<Iterable<PositionView>> {
  /** How many of each kind are on the map. */
  kinds(): ReadonlyMap<string, number>;
  /** Floats sent to the GPU so far: grows by what moved only. */
  uploaded(): number;
}

/** Moving objects with their headings, 10,000 at 1 Hz; where they were heard last, never between. */
export function createPositions(): PositionsLayer {
  const arrows = createArrows();
  const held = new Map<string, PositionView>();
  const kinds = new Map<string, number>();
  const count = (kind: string, more: number) => {
    const now = (kinds.get(kind) ?? 0) + more;
    if (now > 0) kinds.set(kind, now);
    else kinds.delete(kind);
  };
  let map: MapLibre | null = null;
  let painter: ReturnType<typeof createArrowPainter> | null = null;
  let uploadedBefore = 0;
  let paints: Rgba[] = [];
  let rim: Rgba = [0, 0, 0, 0];
  let visible = true;

  function paint(look: Look): void {
    paints = paintsOf(look);
    rim = readColour(look.labelHalo, 0.9);
  }

  const layer: CustomLayerInterface = {
    id: "positions",
    type: "custom",
    onAdd(_map, gl) {
      painter = createArrowPainter(gl);
    },
    onRemove() {
      uploadedBefore += painter?.uploaded() ?? 0;
      painter?.close();
      painter = null;
    },
    render(gl, { defaultProjectionData }) {
      if (!map || !visible) return;
      painter?.draw(arrows.buffer, {
        matrix: defaultProjectionData.mainMatrix,
        width: gl.drawingBufferWidth,
        height: gl.drawingBufferHeight,
        size: arrowSize(map.getZoom()) * map.getPixelRatio(),
        paints,
        rim,
      });
      arrows.clean();
    },
  };

  return {
    id: "positions",
    mark: "arrow",
    add(to: Surface, look) {
      map = to as MapLibre;
      paint(look);
      map.addLayer(layer, slotId("points"));
    },
    update(positions) {
      let left = held.size;
      let changed = false;
      const now = new Set<string>();
      for (const position of positions) {
        now.add(position.id);
        const before = held.get(position.id);
        if (before) left--;
        if (before === position) continue;
        held.set(position.id, position);
        if (before?.kind !== position.kind) {
          if (before) count(before.kind, -1);
          count(position.kind, 1);
        }
        if (before && !moved(before, position)) continue;
        arrows.put(toArrow(position));
        changed = true;
      }
      if (left > 0)
        for (const [id, { kind }] of held)
          if (!now.has(id)) {
            held.delete(id);
            count(kind, -1);
            arrows.drop(id);
            changed = true;
          }
      if (changed && visible) map?.triggerRepaint();
    },
    restyle(look) {
      paint(look);
      map?.triggerRepaint();
    },
    show(now) {
      visible = now;
      map?.triggerRepaint();
    },
    remove() {
      map?.removeLayer(layer.id);
      map = null;
    },
    drop: () => void (map = painter = null),
    pick([lng, lat], reach) {
      const [x, y] = mercator(lng, lat);
      const id = visible ? arrows.nearest(x, y, reach / 360) : undefined;
      const found = id === undefined ? undefined : held.get(id);
      return found
        ? { layer: "positions", id: found.id, at: [found.lng, found.lat] }
        : null;
    },
    kinds: () => kinds,
    uploaded: () => uploadedBefore + (painter?.uploaded() ?? 0),
  };
}

const moved = (a: PositionView, b: PositionView): boolean =>
  a.lng !== b.lng ||
  a.lat !== b.lat ||
  a.heading !== b.heading ||
  a.kind !== b.kind ||
  a.alarms.length !== b.alarms.length;
