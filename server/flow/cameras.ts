/** The camera catalogue: held whole in memory (tens of thousands), stored first, shown after. */
import type { View } from "../../contract/data-scope.ts";
import { seesCamera } from "../auth/video.ts";
import type { Camera, CameraView } from "../../contract/camera.ts";
import type { Feed } from "../../contract/feed.ts";
import type { Outcome } from "../feeds/sink.ts";
import type { Clock } from "../lib/clock.ts";
import { judgeUrlOrPath, type Allowed } from "../lib/outbound.ts";
import type { Topics } from "../push/topics.ts";
import type { Store, StoredCamera } from "../store/store.ts";
import { createShare, type Caps } from "./caps.ts";
import { outside, type Place } from "./place.ts";

export interface CameraFlow {
  take(feed: Feed, items: { index: number; item: Camera }[]): Promise<Outcome>;
  load(): Promise<void>;
  /** All that somebody sees in lists; where they play from is for `openCamera` to tell. */
  seen(view: View): StoredCamera[];
  get(id: string): StoredCamera | undefined;
  /** Share of cameras online in %, null without cameras. */
  onlineRate(): number | null;
}

export function createCameraFlow(ask: {
  store: Store;
  topics: Topics;
  clock: Clock;
  place: Place;
  caps: Caps;
  /** What streams may name although it would be refused. */
  allowed: Allowed;
}): CameraFlow {
  const { store, topics, clock, place, caps, allowed } = ask;
  const share = createShare(caps.cameras);
  const cameras = new Map<string, StoredCamera>();
  let online = 0;

  function show(camera: StoredCamera): void {
    const before = cameras.get(camera.id);
    online += Number(camera.online) - Number(before?.online ?? false);
    cameras.set(camera.id, camera);
    share.add(camera.feed, camera.id);
    const hasMoved =
      before !== undefined &&
      (before.department !== camera.department ||
        before.shareScope !== camera.shareScope ||
        before.district !== camera.district);
    if (before?.online !== camera.online || hasMoved)
      topics.touch("cameraStates", camera.id, hasMoved);
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
      sees: (view) => (id) => {
        const camera = cameras.get(String(id));
        return !camera || seesCamera(view, camera);
      },
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
      const kept: StoredCamera[] = [];
      const room = share.room(feed.id);
      for (const { index, item } of items) {
        const refused =
          outside(place, item) ?? unplayable(item.stream?.url, allowed);
        if (refused) {
          outcome.rejections.push({ index, ...refused });
          continue;
        }
        const camera: StoredCamera = {
          ...item,
          id: `${feed.id}/${item.id}`,
          feed: feed.id,
          district: item.district ?? place.districtAt(item.lng, item.lat),
          department: item.department ?? feed.department,
          updatedAt: clock.now(),
        };
        if (!room.takes(camera.id))
          outcome.rejections.push({
            index,
            path: "/id",
            message: `the feed ${feed.id} brings more than ${caps.cameras} cameras (MAX_CAMERAS)`,
          });
        else if (same(cameras.get(camera.id), camera)) outcome.duplicates++;
        else {
          outcome.accepted++;
          kept.push(camera);
        }
      }
      if (kept.length > 0) await store.cameras.put(kept);
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

    seen: (view) =>
      [...cameras.values()].filter((camera) => seesCamera(view, camera)),
    get: (id) => cameras.get(id),
    onlineRate: () =>
      cameras.size === 0 ? null : (100 * online) / cameras.size,
  };
}

/** A camera as lists tell it. */
export function viewOf({ stream, ...camera }: StoredCamera): CameraView {
  return { ...camera, plays: stream?.kind ?? null };
}

function unplayable(
  url: string | undefined,
  allowed: Allowed,
): { path: string; message: string } | null {
  const message = url === undefined ? null : judgeUrlOrPath(url, allowed);
  return message === null ? null : { path: "/stream/url", message };
}

/** Says the sender the same again? `updatedAt` is ours and does not count. */
function same(before: StoredCamera | undefined, after: StoredCamera): boolean {
  return (
    before !== undefined &&
    JSON.stringify({ ...before, updatedAt: 0 }) ===
      JSON.stringify({ ...after, updatedAt: 0 })
  );
}
