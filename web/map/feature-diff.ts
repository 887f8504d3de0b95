import type { Feature } from "geojson";
import type { GeoJSONSourceDiff } from "maplibre-gl";

/** What a source must be told to show the next picture; null is nothing. */
export type Diff = GeoJSONSourceDiff | null;

/**
 * Remembers what a source shows and tells only what changed. An item that is
 * the same object as before is taken as unchanged: topics replace what changes.
 * `same` may say that a replaced item looks no different on the map.
 */
export function createFeatureDiff<T extends { id: string | number }>(
  feature: (item: T) => Feature | null,
  same: (before: T, now: T) => boolean,
) {
  let shown = new Map<string | number, T>();
  return {
    /** Items now on the map. */
    size: () => shown.size,
    /** Forgets everything: the source is new. */
    clear: () => shown.clear(),
    next(items: Iterable<T>): Diff {
      const add: Feature[] = [];
      const remove: (string | number)[] = [];
      const now = new Map<string | number, T>();
      for (const item of items) {
        const before = shown.get(item.id);
        if (before !== undefined && (before === item || same(before, item))) {
          now.set(item.id, item);
          continue;
        }
        const drawn = feature(item);
        if (!drawn) continue;
        // A feature that is added again replaces the one with its id.
        add.push(drawn);
        now.set(item.id, item);
      }
      for (const id of shown.keys()) if (!now.has(id)) remove.push(id);
      shown = now;
      return add.length > 0 || remove.length > 0 ? { add, remove } : null;
    },
  };
}
