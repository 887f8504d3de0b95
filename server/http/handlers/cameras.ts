import { say } from "../../../contract/sentence.ts";
import { mayOpen } from "../../auth/video.ts";
import { viewOf, type CameraFlow } from "../../flow/cameras.ts";
import type { Handlers } from "../mount.ts";
import { HttpProblem } from "../problem.ts";

export function cameraHandlers(
  cameras: CameraFlow,
): Pick<Handlers, "cameraPoints" | "listCameras" | "openCamera"> {
  return {
    cameraPoints: ({ who }) => {
      const seen = cameras.seen(who.view);
      return {
        id: seen.map((camera) => camera.id),
        name: seen.map((camera) => camera.name),
        lng: seen.map((camera) => camera.lng),
        lat: seen.map((camera) => camera.lat),
        online: seen.map((camera) => (camera.online ? 1 : 0)),
      };
    },

    listCameras({ query, who }) {
      let items = cameras.seen(who.view);
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
        items: page.map(viewOf),
        cursor: end < items.length ? String(end) : null,
      };
    },

    async openCamera({ body: { id }, who, witness }) {
      const camera = cameras.get(id);
      const object = `camera/${id}`;
      if (!camera || !mayOpen(who, camera))
        throw new HttpProblem(404, `there is no camera ${id}`, {
          ...(camera && {
            refused: { object, detail: say("cameraNotShared").message },
          }),
        });
      if (!camera.stream)
        throw new HttpProblem(409, `the camera ${id} gives no picture`);
      await witness({ object, detail: camera.name });
      return camera.stream;
    },
  };
}

function offsetOf(cursor: string): number {
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor);
  const message = "cursor: not one that this list gave";
  throw new HttpProblem(400, message, {
    errors: [{ path: "/query/cursor", message }],
  });
}

/** Ordered by distance on a plane that is true around the point: enough within a city. */
function nearest<T extends { lng: number; lat: number }>(
  items: readonly T[],
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
