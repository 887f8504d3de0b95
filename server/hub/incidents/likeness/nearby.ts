import { cellOf, cellsAround, metresBetween } from "./grid.ts";
import { createTimeline, type Timed, type Timeline } from "./timeline.ts";

/** Somewhere, or nowhere that is known, at a time. Degrees, CGCS2000. */
export interface Placed extends Timed {
  lng: number | null;
  lat: number | null;
}

/** How near two reports must be to be one matter. */
export interface Reach {
  /** Metres. */
  radius: number;
  /** ms between the two reports. */
  within: number;
}

/** What is placed in a city, by cells of space and in order of time. */
export interface Nearby<T extends Placed> {
  add(item: T): void;
  delete(item: T): void;
  /**
   * At most `most` wanted ones in reach; of more, the nearest in time. Where one
   * of two has no location, time alone decides.
   */
  inReach(
    of: Placed,
    reach: Reach,
    most: number,
    isWanted: (item: T) => boolean,
  ): T[];
}

/** @param metres width of a cell: the radius that is asked for mostly */
export function createNearby<T extends Placed>(metres: number): Nearby<T> {
  const all = createTimeline<T>();
  const nowhere = createTimeline<T>();
  const cells = new Map<string, Timeline<T>>();

  function cellFor({ lng, lat }: T): Timeline<T> {
    if (lng === null || lat === null) return nowhere;
    const name = cellOf(lng, lat, metres);
    let cell = cells.get(name);
    if (!cell) cells.set(name, (cell = createTimeline()));
    return cell;
  }

  return {
    add(item) {
      all.add(item);
      cellFor(item).add(item);
    },
    delete(item) {
      all.delete(item);
      const cell = cellFor(item);
      cell.delete(item);
      if (cell.size === 0 && cell !== nowhere)
        cells.delete(cellOf(item.lng!, item.lat!, metres));
    },
    inReach(of, { radius, within }, most, isWanted) {
      const { lng, lat, at } = of;
      if (lng === null || lat === null)
        return all.near(at, within, most, isWanted);
      const found = nowhere.near(at, within, most, isWanted);
      const isNear = (item: T) =>
        (distanceOf(of, item) ?? 0) <= radius && isWanted(item);
      for (const name of cellsAround(lng, lat, radius, metres))
        found.push(...(cells.get(name)?.near(at, within, most, isNear) ?? []));
      if (found.length <= most) return found;
      return found.sort(nearestTo(at)).slice(0, most);
    },
  };
}

/** Metres; null where one of the two has no location. */
export function distanceOf(a: Placed, b: Placed): number | null {
  if (a.lng === null || a.lat === null || b.lng === null || b.lat === null)
    return null;
  return metresBetween(a.lng, a.lat, b.lng, b.lat);
}

const nearestTo = (at: number) => (a: Timed, b: Timed) =>
  Math.abs(a.at - at) - Math.abs(b.at - at) || (a.id < b.id ? -1 : 1);
