import type { CameraFlow } from "../../flow/cameras.ts";
import type { Handlers } from "../mount.ts";
import { HttpProblem } from "../problem.ts";

export function cameraHandlers(
  cameras: CameraFlow,
): Pick<Handlers, "cameraPoints" | "listCameras"> {
  return {
    cameraPoints: () => {
      const all = cameras.all();
      return {
        id: all.map((camera) => camera.id),
        name: all.map((camera) => camera.name),
        lng: all.map((camera) => camera.lng),
        lat: all.map((camera) => camera.lat),
        online: all.map((camera) => (camera.online ? 1 : 0)),
      };
    },

    listCameras({ query }) {
      let items = cameras.all();
      if (query.ids !== undefined) {
        const wanted = new Set(query.ids.split(","));
        items = items.filter(({ id }) => wanted.has(id));
      }
      if (query.district !== undefined)
        items = items.filter(({ district }) => district === query.district);
      if (query.near !== undefined) items = nearest(items, query.near);
      const from = query.cursor === undefined ? 0 : offsetOf(query.cursor);
      const page = items.slice(from, from + query.limit);
      const end = from + page.length;
      return {
        items: page,
        cursor: end < items.length ? String(end) : null,
      };
    },
  };
}

function offsetOf(cursor: string): number {
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor);
  throw new HttpProblem(400, "the cursor is not one that this door gave");
}

/** Ordered by distance on a plane that is true around the point: enough within a city. */
function nearest<T extends { lng: number; lat: number }>(
  items: T[],
  near: string,
): T[] {
  const [lng, lat] = near.split(",").map(Number) as [number, number];
  if (!Number.isFinite(lng) || !Number.isFinite(lat))
    throw new HttpProblem(400, "near: expected lng,lat in degrees");
  const narrow = Math.cos((lat * Math.PI) / 180);
  const far = (item: T) =>
    ((item.lng - lng) * narrow) ** 2 + (item.lat - lat) ** 2;
  return items
    .map((item) => ({ item, far: far(item) }))
    .sort((a, b) => a.far - b.far)
    .map(({ item }) => item);
}
