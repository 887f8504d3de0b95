/** Closed incidents by place, the newest ones only, to say what usually happens here. */
import type { Whose } from "../../../../contract/data-scope.ts";
import { cellOf, cellsAround, metresBetween } from "./grid.ts";

export interface Neighbour extends Whose {
  id: string;
  lng: number | null;
  lat: number | null;
  category: string | null;
  department: string | null;
  /** How often all counts had been halved when it was learned. */
  halvings: number;
}

export interface Near {
  neighbour: Neighbour;
  /** Metres. */
  distance: number;
}

export interface Neighbours {
  get(id: string): Neighbour | undefined;
  /** Keeps it as the newest; of more than `most`, the oldest are let go. */
  add(neighbour: Neighbour): void;
  /** @returns what was let go; undefined where nothing was known by that id. */
  delete(id: string): Neighbour | undefined;
  /** At most `most` within `radius` metres, nearest first; of a busy place the newest. */
  near(lng: number, lat: number, radius: number, most: number): Near[];
  readonly size: number;
}

export function createNeighbours(kept: number, cellSize: number): Neighbours {
  /** In the order in which they were learned. */
  const known = new Map<string, Neighbour>();
  const cells = new Map<string, Neighbour[]>();
  const nameOf = ({ lng, lat }: Neighbour) =>
    lng === null || lat === null ? null : cellOf(lng, lat, cellSize);

  function remove(id: string): Neighbour | undefined {
    const neighbour = known.get(id);
    if (!neighbour) return undefined;
    known.delete(id);
    const name = nameOf(neighbour);
    if (name === null) return neighbour;
    const cell = cells.get(name)!;
    cell.splice(cell.indexOf(neighbour), 1);
    if (cell.length === 0) cells.delete(name);
    return neighbour;
  }

  return {
    get: (id) => known.get(id),
    add(neighbour) {
      known.set(neighbour.id, neighbour);
      const name = nameOf(neighbour);
      if (name !== null) {
        const cell = cells.get(name);
        if (cell) cell.push(neighbour);
        else cells.set(name, [neighbour]);
      }
      if (known.size > kept) {
        const [oldest] = known.keys();
        remove(oldest!);
      }
    },
    delete: remove,
    near(lng, lat, radius, most) {
      const found: Near[] = [];
      for (const name of cellsAround(lng, lat, radius, cellSize)) {
        const cell = cells.get(name) ?? [];
        const oldest = Math.max(0, cell.length - most);
        for (let i = cell.length - 1; i >= oldest; i--) {
          const neighbour = cell[i]!;
          const distance = metresBetween(
            lng,
            lat,
            neighbour.lng!,
            neighbour.lat!,
          );
          if (distance <= radius) found.push({ neighbour, distance });
        }
      }
      found.sort(
        (a, b) =>
          a.distance - b.distance || (a.neighbour.id < b.neighbour.id ? -1 : 1),
      );
      return found.slice(0, most);
    },
    get size() {
      return known.size;
    },
  };
}
