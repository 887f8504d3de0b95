import type { Feature } from "geojson";
import type { GeoJSONSource } from "maplibre-gl";
import type { Surface } from "./layer.ts";

/** Where many unmoving things stand, as columns; `no` is each one's number. */
export interface PointColumns {
  no: ArrayLike<number>;
  lng: ArrayLike<number>;
  lat: ArrayLike<number>;
  /** A small number that the style knows how to paint. */
  state: ArrayLike<number>;
}

interface Point {
  lng: number;
  lat: number;
  /** State that the map shows now. */
  state: number;
}

/**
 * Tens of thousands of points in one source. A place is sent once; after that
 * a point's change is a feature state, never its geometry.
 */
export function createPoints(map: Surface, source: string) {
  const points = new Map<number, Point>();

  /** Features of the points that are new or moved. */
  function changed(columns: PointColumns): Feature[] {
    const add: Feature[] = [];
    for (let i = 0; i < columns.no.length; i++) {
      const no = columns.no[i]!;
      const [lng, lat] = [columns.lng[i]!, columns.lat[i]!];
      const state = columns.state[i]!;
      const held = points.get(no);
      if (held && held.lng === lng && held.lat === lat) {
        setState(no, state);
        continue;
      }
      points.set(no, { lng, lat, state });
      // A moved point keeps its feature state, which would outshine the new one.
      if (held) map.removeFeatureState({ source, id: no });
      add.push({
        type: "Feature",
        id: no,
        properties: { s: state },
        geometry: { type: "Point", coordinates: [lng, lat] },
      });
    }
    return add;
  }

  function setState(no: number, state: number): void {
    const held = points.get(no);
    if (!held || held.state === state) return;
    held.state = state;
    map.setFeatureState({ source, id: no }, { s: state });
  }

  return {
    size: () => points.size,
    state: (no: number) => points.get(no)?.state,
    at: (no: number) => points.get(no),
    setState,
    /** Sends the places that are new or moved, and forgets those that left. */
    place(columns: PointColumns): void {
      const length = columns.no.length;
      const sink = map.getSource<GeoJSONSource>(source);
      const first = points.size === 0;
      const features = changed(columns);
      // A whole picture is cheaper told whole: a difference is weighed point by point.
      if (first) void sink?.setData({ type: "FeatureCollection", features });
      else if (features.length > 0) void sink?.updateData({ add: features });
      if (points.size === length) return;
      const here = new Set<number>();
      for (let i = 0; i < length; i++) here.add(columns.no[i]!);
      const remove = [...points.keys()].filter((no) => !here.has(no));
      for (const no of remove) {
        points.delete(no);
        map.removeFeatureState({ source, id: no });
      }
      if (remove.length > 0) void sink?.updateData({ remove });
    },
  };
}
