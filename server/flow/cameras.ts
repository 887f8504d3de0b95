/** The camera catalogue: held whole in memory (tens of thousands), stored first, shown after. */
import type { Camera, CameraView } from "../../contract/camera.ts";
import type { Feed } from "../../contract/feed.ts";
import type { Outcome } from "../feeds/sink.ts";
import type { Clock } from "../lib/clock.ts";
import { nobody, type Topics } from "../push/topics.ts";
import type { Store } from "../store/store.ts";
import { createShare, type Caps } from "./caps.ts";
import { outside, type Place } from "./place.ts";

export interface CameraFlow {
  take(feed: Feed, items: { index: number; item: Camera }[]): Promise<Outcome>;
  load(): Promise<void>;
  all(): CameraView[];
  /** Share of cameras online in %, null without cameras. */
  onlineRate(): number | null;
}

export function createCameraFlow(ask: {
  store: Store;
  topics: Topics;
  clock: Clock;
  place: Place;
  caps: Caps;
}): CameraFlow {
  const { store, topics, clock, place, caps } = ask;
  const share = createShare(caps.cameras);
  const cameras = new Map<string, CameraView>();
  let online = 0;

  function show(camera: CameraView): void {
    const before = cameras.get(camera.id);
    online += Number(camera.online) - Number(before?.online ?? false);
    cameras.set(camera.id, camera);
    share.add(camera.feed, camera.id);
    if (before?.online !== camera.online)
      topics.touch("cameraStates", camera.id);
  }

  topics.fill(
    "cameraStates",
    {
      ids: (params) => (params as { ids?: string[] }).ids ?? cameras.keys(),
      accepts: (params) => {
        const { ids } = params as { ids?: string[] };
        if (ids === undefined) return () => true;
        const wanted = new Set<string | number>(ids);
        return (id) => wanted.has(id);
      },
      sees: nobody,
      item: (id) => {
        const camera = cameras.get(String(id));
        return camera
          ? { id: camera.id, online: camera.online, at: camera.updatedAt }
          : null;
      },
    },
    true,
  );

  return {
    async take(feed, items) {
      const outcome: Outcome = { accepted: 0, duplicates: 0, rejections: [] };
      const kept: CameraView[] = [];
      const room = share.room(feed.id);
      for (const { index, item } of items) {
        const refused = outside(place, item);
        if (refused) {
          outcome.rejections.push({ index, ...refused });
          continue;
        }
        const view: CameraView = {
          ...item,
          id: `${feed.id}/${item.id}`,
          feed: feed.id,
          district: item.district ?? place.districtAt(item.lng, item.lat),
          department: item.department ?? feed.department,
          updatedAt: clock.now(),
        };
        if (!room.takes(view.id))
          outcome.rejections.push({
            index,
            path: "/id",
            message: `the feed ${feed.id} brings more than ${caps.cameras} cameras (MAX_CAMERAS)`,
          });
        else if (same(cameras.get(view.id), view)) outcome.duplicates++;
        else {
          outcome.accepted++;
          kept.push(view);
        }
      }
      if (kept.length > 0)
        await store.cameras.put(
          kept.map(({ district, ...camera }) => ({
            ...camera,
            ...(district !== null && { district }),
          })),
        );
      for (const camera of kept) show(camera);
      return outcome;
    },

    async load() {
      const all = await store.cameras.all();
      cameras.clear();
      share.clear();
      online = 0;
      for (const camera of all) show(camera);
    },

    all: () => [...cameras.values()],
    onlineRate: () =>
      cameras.size === 0 ? null : (100 * online) / cameras.size,
  };
}

/** Says the sender the same again? `updatedAt` is ours and does not count. */
function same(before: CameraView | undefined, after: CameraView): boolean {
  return (
    before !== undefined &&
    JSON.stringify({ ...before, updatedAt: 0 }) ===
      JSON.stringify({ ...after, updatedAt: 0 })
  );
}
