import type {
  LayerSpecification,
  Map as MapLibre,
  SourceSpecification,
} from "maplibre-gl";
import type { Look } from "./look.ts";
import type { LngLat } from "./places.ts";
import { slotId, type Slot } from "./style.ts";

/** The part of MapLibre's map that layers speak to; a test may stand in for it. */
export type Surface = Pick<
  MapLibre,
  | "addLayer"
  | "addSource"
  | "getLayer"
  | "getSource"
  | "removeFeatureState"
  | "removeLayer"
  | "removeSource"
  | "setFeatureState"
  | "setLayoutProperty"
  | "setPaintProperty"
>;

export const LAYERS = [
  "districts",
  "areas",
  "warnings",
  "flow",
  "sensors",
  "cameras",
  "positions",
  "incidents",
] as const;
export type LayerId = (typeof LAYERS)[number];

/** How the legend draws a layer's mark. */
export type Mark =
  "area" | "hatch" | "line" | "dot" | "box" | "arrow" | "shape";

/** What a pointer met. `id` is the thing's own: an incident's id, a sensor's or a camera's number. */
export interface Picked {
  layer: LayerId;
  id: string | number;
  at: LngLat;
}

/** One kind of thing on the map. One file each; the list is in layers/index.ts. */
export interface CityLayer<Data> {
  readonly id: LayerId;
  readonly mark: Mark;
  /** Draws it on a map, with what `update` told before. */
  add(map: Surface, look: Look): void;
  /** Tells the picture as it is now; only differences reach the map. */
  update(data: Data): void;
  /** Repaints in another look; no data is sent again. */
  restyle(look: Look): void;
  show(visible: boolean): void;
  remove(): void;
  /** The thing nearest to a place, for layers that MapLibre cannot ask; `reach` in degrees of longitude. */
  pick?(at: LngLat, reach: number): Picked | null;
  /** What it is made of, where it is declared. */
  readonly parts?: LayerParts<Data>;
  /** The map is gone already: only forgets it. */
  drop(): void;
}

/** A style layer and where it lies between the base map's. */
export interface Placed {
  slot: Slot;
  layer: LayerSpecification;
}

export interface LayerParts<Data> {
  id: LayerId;
  mark: Mark;
  sources: Record<string, SourceSpecification>;
  /** Bottom first; pure. */
  style(look: Look): Placed[];
  /** Called when the sources are new; gives what tells them data. */
  feed(map: Surface): (data: Data) => void;
}

/** One paint or layout property that a change of look changes. */
export interface Repaint {
  layer: string;
  kind: "paint" | "layout";
  property: string;
  value: unknown;
}

/** What differs between two styles of the same layers. Pure. */
export function repaints(
  before: readonly LayerSpecification[],
  after: readonly LayerSpecification[],
): Repaint[] {
  const old = new Map(before.map((layer) => [layer.id, layer]));
  return after.flatMap((layer) =>
    (["paint", "layout"] as const).flatMap((kind) => {
      const was = (old.get(layer.id)?.[kind] ?? {}) as Record<string, unknown>;
      const is = (layer[kind] ?? {}) as Record<string, unknown>;
      return Object.entries(is)
        .filter(([name, v]) => JSON.stringify(v) !== JSON.stringify(was[name]))
        .map(([property, value]) => ({
          layer: layer.id,
          kind,
          property,
          value,
        }));
    }),
  );
}

export function repaint(map: Surface, changes: readonly Repaint[]): void {
  for (const { layer, kind, property, value } of changes)
    if (kind === "paint")
      map.setPaintProperty(layer, property as never, value as never);
    else map.setLayoutProperty(layer, property as never, value as never);
}

/** Makes a layer of its declared parts. */
export function createLayer<Data>(parts: LayerParts<Data>): CityLayer<Data> {
  let map: Surface | null = null;
  let tell: ((data: Data) => void) | null = null;
  let held: { data: Data } | null = null;
  let painted: Placed[] = [];
  let visible = true;

  const visibility = () => (visible ? "visible" : "none");

  function drop(): void {
    map = tell = null;
    painted = [];
  }

  return {
    id: parts.id,
    mark: parts.mark,
    parts,
    add(to, look) {
      map = to;
      for (const [name, source] of Object.entries(parts.sources))
        to.addSource(name, source);
      painted = parts.style(look);
      for (const { slot, layer } of painted)
        to.addLayer(
          {
            ...layer,
            layout: { ...layer.layout, visibility: visibility() },
          },
          slotId(slot),
        );
      tell = parts.feed(to);
      if (held) tell(held.data);
    },
    update(data) {
      held = { data };
      tell?.(data);
    },
    restyle(look) {
      const next = parts.style(look);
      if (map)
        repaint(
          map,
          repaints(
            painted.map((p) => p.layer),
            next.map((p) => p.layer),
          ),
        );
      painted = next;
    },
    show(now) {
      visible = now;
      for (const { layer } of painted)
        map?.setLayoutProperty(layer.id, "visibility", visibility());
    },
    remove() {
      for (const { layer } of painted) map?.removeLayer(layer.id);
      for (const name of Object.keys(parts.sources)) map?.removeSource(name);
      drop();
    },
    drop,
  };
}
