/** MapLibre behind the few words that the rest of the product needs: the only importer of it. */
import type * as GeoJSON from "geojson";
import {
  Map as MapLibre,
  setWorkerUrl,
  type GeoJSONSource,
  type MapMouseEvent,
} from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import type { Ground } from "./ground.ts";
import { openImages, type Images } from "./images.ts";
import {
  repaint,
  repaints,
  type CityLayer,
  type LayerId,
  type Picked,
} from "./layer.ts";
import { CAMERA_BOXES } from "./layers/cameras.ts";
import {
  INCIDENT_RINGS,
  INCIDENT_SHAPES,
  INCIDENT_WORST,
} from "./layers/incidents.ts";
import { SENSOR_DOTS } from "./layers/sensors.ts";
import type { Bounds, LngLat } from "./places.ts";
import { createStyle } from "./style.ts";

setWorkerUrl(workerUrl);

/** Walls reach 7680 × 4320; MapLibre would blur beyond 4096. */
const LARGEST_CANVAS: [number, number] = [16_384, 8_192];

export interface Padding {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

export interface EngineOptions {
  container: HTMLElement;
  ground: Ground;
  bounds: Bounds;
  padding: Padding;
  /** Px that are left free around what is shown whole, inside the padding. */
  margin: number;
  /** Device pixels of one container pixel. */
  density: number;
  interactive: boolean;
  still: boolean;
  /** The view moved or was resized: what stands over the map moves with it. */
  onMove(): void;
  onPick(picked: Picked | null): void;
  /** The GPU took the picture away; this engine is of no more use. */
  onLost(): void;
  /** First picture of the ground. */
  onDrawn(): void;
}

export interface Engine {
  add(layer: CityLayer<never>): void;
  remove(layer: CityLayer<never>): void;
  /** Another look, language or label set of the same ground. */
  redraw(ground: Ground): void;
  /** Gives a base-map layer its data once it is here. */
  setGround(layer: string, data: GeoJSON.GeoJSON): void;
  setDensity(density: number): void;
  setPadding(padding: Padding): void;
  resize(): void;
  /** Container pixels of a place. */
  project(at: LngLat): { x: number; y: number };
  /** The place at container pixels. */
  placeAt(at: { x: number; y: number }): LngLat;
  zoom(): number;
  /** Shows a box whole, inside the padding. */
  showAll(bounds: Bounds): void;
  /** Moves to a place; never farther out than now. */
  focus(at: LngLat, zoom: number): void;
  close(): void;
}

/** @throws Error where the browser gives no WebGL2. */
export function openEngine(options: EngineOptions): Engine {
  const { container, interactive } = options;
  let ground = options.ground;
  let style = createStyle(ground);
  let bounds = options.bounds;
  /** The view is the whole city, and stays so when the room for it changes. */
  let whole = true;
  const moves = options.still ? 0 : 900;
  /** Layers on the map now. */
  const layers = new Set<CityLayer<never>>();

  const map = new MapLibre({
    container,
    style,
    interactive,
    bounds: [...bounds],
    fitBoundsOptions: { padding: options.padding },
    pixelRatio: options.density,
    maxCanvasSize: LARGEST_CANVAS,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    renderWorldCopies: false,
    refreshExpiredTiles: false,
    trackResize: false,
    fadeDuration: options.still || !interactive ? 0 : 200,
    maxZoom: 18.5,
    minZoom: 6,
    validateStyle: import.meta.env.DEV,
  });
  map.touchZoomRotate.disableRotation();
  const images: Images = openImages(
    map,
    ground.look,
    Math.ceil(options.density),
  );

  let loaded = false;
  let drawn = false;
  const early = new Map<string, GeoJSON.GeoJSON>();
  const told = new Set<string>();
  const tell = (layer: string, data: GeoJSON.GeoJSON) => {
    told.add(layer);
    void map.getSource<GeoJSONSource>(layer)?.setData(data);
  };
  map.once("style.load", () => {
    loaded = true;
    for (const [layer, data] of early) tell(layer, data);
  });

  /**
   * The ground first, then one layer a frame: each may need programs of its
   * own, and a browser stands still while it compiles them.
   */
  const waiting: CityLayer<never>[] = [];
  map.on("render", () => {
    if (!loaded) return;
    if (!drawn) {
      if (!useful(map, ground, told)) return;
      drawn = true;
      options.onDrawn();
    }
    const next = waiting.shift();
    if (!next) return;
    layers.add(next);
    next.add(map, ground.look);
    map.triggerRepaint();
  });
  map.on("move", options.onMove);
  map.on("resize", options.onMove);
  map.on("webglcontextlost", () => {
    loaded = false;
    for (const layer of layers) layer.drop();
    layers.clear();
    waiting.length = 0;
    options.onLost();
  });
  map.on("error", ({ error }) => console.error("map", error));
  map.on("idle", () =>
    images.sweep(() =>
      map.getLayer(INCIDENT_RINGS)
        ? map
            .queryRenderedFeatures({ layers: [INCIDENT_RINGS] })
            .map(({ layer }) => {
              // MapLibre's expression type is endless: no rule should walk it.
              const icon: unknown =
                layer.type === "symbol" ? layer.layout?.["icon-image"] : null;
              return String(icon);
            })
        : [],
    ),
  );
  if (interactive) listen(map, options, layers, () => (whole = false));

  function showAll(to: Bounds, duration: number): void {
    bounds = to;
    whole = true;
    map.fitBounds([...to], { padding: options.margin, duration });
  }

  map.setPadding(options.padding);

  return {
    add(layer) {
      waiting.push(layer);
      map.triggerRepaint();
    },
    remove(layer) {
      const place = waiting.indexOf(layer);
      if (place >= 0) waiting.splice(place, 1);
      else if (layers.delete(layer)) layer.remove();
    },
    redraw(next) {
      const before = style;
      ground = next;
      style = createStyle(next);
      repaint(map, repaints(before.layers, style.layers));
      images.restyle(next.look);
      for (const layer of layers) layer.restyle(next.look);
    },
    setGround(layer, data) {
      if (loaded) tell(layer, data);
      else early.set(layer, data);
    },
    setDensity: (density) => void map.setPixelRatio(density),
    setPadding(padding) {
      map.setPadding(padding);
      if (whole) showAll(bounds, 0);
    },
    resize() {
      map.resize();
      if (whole) showAll(bounds, 0);
    },
    project([lng, lat]) {
      const { x, y } = map.project([lng, lat]);
      return { x, y };
    },
    placeAt({ x, y }) {
      const { lng, lat } = map.unproject([x, y]);
      return [lng, lat];
    },
    zoom: () => map.getZoom(),
    showAll: (to) => showAll(to, moves),
    focus([lng, lat], zoom) {
      whole = false;
      map.easeTo({
        center: [lng, lat],
        zoom: Math.max(zoom, map.getZoom()),
        duration: moves,
      });
    },
    close() {
      images.close();
      map.remove();
    },
  };
}

/** The ground is there: land, water and roads. Names and buildings may follow. */
function useful(
  map: MapLibre,
  ground: Ground,
  told: ReadonlySet<string>,
): boolean {
  const needed = ["green", "water", "roads"] as const;
  return (
    map.isSourceLoaded("land") &&
    needed
      .filter((name) => ground.basemap.includes(name))
      .every((name) => told.has(name) && map.isSourceLoaded(name))
  );
}

/** Nearest first among what may be met at one place. */
const PICKABLE: readonly [styleLayer: string, layer: LayerId][] = [
  [INCIDENT_WORST, "incidents"],
  [INCIDENT_SHAPES, "incidents"],
  [CAMERA_BOXES, "cameras"],
  [SENSOR_DOTS, "sensors"],
];
/** A finger is not a pixel. */
const REACH = 6;

function listen(
  map: MapLibre,
  options: EngineOptions,
  layers: Iterable<CityLayer<never>>,
  onGesture: () => void,
): void {
  const near = ({ point }: MapMouseEvent, names: string[]) =>
    map.queryRenderedFeatures(
      [
        [point.x - REACH, point.y - REACH],
        [point.x + REACH, point.y + REACH],
      ],
      { layers: names.filter((name) => map.getLayer(name)) },
    );

  map.on("movestart", (event) => {
    if (event.originalEvent) onGesture();
  });
  map.on("click", (event) => {
    const [ring] = near(event, [INCIDENT_RINGS]);
    const cluster: unknown = ring?.properties["cluster_id"];
    if (ring && typeof cluster === "number") {
      onGesture();
      void map
        .getSource<GeoJSONSource>("incidents")
        ?.getClusterExpansionZoom(cluster)
        .then((zoom) => map.easeTo({ center: event.lngLat, zoom }))
        // The cluster may be gone by the time it was asked for.
        .catch(() => {});
      return;
    }
    for (const [name, layer] of PICKABLE) {
      const [feature] = near(event, [name]);
      const id: unknown = feature?.properties["id"] ?? feature?.id;
      if (feature?.geometry.type !== "Point") continue;
      if (typeof id !== "string" && typeof id !== "number") continue;
      const [lng, lat] = feature.geometry.coordinates as [number, number];
      options.onPick({ layer, id, at: [lng, lat] });
      return;
    }
    const { lng, lat } = event.lngLat;
    const reach = map.unproject([event.point.x + REACH * 2, event.point.y]);
    for (const layer of layers) {
      const picked = layer.pick?.([lng, lat], reach.lng - lng);
      if (picked) return options.onPick(picked);
    }
    options.onPick(null);
  });
  const names = [INCIDENT_RINGS, ...PICKABLE.map(([name]) => name)];
  map.on("mousemove", (event) => {
    map.getCanvas().style.cursor =
      near(event, names).length > 0 ? "pointer" : "";
  });
}
